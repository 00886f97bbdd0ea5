"""Why a Job ended without a final schedule, and what the user can do about it."""

import re

from pydantic import ValidationError

from matchday_api.status import ExitCode, Reason, Result, Termination
from matchday_operator.decide import memory
from matchday_operator.decide.model import Unsaved, Verdict
from matchday_operator.decide.situation import Situation
from matchday_operator.errors import is_quota

SOLVE_AGAIN = " Set the annotation matchday.dev/regenerate to a new value to solve again."
THEN_AGAIN = " then set the annotation matchday.dev/regenerate to a new value."

_EXIT_REASONS = {
    ExitCode.INVALID_INPUT: Reason.INVALID_LEAGUE,
    ExitCode.INFEASIBLE: Reason.INFEASIBLE,
    ExitCode.NO_SCHEDULE_IN_TIME: Reason.NO_SOLUTION_IN_TIME,
}
_EXIT_CODE = re.compile(r"exit code (\d+)")


def judge(situation: Situation) -> Verdict:
    """The end of a request whose Job ended without a final schedule."""
    job = situation.job
    if job is None or job.succeeded:
        message = "The solver's Job succeeded, but its final schedule is not there."
        return situation.failed(Reason.RESULT_LOST, message + SOLVE_AGAIN)
    if job.fail_reason == "DeadlineExceeded" and not memory.was_exceeded(situation):
        return _deadline(situation)
    told = _termination(situation)
    if told is not None:
        return _told(situation, told)
    if memory.was_exceeded(situation):
        return memory.verdict(situation)
    return _by_exit_code(situation)


def _deleted(situation: Situation) -> str:
    """The kind of an object without which a solver cannot go on, if it is no longer there."""
    if situation.run is None:
        return "SolverRun"
    return "Schedule" if situation.observed.outcome == Unsaved(exists=False) else ""


def incomplete(situation: Situation, result: Result) -> str:
    """What to do about a schedule with games missing."""
    told = _termination(situation)
    detail = f" {told.message.rstrip('.')}." if told and told.message else ""
    return (
        f"{result.unplaced} games could not be placed; status.unplaced of Schedule {result.name}"
        f" says which and why.{detail} Give more dates, starts or courts, relax a rule, raise"
        " spec.solver.timeLimitSeconds, or accept it with spec.completeness: BestEffort."
    )


def never_started(situation: Situation) -> bool:
    """Whether no pod of the run ever wrote."""
    ran = any(pod.running or pod.exit_code is not None for pod in situation.pods)
    return not ran and not (situation.run and situation.run.writer)


def no_room(situation: Situation) -> Verdict:
    """The end of a request that waited too long for room."""
    limit = situation.spec.solver.start_timeout_seconds
    why = waiting_for(situation)
    placed = next((pod for pod in situation.pods if pod.node and not pod.ended), None)
    if placed is not None:
        message = (
            f"Pod {placed.name} has node {placed.node}, but its container did not start within"
            f" {limit} s (spec.solver.startTimeoutSeconds). {why or 'The cluster gives no reason'}."
            f" See kubectl describe pod {placed.name};" + THEN_AGAIN
        )
        return situation.failed(Reason.DEADLINE_EXCEEDED, message)
    reason = Reason.QUOTA_EXCEEDED if is_quota(why) else Reason.DEADLINE_EXCEEDED
    message = (
        f"The solver found no room within {limit} s (spec.solver.startTimeoutSeconds)."
        f" {why or 'No pod could be started'}. Ask for less in spec.solver.resources, wait"
        " longer, or make room;" + THEN_AGAIN
    )
    return situation.failed(reason, message)


def waiting_for(situation: Situation) -> str:
    """What a Job without a running pod waits for, in the cluster's own words."""
    pods = [pod.unschedulable or pod.waiting_message for pod in situation.pods]
    words = [situation.observed.creation_fault, *pods]
    return next((word.strip().rstrip(".") for word in words if word), "")


def _deadline(situation: Situation) -> Verdict:
    if never_started(situation):
        return no_room(situation)
    message = (
        f"The Job ran past its deadline; the solving time is"
        f" {situation.spec.solver.time_limit_seconds} s (spec.solver.timeLimitSeconds)."
        " Its pods waited too long for room or did not end in time."
    )
    return situation.failed(Reason.DEADLINE_EXCEEDED, message + SOLVE_AGAIN)


def _termination(situation: Situation) -> Termination | None:
    """What the solver said of its end, in the last of its pods that gave a Reason.

    None where it ran out of memory after that, and so could say nothing.
    """
    for pod in situation.pods:
        if memory.killed(pod):
            return None
        try:
            told = Termination.model_validate_json(pod.end_message)
        except ValidationError:
            continue
        if told.reason in set(Reason):
            return told
    return None


def _told(situation: Situation, told: Termination) -> Verdict:
    return situation.failed(Reason(told.reason), _sentence(told.message or told.reason))


def _by_exit_code(situation: Situation) -> Verdict:
    code = exit_code(situation)
    if code in _EXIT_REASONS:
        reason = _EXIT_REASONS[code]
        message = f"The solver ended with exit code {code}, {reason}, and left no explanation."
        return situation.failed(reason, message)
    if gone := _deleted(situation):
        message = f"{gone} {situation.input.name} was deleted while the league was being solved."
        return situation.failed(Reason.RESULT_LOST, message + SOLVE_AGAIN)
    return situation.failed(Reason.SOLVER_CRASHED, _crash(situation, code))


def exit_code(situation: Situation) -> int | None:
    """The exit code of the last failed pod, or what the Job's condition says of it."""
    codes = [pod.exit_code for pod in situation.pods if pod.exit_code]
    if codes:
        return codes[0]
    found = _EXIT_CODE.search(situation.job.fail_message) if situation.job else None
    return int(found.group(1)) if found else None


def _crash(situation: Situation, code: int | None) -> str:
    job = situation.job
    attempts = max(1, job.failed_pods) if job else 1
    how = f"exit code {code}" if code is not None else "an unknown exit code"
    why = f"; {job.fail_message.strip().rstrip('.')}" if job and job.fail_message else ""
    return (
        f"The solver crashed {attempts} times, last with {how}{why}. See the log:"
        f" kubectl logs -n {situation.request.namespace} job/{situation.input.name}."
        " Please report it with the league." + SOLVE_AGAIN
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."
