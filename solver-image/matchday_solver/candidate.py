"""A schedule as schedule.json has it, judged by the checker that shares nothing with the search."""

from dataclasses import dataclass

import matchday_api
from matchday_api.checker import CheckReport, check
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
from matchday_solver.search import Search

NO_PLACE = "no start at a suitable venue was found that keeps all rules"


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proven of every schedule."""

    bound: int = 0
    """No complete schedule costs less."""
    missing: int = 0
    """None lacks fewer games."""
    changes: int = 0
    """None that lacks no more changes fewer games."""


def make_schedule(
    problem: Problem, instance: Instance, search: Search, proof: Proof, spent: SolverInfo
) -> ScheduleFile:
    """The best schedule of a search, checked."""
    placed = search.placed()
    games = to_games(instance, placed)
    unplaced = missing(instance, placed, search.waiting(), NO_PLACE)
    report = check(problem.league, games, unplaced, problem.earlier)
    objective = judge(report, proof)
    optimal = objective.bound == objective.total and report.missing == 0 and _few(report, proof)
    return ScheduleFile(
        request=problem.request,
        games=games,
        unplaced=unplaced,
        objective=objective,
        validation=Validation(valid=not report.violations, violations=report.violations),
        solver=spent.model_copy(update={"status": SolverStatus.OPTIMAL}) if optimal else spent,
    )


def _few(report: CheckReport, proof: Proof) -> bool:
    return report.changes is None or report.changes <= proof.changes


def judge(report: CheckReport, proof: Proof) -> Objective:
    """The cost of a checked schedule beside what is proven."""
    complete = report.missing == 0
    bound = min(proof.bound, report.total) if complete else None
    return Objective(
        total=report.total,
        bound=bound,
        gap=None if bound is None else gap(report.total, bound),
        terms=report.terms,
        tiers=Tiers(
            missing=report.missing,
            missing_bound=min(proof.missing, report.missing),
            changes=report.changes,
            changes_bound=None if report.changes is None else min(proof.changes, report.changes),
        ),
    )


def gap(total: int, bound: int) -> float:
    """Relative gap: 0 where total equals bound."""
    return 0.0 if total == bound else (total - bound) / total


def rank(schedule: ScheduleFile) -> tuple[int, int, int]:
    """Order of schedules, the best first: missing games, changes, cost."""
    tiers = schedule.objective.tiers
    return (tiers.missing, tiers.changes or 0, schedule.objective.total)


def new_info(seconds: float, attempts: int, seed: int) -> SolverInfo:
    """How a schedule came about, as far as is known while the search goes on."""
    return SolverInfo(
        status=SolverStatus.FEASIBLE,
        seconds=round(seconds, 3),
        attempts=attempts,
        seed=seed,
        version=matchday_api.__version__,
    )
