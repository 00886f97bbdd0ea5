"""Proof before the search that there is no schedule, and the reason in the league's words."""

from matchday_api.problem import Problem
from matchday_api.request import Completeness
from matchday_solver import lint
from matchday_solver.demand import Demand
from matchday_solver.instance import Instance

EXPLAIN_SECONDS = 20.0
"""Longest search for the reason, where the time limit leaves that much."""

NO_OPPONENTS = (
    "No set of opponents gives every team its games: look at gamesPerTeam, minMeetings,"
    " maxMeetings, forbiddenPairs, clubs and lockedGames; `matchday explain` names the cause."
)


def proofs(problem: Problem, instance: Instance) -> tuple[lint.Finding, ...]:
    """Counts that prove that no schedule counts as success; empty where counting finds none."""
    best_effort = problem.completeness is Completeness.BEST_EFFORT
    demand = Demand.nothing(instance) if best_effort else Demand.whole(instance)
    return lint.findings(problem.league, instance, demand)


def message(problem: Problem, found: tuple[lint.Finding, ...], seconds: float) -> str:
    """Why a problem that is proven infeasible is so, and ways out.

    The smallest conflict is looked for in the league alone; where an earlier schedule's frozen
    games are part of the conflict, the counts that were found have to do.
    """
    from matchday_solver.explain import explain, reason

    limit = min(EXPLAIN_SECONDS, max(1.0, seconds))
    explanation = explain(problem.league, problem.completeness, limit, problem.workers)
    if text := reason(explanation):
        return text
    if found:
        return "; ".join(finding.text for finding in found) + "."
    return NO_OPPONENTS
