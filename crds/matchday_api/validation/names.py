"""Names that are given twice, and names that nothing bears."""

from collections.abc import Collection, Iterable, Iterator

from matchday_api.faults import Fault, quoted, suggestion
from matchday_api.validation.known import Known


def faults(known: Known) -> Iterator[Fault]:
    """Duplicate and unknown names of the whole league, but for locked games."""
    league = known.league
    yield from _twice("divisions", [d.name for d in league.divisions])
    yield from _twice("clubs", [c.name for c in league.clubs])
    yield from _twice("teams", [t.name for t in league.teams])
    yield from _twice("venues", [v.name for v in league.venues])
    yield from _clubs(known)
    yield from _teams(known)
    yield from _pairs(known, "rivals", league.rivals)
    yield from _pairs(known, "forbiddenPairs", league.forbidden_pairs)


def unknown(path: str, kind: str, name: str | None, known: Collection[str]) -> Iterator[Fault]:
    """A fault where a name is given that nothing of its kind bears."""
    if name is not None and name not in known:
        yield Fault(path, f"unknown {kind} {quoted(name)}{suggestion(name, known)}")


def repeated(path: str, values: Iterable[object]) -> Iterator[Fault]:
    """A fault for every value of a list that stands there before."""
    first: dict[object, int] = {}
    for n, value in enumerate(values):
        if first.setdefault(value, n) != n:
            yield Fault(f"{path}[{n}]", f"{quoted(value)} is given twice; remove one")


def _twice(key: str, names: list[str]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for n, name in enumerate(names):
        if first.setdefault(name, n) != n:
            message = f"{quoted(name)} is the name of {key}[{first[name]}] already; rename one"
            yield Fault(f"{key}[{n}].name", message)


def _clubs(known: Known) -> Iterator[Fault]:
    for n, club in enumerate(known.league.clubs):
        yield from unknown(f"clubs[{n}].homeVenue", "venue", club.home_venue, known.venues)


def _teams(known: Known) -> Iterator[Fault]:
    for n, team in enumerate(known.league.teams):
        path = f"teams[{n}]"
        yield from unknown(f"{path}.division", "division", team.division, known.divisions)
        yield from unknown(f"{path}.club", "club", team.club, known.clubs)
        yield from unknown(f"{path}.homeVenue", "venue", team.home_venue, known.venues)
        yield from repeated(f"{path}.coaches", team.coaches)


def _pairs(known: Known, key: str, pairs: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    for n, pair in enumerate(pairs):
        for side, name in enumerate(pair):
            yield from unknown(f"{key}[{n}][{side}]", "team", name, known.teams)
