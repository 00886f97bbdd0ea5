"""A request whose input is wrong ends; one whose input is not there yet waits for it."""

from pydantic import ValidationError

from matchday_api.status import Phase, Reason, Result
from matchday_operator.decide.model import Invalid, Missing, Verdict
from matchday_operator.records import Json

MAX_MESSAGE = 30_000
"""Longest message, in characters; a condition holds 32 KiB."""

RECHECK_SECONDS = 5.0


def invalid(found: Invalid, status: Json) -> Verdict:
    """The request fails, and every fault is told; the schedule of an earlier input is kept."""
    result = _result(status)
    message = _message(found)
    if result is not None:
        message += f"\nThe schedule of an earlier input is kept as Schedule {result.name}."
    return Verdict(Phase.FAILED, Reason.INVALID_LEAGUE, message, result=result)


def _result(status: Json) -> Result | None:
    """The schedule that the present status refers to; None where it has none that can be read."""
    try:
        return Result.model_validate(status.get("result"), extra="ignore")
    except ValidationError:
        return None


def _message(found: Invalid) -> str:
    count = len(found.lines) + found.more
    lines = [f"{count} {'fault' if count == 1 else 'faults'} in the request:"]
    length = len(lines[0])
    for line in found.lines:
        length += len(line) + 1
        if length > MAX_MESSAGE:
            break
        lines.append(line)
    if told := count - len(lines) + 1:
        lines.append(f"and {told} more; correct these first")
    return "\n".join(lines)[: MAX_MESSAGE + 100]


def missing(found: Missing) -> Verdict:
    """The request waits for what it refers to."""
    return Verdict(Phase.PENDING, "InputNotFound", found.message, recheck=RECHECK_SECONDS)
