"""Rival and forbidden pairs that are unknown, given twice or impossible by themselves."""

from collections.abc import Iterable, Iterator

from matchday_api.faults import Fault, quoted
from matchday_api.validation.known import Known


def faults(known: Known) -> Iterator[Fault]:
    """Faults of `rivals` and `forbiddenPairs`."""
    yield from _names("rivals", known.league.rivals, known)
    yield from _names("forbiddenPairs", known.league.forbidden_pairs, known)
    yield from _impossible_rivals(known)
    for n, (one, other) in enumerate(known.league.forbidden_pairs):
        if one == other:
            yield Fault(f"forbiddenPairs[{n}]", f"{quoted(one)} never plays itself; name two teams")


def _names(key: str, pairs: Iterable[tuple[str, str]], known: Known) -> Iterator[Fault]:
    first: dict[frozenset[str], int] = {}
    for n, pair in enumerate(pairs):
        for side, name in enumerate(pair):
            yield from known.unknown(f"{key}[{n}][{side}]", "team", name, known.teams)
        earlier = first.setdefault(frozenset(pair), n)
        if earlier != n:
            yield Fault(f"{key}[{n}]", f"the pair is given by {key}[{earlier}] already; remove one")


def _impossible_rivals(known: Known) -> Iterator[Fault]:
    for n, pair in enumerate(known.league.rivals):
        one, other = (known.teams.get(name) for name in pair)
        if one is None or other is None:
            continue
        if (reason := known.why_not(one, other)) is not None:
            names = f"{quoted(one.name)} and {quoted(other.name)}"
            yield Fault(f"rivals[{n}]", f"{names} can never meet: {reason}")
