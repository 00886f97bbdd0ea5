"""Reads a Schedule and checks it against its problem; nothing that the solver claims is believed.

Slow for large leagues, so run in a thread.
"""

import base64
import binascii
import math

from matchday_api.checker import CheckReport, check
from matchday_api.digest import input_digest, schedule_digest
from matchday_api.faults import InvalidInput
from matchday_api.problem import Problem, gunzip_bounded, unpack_problem
from matchday_api.read import MAX_SCHEDULE_BYTES, read_schedule
from matchday_api.schedule import ScheduleFile, SolverStatus
from matchday_api.status import Quality, Result
from matchday_operator.decide.model import Damaged, Outcome, Saved, Unsaved
from matchday_operator.records import Json

MAX_FAULTS = 100

MAX_INTEGER = 2**63 - 1
"""Largest integer that the API server keeps exactly."""


class Unreadable(ValueError):
    """A Schedule's content that cannot be used; the message says why."""


def outcome(body: Json | None, digest: str, packed: bytes, regenerate: str = "") -> Outcome:
    """What a Schedule holds, checked against the packed problem of its snapshot.

    The digest is that of the request's input, with the value of its annotation.
    """
    if body is None:
        return Unsaved(exists=False)
    status = body.get("status") or {}
    if not status.get("compressed"):
        return Unsaved()
    final = bool(status.get("final"))
    name = body["metadata"]["name"]
    try:
        text = _text(status)
        saved = _schedule(text, digest)
        problem = _problem(packed, digest, regenerate)
        report = check(problem.league, saved.games, saved.unplaced, problem.earlier)
        _require_sound_numbers(saved, report)
    except Unreadable as error:
        return Damaged(f"Schedule {name} cannot be used: {error}.", final)
    result = _result(name, text, saved, report, problem)
    return Saved(result, final, tuple(_faults(saved, report)))


def _text(status: Json) -> bytes:
    try:
        packed = base64.b64decode(status["compressed"], validate=True)
        text = gunzip_bounded(packed, MAX_SCHEDULE_BYTES)
    except (binascii.Error, ValueError, TypeError) as error:
        raise Unreadable(f"its content {error}") from error
    if schedule_digest(text) != status.get("sha256"):
        raise Unreadable("its content does not have the checksum in its status")
    return text


def _schedule(text: bytes, digest: str) -> ScheduleFile:
    try:
        saved = read_schedule(text)
    except InvalidInput as error:
        raise Unreadable(f"its content is no schedule: {error.lines()[0]}") from error
    if saved.request.input_digest != digest:
        raise Unreadable("it answers another input")
    return saved


def _problem(packed: bytes, digest: str, regenerate: str) -> Problem:
    """The problem of a snapshot, which anybody who may write ConfigMaps could have exchanged."""
    try:
        problem = unpack_problem(packed)
    except ValueError as error:
        raise Unreadable(f"the input it answers cannot be read: {error}") from error
    # Earlier versions have told the threads with the problem where the request does not.
    untold = problem.model_copy(update={"workers": None})
    if digest not in (input_digest(problem, regenerate), input_digest(untold, regenerate)):
        raise Unreadable("the input it answers is not the request's; its ConfigMap was exchanged")
    return problem


def _require_sound_numbers(saved: ScheduleFile, report: CheckReport) -> None:
    """Refuse numbers that no search proves or measures, or that no status can hold."""
    total, bound, gap = report.total, saved.objective.bound, saved.objective.gap
    seconds = saved.solver.seconds
    if not 0 <= seconds <= MAX_INTEGER:
        raise Unreadable("its solving time is no number of seconds")
    if saved.objective.total != total:
        return  # a fault of the solver, and told as such
    if bound is not None and bound > total:
        raise Unreadable(f"its bound, {bound}, is above its cost, {total}")
    if not _is_gap(gap, total, bound):
        raise Unreadable(f"its gap, {gap}, does not follow from cost {total} and bound {bound}")


def _is_gap(gap: float | None, total: int, bound: int | None) -> bool:
    if gap is None or bound is None:
        return gap is None and bound is None
    if total == bound:
        return gap == 0
    return total > 0 and math.isclose(gap, (total - bound) / total, rel_tol=1e-6)


def _faults(saved: ScheduleFile, report: CheckReport) -> list[str]:
    faults = [f"{each.rule}: {each.message}" for each in report.violations[:MAX_FAULTS]]
    if not faults and saved.objective.total != report.total:
        faults.append(f"the cost is {report.total}, not {saved.objective.total}")
    return faults


def _result(
    name: str, text: bytes, saved: ScheduleFile, report: CheckReport, problem: Problem
) -> Result:
    return Result(
        name=name,
        sha256=schedule_digest(text),
        games=len(saved.games),
        unplaced=report.missing,
        violations=len(report.violations),
        objective=report.total,
        bound=saved.objective.bound,
        gap=saved.objective.gap,
        solver_seconds=saved.solver.seconds,
        quality=_quality(saved, problem),
    )


def _quality(saved: ScheduleFile, problem: Problem) -> Quality:
    objective = saved.objective
    if saved.solver.status is SolverStatus.OPTIMAL or objective.total == objective.bound:
        return Quality.OPTIMAL
    reached = objective.gap is not None and objective.gap <= problem.gap_limit
    return Quality.GAP_REACHED if reached else Quality.TIME_LIMIT
