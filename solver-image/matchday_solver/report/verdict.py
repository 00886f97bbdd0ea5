"""How the container ends: its exit code and the reason in its termination message."""

import traceback
from dataclasses import dataclass

from matchday_api.status import ExitCode, Quality, Reason, Termination
from matchday_solver.outcome import Ending, Outcome

MAX_MESSAGE = 3000
"""Longest message of a Termination, in characters."""
DONE = "Done"
INTERRUPTED = "Interrupted"

_ENDINGS = {
    Ending.SOLVED: (ExitCode.DONE, DONE),
    Ending.INFEASIBLE: (ExitCode.INFEASIBLE, Reason.INFEASIBLE),
    Ending.INCOMPLETE: (ExitCode.INFEASIBLE, Reason.INCOMPLETE),
    Ending.NO_SCHEDULE_IN_TIME: (ExitCode.NO_SCHEDULE_IN_TIME, Reason.NO_SOLUTION_IN_TIME),
    Ending.OUT_OF_MEMORY: (ExitCode.NO_SCHEDULE_IN_TIME, Reason.OUT_OF_MEMORY),
    Ending.INTERRUPTED: (ExitCode.TERMINATED, INTERRUPTED),
}


class EndedError(Exception):
    """The container ends before its time, with a verdict."""

    def __init__(self, verdict: "Verdict") -> None:
        super().__init__(verdict.message)
        self.verdict = verdict


@dataclass(frozen=True)
class Verdict:
    """Exit code, reason and what the user can do."""

    code: int
    reason: str
    message: str

    def termination(self, **details: int | float | str) -> Termination:
        """The termination message, with facts about the attempt."""
        return Termination(
            reason=self.reason, message=self.message[:MAX_MESSAGE], details=dict(details)
        )


def of_outcome(outcome: Outcome) -> Verdict:
    """What the end of the search means for the container."""
    code, reason = _ENDINGS[outcome.ending]
    return Verdict(code, reason, outcome.message)


def invalid(message: str) -> Verdict:
    """The input is no problem that can be solved."""
    return Verdict(ExitCode.INVALID_INPUT, Reason.INVALID_LEAGUE, message)


def interrupted(not_saved: str | None = None) -> Verdict:
    """The container was told to end; another attempt goes on from what is saved."""
    message = "Told to end; the best schedule so far is saved."
    if not_saved is not None:
        message = f"Told to end; what was found last is not saved: {not_saved}"
    return Verdict(ExitCode.TERMINATED, INTERRUPTED, message)


def superseded(message: str) -> Verdict:
    """Another pod has the fence, or the objects are gone."""
    return Verdict(ExitCode.UNEXPECTED, INTERRUPTED, message)


def unavailable(message: str) -> Verdict:
    """Something of the cluster could not be had; another attempt may have it."""
    return Verdict(ExitCode.UNEXPECTED, Reason.SOLVER_CRASHED, message)


def not_saved(message: str, *, too_large: bool) -> Verdict:
    """The result is not in the cluster; where it is too large, no other attempt changes that."""
    code = ExitCode.INVALID_INPUT if too_large else ExitCode.UNEXPECTED
    return Verdict(code, Reason.RESULT_LOST, f"The result is not saved: {message}")


def ended_before(quality: Quality | None) -> Verdict:
    """An earlier pod had ended the search and saved its last schedule, but was then told to end."""
    if quality is None:
        message = "Games are missing; the Schedule names them and says why."
        return Verdict(ExitCode.INFEASIBLE, Reason.INCOMPLETE, message)
    return Verdict(ExitCode.DONE, DONE, "An earlier pod has saved the result.")


def crashed(error: BaseException) -> Verdict:
    """The search has ended with an error, which a message names with its last place.

    Out of memory is final: another attempt would run out of it again.
    """
    if isinstance(error, MemoryError):
        message = "The solver ran out of memory: raise spec.solver.resources.limits.memory."
        return Verdict(*_ENDINGS[Ending.OUT_OF_MEMORY], message)
    places = traceback.extract_tb(error.__traceback__)
    place = f" ({places[-1].name}, line {places[-1].lineno})" if places else ""
    text = "".join(traceback.format_exception_only(error)).strip()
    message = f"The solver failed: {text[:1000]}{place}. Its log has the whole trace."
    return Verdict(ExitCode.UNEXPECTED, Reason.SOLVER_CRASHED, message)
