"""The deletion filter: from a set of facts that cannot hold together to an irreducible one."""

from collections.abc import Sequence

from matchday_solver.explain.facts import Fact
from matchday_solver.explain.fewest import irreducible
from matchday_solver.explain.oracle import Oracle
from matchday_solver.explain.relax import Kept


def first_set(oracle: Oracle, facts: Sequence[Fact]) -> Kept:
    """Facts that cannot hold together, from the shortest proof by counting; else all of them.

    A proof's own facts are taken only where counting finds a proof with them alone.
    """
    everything = frozenset(fact.path for fact in facts)
    proofs = sorted(oracle.findings(everything), key=lambda finding: len(finding.paths))
    for finding in proofs:
        some = everything & frozenset(finding.paths)
        if oracle.findings(some):
            return some
    return everything


def shrink(oracle: Oracle, facts: Sequence[Fact], kept: Kept) -> Kept:
    """An irreducible part of facts that cannot hold together.

    Facts are tried in the order given.
    """
    kept = _one_division(oracle, kept)
    order = [fact.path for fact in facts if fact.path in kept]

    def is_conflict(paths: list[str]) -> bool:
        return oracle.is_feasible(frozenset(paths)) is False

    return frozenset(irreducible(order, is_conflict))


def is_impossible_alone(oracle: Oracle, kept: Kept) -> bool:
    """Whether the games of one division by themselves cannot hold together with the rest."""
    return _one_division(oracle, kept) != kept


def _one_division(oracle: Oracle, kept: Kept) -> Kept:
    """Without the games of all divisions but one, where that is enough of a conflict."""
    amounts = frozenset(path for path in kept if path.endswith(".gamesPerTeam"))
    for amount in sorted(amounts) if len(amounts) > 1 else ():
        alone = kept - (amounts - {amount})
        if oracle.is_feasible(alone) is False:
            return alone
    return kept
