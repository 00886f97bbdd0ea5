"""A schedule as schedule.json has it, judged by the checker that shares nothing with the search."""

from dataclasses import dataclass

import matchday_api
from matchday_api.checker import check
from matchday_api.problem import Problem
from matchday_api.schedule import (
    Objective,
    ScheduleFile,
    SolverInfo,
    SolverStatus,
    Tiers,
    Validation,
)
from matchday_solver.decode import missing, to_games
from matchday_solver.instance import Instance
from matchday_solver.reasons import Reasons
from matchday_solver.search import Search


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proven of every schedule."""

    bound: int = 0
    """No complete schedule costs less; of a repair, none with the fewest changes."""
    missing: int = 0
    """None lacks fewer games."""
    changes: int = 0
    """None that lacks no more changes fewer games."""
    least: int = 0
    """None with games missing, but as few as can be, and the fewest changes, costs less."""


def proven_of(schedule: ScheduleFile) -> Proof:
    """What is proven beside a schedule, if by this version: another may have been wrong."""
    if schedule.solver.version != matchday_api.__version__:
        return Proof()
    objective, tiers = schedule.objective, schedule.objective.tiers
    return Proof(objective.bound or 0, tiers.missing_bound, tiers.changes_bound or 0)


def make_schedule(
    problem: Problem, instance: Instance, search: Search, proof: Proof, spent: SolverInfo
) -> ScheduleFile:
    """The best schedule of a search, checked."""
    placed = search.placed()
    games = to_games(instance, placed)
    unplaced = missing(instance, placed, search.waiting(), Reasons(instance, placed))
    report = check(problem.league, games, unplaced, problem.earlier)
    tiers = Tiers(missing=report.missing, changes=report.changes)
    schedule = ScheduleFile(
        request=problem.request,
        games=games,
        unplaced=unplaced,
        objective=Objective(
            total=report.total, bound=None, gap=None, terms=report.terms, tiers=tiers
        ),
        validation=Validation(valid=not report.violations, violations=report.violations),
        solver=spent,
    )
    return with_proof(schedule, proof)


def with_proof(schedule: ScheduleFile, proof: Proof) -> ScheduleFile:
    """The schedule with what is proven told beside its cost.

    With games missing there is no gap, but it may be proven that it is optimal.
    """
    cost, tiers = schedule.objective, schedule.objective.tiers
    bound = None if tiers.missing else min(proof.bound, cost.total)
    changes = None if tiers.changes is None else min(proof.changes, tiers.changes)
    proven = Tiers(
        missing=tiers.missing,
        missing_bound=min(proof.missing, tiers.missing),
        changes=tiers.changes,
        changes_bound=changes,
    )
    objective = Objective(
        total=cost.total,
        bound=bound,
        gap=None if bound is None else gap(cost.total, bound),
        terms=cost.terms,
        tiers=proven,
    )
    least = proof.least if bound is None else bound
    optimal = cost.total <= least and proven.missing == proven.missing_bound
    optimal = optimal and proven.changes == proven.changes_bound
    status = SolverStatus.OPTIMAL if optimal else SolverStatus.FEASIBLE
    solver = schedule.solver.model_copy(update={"status": status})
    return schedule.model_copy(update={"objective": objective, "solver": solver})


def gap(total: int, bound: int) -> float:
    """Relative gap: 0 where total equals bound."""
    return 0.0 if total == bound else (total - bound) / total


def new_info(seconds: float, attempts: int, seed: int) -> SolverInfo:
    """How a schedule came about, as far as is known while the search goes on."""
    return SolverInfo(
        status=SolverStatus.FEASIBLE,
        seconds=round(seconds, 3),
        attempts=attempts,
        seed=seed,
        version=matchday_api.__version__,
    )
