"""The deletion filter: from a set of facts that cannot hold together to an irreducible one."""

from collections.abc import Sequence

from matchday_solver.explain.facts import Fact
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

    Drops whole runs of facts while the rest still cannot hold together, then smaller ones, and in
    the end tries each fact. Facts are tried in the order given.
    """
    order = [fact.path for fact in facts if fact.path in kept]
    kept = _one_division(oracle, kept)
    size = max(1, len(order) // 2)
    while True:
        for first in range(0, len(order), size):
            run = frozenset(order[first : first + size]) & kept
            if run and oracle.is_feasible(kept - run) is False:
                kept = kept - run
        if size == 1:
            return kept
        order = [path for path in order if path in kept]
        size = max(1, min(size // 2, len(order)))


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
