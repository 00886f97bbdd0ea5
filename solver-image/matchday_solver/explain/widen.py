"""From facts that cannot hold together to what has to go in the whole league."""

from collections.abc import Sequence

from matchday_solver.explain.facts import Fact
from matchday_solver.explain.fewest import irreducible
from matchday_solver.explain.oracle import Oracle
from matchday_solver.explain.relax import Kept

MAX_ALIKE = 12
"""Facts of one kind that are tried together."""


def members(oracle: Oracle, facts: Sequence[Fact], conflict: Kept) -> list[tuple[Fact, ...]]:
    """The conflict's members: facts that have to be dropped together, each set by itself enough.

    Mostly a member is one fact. Where another fact of the same kind makes the same conflict (two
    windows, each too narrow by itself), dropping one alone does not help, and both are a member.
    Where no single fact is enough there is another conflict besides, and each fact is a member.
    """
    mine = [fact for fact in facts if fact.path in conflict]
    everything = frozenset(fact.path for fact in facts)
    enough = {fact for fact in mine if oracle.is_feasible(everything - {fact.path}) is not False}
    if not any(oracle.is_feasible(everything - {fact.path}) for fact in enough):
        return [(fact,) for fact in mine]
    found: list[tuple[Fact, ...]] = []
    for fact in mine:
        if not any(fact in other for other in found):
            alike = [f for f in _alike(oracle, facts, fact) if f not in enough]
            alike.sort(key=lambda f: f.path not in conflict)
            group = (fact,) if fact in enough else _group(oracle, facts, fact, alike[:MAX_ALIKE])
            found.append(group)
    groups = [tuple(f for f in facts if f in group) for group in _merged(found)]
    return _needed(oracle, groups)


def _needed(oracle: Oracle, groups: list[tuple[Fact, ...]]) -> list[tuple[Fact, ...]]:
    """The groups without those that the conflict can do without now that others are larger."""

    def is_conflict(some: list[tuple[Fact, ...]]) -> bool:
        return oracle.is_feasible(frozenset(f.path for group in some for f in group)) is False

    return irreducible(groups, is_conflict) if any(len(group) > 1 for group in groups) else groups


def _merged(groups: Sequence[tuple[Fact, ...]]) -> list[set[Fact]]:
    """Groups without a common fact: those that overlap become one."""
    merged: list[set[Fact]] = []
    for group in map(set, groups):
        apart = [other for other in merged if other.isdisjoint(group)]
        merged = [*apart, group.union(*(other for other in merged if other not in apart))]
    return merged


def _group(
    oracle: Oracle, facts: Sequence[Fact], fact: Fact, alike: Sequence[Fact]
) -> tuple[Fact, ...]:
    """The fact with as few of those alike as make the league feasible when dropped together."""
    everything = frozenset(f.path for f in facts)
    group = [fact, *alike]
    if len(group) == 1 or not oracle.is_feasible(everything - {f.path for f in group}):
        return (fact,)
    for other in group[:0:-1]:
        fewer = [f for f in group if f is not other]
        if oracle.is_feasible(everything - {f.path for f in fewer}):
            group = fewer
    return tuple(group)


def _alike(oracle: Oracle, facts: Sequence[Fact], fact: Fact) -> list[Fact]:
    """Facts of the same kind; of forbidden pairs those of the same teams."""
    same = [f for f in facts if f.kind == fact.kind and f is not fact]
    if fact.kind == "forbiddenPairs":
        pairs = {f"forbiddenPairs[{n}]": set(p)
                 for n, p in enumerate(oracle.league.forbidden_pairs)}  # fmt: skip
        same = [f for f in same if pairs[f.path] & pairs[fact.path]]
    return same
