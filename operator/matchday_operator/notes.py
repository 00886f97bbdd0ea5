"""Which changes of a request's status are worth an Event, a count or a line in the log."""

from dataclasses import dataclass

from matchday_api.status import Phase, ScheduleRequestStatus
from matchday_operator.records import Json

_WARNINGS = frozenset(
    {"QuotaExceeded", "Forbidden", "NameTaken", "InputNotFound", "PodCreationFailed"}
)


@dataclass(frozen=True)
class Note:
    """One Event about a request."""

    reason: str
    message: str
    warning: bool
    about: str
    """What it is about besides the request, so that the same is told once."""


def note(before: Json, after: ScheduleRequestStatus) -> Note | None:
    """The Event for a change of status, if it deserves one."""
    reason, message = main_condition(after)
    if (before.get("phase"), main_reason(before)) == (after.phase.value, reason):
        return None
    about = f"{after.input_digest}/{after.observed_generation}"
    if after.phase is Phase.SUCCEEDED:
        return Note("Completed", message, False, about)
    if after.phase is Phase.FAILED:
        return Note(reason, message, True, about)
    if reason in _WARNINGS:
        return Note(reason, message, True, about)
    if reason in ("JobCreated", "Resuming", "Suspended"):
        return Note(reason, message, False, about)
    return None


def ended(before: Json, after: ScheduleRequestStatus) -> bool:
    """Whether the request has just ended, or ended anew for another input."""
    if after.phase not in (Phase.SUCCEEDED, Phase.FAILED):
        return False
    return (before.get("phase"), before.get("inputDigest")) != (after.phase, after.input_digest)


def main_condition(status: ScheduleRequestStatus) -> tuple[str, str]:
    """Reason and message of the condition that says where the request stands."""
    kind = _MAIN.get(status.phase, "Reconciling")
    found = [each for each in status.conditions if each.type == kind]
    return (found[0].reason, found[0].message) if found else ("", "")


def main_reason(status: Json) -> str:
    """The same reason, of a status as the API server has it."""
    conditions = status.get("conditions") or ()
    return next((str(each.get("reason")) for each in conditions if each.get("type") == "Ready"), "")


_MAIN = {Phase.SUCCEEDED: "Complete", Phase.FAILED: "Failed"}
