"""Ways out of a conflict: the smallest single changes that are known to suffice."""

from collections.abc import Sequence
from dataclasses import replace

from matchday_solver.explain.facts import Fact
from matchday_solver.explain.oracle import Oracle
from matchday_solver.explain.variants import Variant, variants


def remedies(
    oracle: Oracle, facts: Sequence[Fact], members: Sequence[Sequence[Fact]]
) -> tuple[str, ...]:
    """One way out for each member that suffices by itself, the smallest where it is a number."""
    everything = frozenset(fact.path for fact in facts)
    found = []
    for group in members:
        if oracle.resolves(everything, frozenset(fact.path for fact in group)):
            found.append(_smallest(oracle, group) or _together(group))
    if not found and oracle.left > 0:
        return ("Resolve every conflict: no single change is enough",)
    return tuple(found)


def _together(group: Sequence[Fact]) -> str:
    first, *others = dict.fromkeys(fact.way_out for fact in group)
    return ", and ".join([first, *(way[0].lower() + way[1:] for way in others)])


def _smallest(oracle: Oracle, group: Sequence[Fact]) -> str | None:
    """The smallest change of one kind that is known to suffice; None where none does."""
    series = variants(oracle.league, group[0]) if len(group) == 1 else []
    return next((text for choices in series if (text := _first(oracle, choices))), None)


def _first(oracle: Oracle, choices: Sequence[Variant]) -> str | None:
    """The first of ever larger changes that suffices, found by doubling, then halving."""
    high = 1
    while high <= len(choices) and not _suffices(oracle, choices[high - 1]):
        high = len(choices) if high < len(choices) < 2 * high else 2 * high
    if high > len(choices):
        return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _suffices(oracle, choices[middle - 1]) else (middle, high)
    return choices[high - 1].text


def _suffices(oracle: Oracle, variant: Variant) -> bool:
    return bool(oracle.of(replace(oracle.whole, league=variant.league)))
