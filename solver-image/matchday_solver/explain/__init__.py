"""Why a league has no schedule: the smallest set of facts and rules that cannot hold together.

Counting first; where it finds a proof, the facts of the proof are the start, else all facts are.
A deletion filter then drops what is not needed, each time asking whether the rest still cannot
hold together: by counting again, and by the exact model (an assumption core of CP-SAT would not
be minimal). What is left is compared with the whole league, so that dropping a member helps.
"""

import os
import time

from matchday_api.league import League
from matchday_api.request import Completeness
from matchday_solver.explain.decide import decider
from matchday_solver.explain.explanation import Conflict, Explanation, reason
from matchday_solver.explain.facts import Fact, all_facts
from matchday_solver.explain.oracle import Oracle
from matchday_solver.explain.remedies import remedies
from matchday_solver.explain.shrink import first_set, shrink
from matchday_solver.explain.widen import members

__all__ = ["Conflict", "Explanation", "explain", "reason"]

SPARE_SHARE = 0.1
"""Part of the time that is kept back, since a question may end late."""


def explain(
    league: League,
    completeness: Completeness = Completeness.REQUIRED,
    seconds: float = 60.0,
    workers: int | None = None,
) -> Explanation:
    """Whether a valid league has a schedule, and if not, why, within about so many seconds.

    `workers` are threads of the exact model; the CPUs that the process may use where absent.
    """
    deadline = time.monotonic() + seconds * (1 - SPARE_SHARE)
    number = workers or len(os.sched_getaffinity(0))
    oracle = Oracle(league, completeness, deadline, decider(number))
    facts = all_facts(league)
    everything = frozenset(fact.path for fact in facts)
    feasible = oracle.is_feasible(everything)
    if feasible is not False:
        return Explanation(feasible=feasible)
    return _explained(oracle, facts)


def _explained(oracle: Oracle, facts: list[Fact]) -> Explanation:
    everything = frozenset(fact.path for fact in facts)
    proofs = oracle.findings(everything)
    conflict = shrink(oracle, facts, first_set(oracle, facts))
    groups = members(oracle, facts, conflict)
    return Explanation(
        conflicts=tuple(_conflict(group) for group in groups),
        proven_minimal=_is_minimal(oracle, groups),
        remedies=remedies(oracle, facts, groups),
        feasible=False,
        proof=proofs[0].text if proofs else "",
    )


def _conflict(group: tuple[Fact, ...]) -> Conflict:
    return Conflict(tuple(f.path for f in group), "; ".join(f.text for f in group))


def _is_minimal(oracle: Oracle, groups: list[tuple[Fact, ...]]) -> bool:
    """Whether what is left without any one member is known to be possible."""
    whole = frozenset(fact.path for group in groups for fact in group)
    return all(oracle.is_feasible(whole - {fact.path for fact in group}) for group in groups)
