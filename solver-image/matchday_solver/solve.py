"""From a problem to an outcome, within the time."""

import os
import threading

from matchday_api.faults import counted as count
from matchday_api.problem import Problem
from matchday_api.request import Completeness
from matchday_api.schedule import ScheduleFile, SolverStatus
from matchday_api.status import Progress, Quality
from matchday_solver import infeasible
from matchday_solver.build import build
from matchday_solver.clock import Clock
from matchday_solver.compiling import compile_search
from matchday_solver.course import Course
from matchday_solver.instance import Instance
from matchday_solver.outcome import Ending, Outcome, Reporter
from matchday_solver.size import memory_limit, refusal

__all__ = ["Ending", "Outcome", "Reporter", "solve"]

NOT_COMPLETE = (
    "When the time is up, {missing} missing: allow more time, open more courts or dates,"
    " relax the rules (`matchday explain` tells which), or accept it with completeness: BestEffort."
)
STOPPED = "Interrupted; the best schedule is kept."
NOTHING_YET = (
    "No valid schedule was found in the time: allow more of it, or ask `matchday explain` whether"
    " the rules can be kept at all."
)


def solve(
    problem: Problem,
    reporter: Reporter,
    stop: threading.Event,
    start: ScheduleFile | None = None,
    elapsed: float = 0.0,
    attempt: int = 1,
) -> Outcome:
    """Search for the best schedule until it is proven, the time is up or `stop` is set.

    `start` is the best schedule of an earlier attempt and `elapsed` the seconds of the problem's
    time limit that are used up already. Where the search has to be compiled first, that does not
    count. With one worker the same problem, seed and time limit give
    the same schedule, unless the machine is so slow that the clock ends the search.
    """
    clock = Clock(problem.time_limit_seconds, elapsed, stop)
    instance = build(problem)
    workers = problem.workers or len(os.sched_getaffinity(0))
    if refused := refusal(instance, workers, memory_limit()):
        return Outcome(Ending.OUT_OF_MEMORY, None, None, refused)
    if found := infeasible.proofs(problem, instance):
        reason = infeasible.message(problem, found, clock.left, stop=stop)
        return Outcome(Ending.INFEASIBLE, None, None, reason)
    if not _compile(clock, instance, reporter):
        return Outcome(Ending.INTERRUPTED, start, None, STOPPED)
    course = Course(problem, instance, reporter, clock, attempt)
    if not course.run(start):
        reason = infeasible.message(
            problem, (), clock.left, is_refuted=course.is_refuted, stop=stop
        )
        return Outcome(Ending.INFEASIBLE, course.record.final, None, reason)
    return _outcome(problem, course.record.final, clock, course.record.is_enough)


def _compile(clock: Clock, instance: Instance, reporter: Reporter) -> bool:
    """Compile the search, unless it is; False where that was stopped. The time that it takes does
    not count."""
    begun = clock.here
    progress = Progress(
        message="Compiling the search, once on this machine; it takes about a minute",
        games_total=instance.games_total,
        elapsed_seconds=round(clock.spent, 3),
    )
    done = compile_search(clock.stop, lambda: reporter.progress(progress))
    clock.leave_out(clock.here - begun)
    return done


def _outcome(problem: Problem, best: ScheduleFile | None, clock: Clock, enough: bool) -> Outcome:
    if clock.stopped and not enough:
        return Outcome(Ending.INTERRUPTED, best, None, STOPPED)
    if best is None:
        return Outcome(Ending.NO_SCHEDULE_IN_TIME, None, None, NOTHING_YET)
    lacking = best.objective.tiers.missing
    if lacking and problem.completeness is Completeness.REQUIRED:
        return Outcome(Ending.INCOMPLETE, best, None, NOT_COMPLETE.format(missing=_are(lacking)))
    return Outcome(Ending.SOLVED, best, _quality(best, enough), _summary(problem, best))


def _are(games: int) -> str:
    return f"{count(games, 'game')} {'is' if games == 1 else 'are'}"


def _quality(best: ScheduleFile, enough: bool) -> Quality:
    if best.solver.status is SolverStatus.OPTIMAL:
        return Quality.OPTIMAL
    return Quality.GAP_REACHED if enough else Quality.TIME_LIMIT


def _summary(problem: Problem, best: ScheduleFile) -> str:
    text = f"{len(best.games)} games, cost {best.objective.total}"
    if best.objective.gap is not None:
        text += f", gap {100 * best.objective.gap:.1f}%"
    if lacking := best.objective.tiers.missing:
        text += f", {count(lacking, 'game')} missing"
    if problem.earlier is None:
        return text
    from matchday_solver.repair.moves import added, moves, summary

    moved = moves(problem, best.games)
    if new := len(added(problem, best.games, moved)):
        text += f", {new} that {'is' if new == 1 else 'are'} new"
    return f"{text}. Changed {count(len(moved), 'game')}: {summary(moved)}" if moved else text
