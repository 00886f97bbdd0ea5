"""Proof before the search that there is no schedule, and the reason in the league's words."""

import threading

from matchday_api.problem import Problem
from matchday_api.request import Completeness
from matchday_solver import lint
from matchday_solver.build import build
from matchday_solver.demand import Demand
from matchday_solver.instance import Instance

EXPLAIN_SECONDS = 20.0
"""Longest search for the reason, where the time limit leaves that much."""

NO_OPPONENTS = (
    "No set of opponents gives every team its games: look at gamesPerTeam, minMeetings,"
    " maxMeetings, forbiddenPairs, clubs and lockedGames; `matchday explain` names the cause."
)

TOO_TIGHT = (
    "It is proven that no schedule has all {games} games: court starts, dates and rules together"
    " leave too little room, and no short reason was found. `matchday explain --time-limit 600`"
    " looks for one; completeness: BestEffort gives the schedule with the fewest missing games."
)
NEVER_VALID = (
    "It is proven that no schedule keeps all rules, not even one with games missing, and no short"
    " reason was found. `matchday explain --time-limit 600` looks for one; look at minGames,"
    " minMeetings and lockedGames."
)
SHORT = 8
"""Members of a conflict that is not proven minimal, up to which it is worth reading."""


def proofs(problem: Problem, instance: Instance) -> tuple[lint.Finding, ...]:
    """Counts that prove that no schedule counts as success; empty where counting finds none."""
    best_effort = problem.completeness is Completeness.BEST_EFFORT
    demand = Demand.nothing(instance) if best_effort else Demand.whole(instance)
    return lint.findings(problem.league, instance, demand)


def message(
    problem: Problem,
    found: tuple[lint.Finding, ...],
    seconds: float,
    *,
    is_refuted: bool = False,
    stop: threading.Event | None = None,
) -> str:
    """Why a problem that is proven infeasible is so, and ways out.

    The smallest conflict is looked for beside an earlier schedule's frozen games. `is_refuted` says
    that the exact model has proven it, not counting or a lack of opponents.
    """
    from matchday_solver.explain import explain, reason

    limit = min(EXPLAIN_SECONDS, max(1.0, seconds))
    explanation = explain(
        problem.league,
        problem.completeness,
        limit,
        problem.workers,
        earlier=problem.earlier,
        is_refuted=is_refuted,
        stop=stop,
    )
    is_short = explanation.proven_minimal or len(explanation.conflicts) <= SHORT
    if (text := reason(explanation)) and (is_short or not is_refuted):
        return text
    if found:
        return "; ".join(finding.text for finding in found) + "."
    if not is_refuted:
        return NO_OPPONENTS
    if problem.completeness is Completeness.BEST_EFFORT:
        return NEVER_VALID
    return TOO_TIGHT.format(games=build(problem).games_total)
