"""A request whose input is wrong ends; one whose input is not there yet waits for it."""

from matchday_api.status import Phase, Reason
from matchday_operator.decide.model import Invalid, Missing, Verdict

MAX_MESSAGE = 30_000
"""Longest message, in characters; a condition holds 32 KiB."""

RECHECK_SECONDS = 5.0


def invalid(found: Invalid) -> Verdict:
    """The request fails, and every fault is told."""
    count = len(found.lines)
    lines = [f"{count} {'fault' if count == 1 else 'faults'} in the request:"]
    length = len(lines[0])
    for told, line in enumerate(found.lines):
        length += len(line) + 1
        if length > MAX_MESSAGE:
            lines.append(f"and {count - told} more; correct these first")
            break
        lines.append(line)
    return Verdict(Phase.FAILED, Reason.INVALID_LEAGUE, "\n".join(lines)[: MAX_MESSAGE + 100])


def missing(found: Missing) -> Verdict:
    """The request waits for what it refers to."""
    return Verdict(Phase.PENDING, "InputNotFound", found.message, recheck=RECHECK_SECONDS)
