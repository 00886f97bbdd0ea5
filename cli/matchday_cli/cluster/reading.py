"""What a ScheduleRequest's status says; written by others, so nothing is taken for granted."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from matchday_api.request import REGENERATE_ANNOTATION
from matchday_api.status import ExitCode, Phase, Progress, Reason
from matchday_cli.cluster.api import Json

EXIT_CODES = {
    Reason.INVALID_LEAGUE: ExitCode.INVALID_INPUT,
    Reason.INFEASIBLE: ExitCode.INFEASIBLE,
    Reason.INCOMPLETE: ExitCode.INFEASIBLE,
    Reason.NO_SOLUTION_IN_TIME: ExitCode.NO_SCHEDULE_IN_TIME,
    Reason.OUT_OF_MEMORY: ExitCode.NO_SCHEDULE_IN_TIME,
}


@dataclass(frozen=True)
class End:
    """How a request ended."""

    code: int
    """The exit code that tells it."""
    reason: str
    message: str

    @property
    def succeeded(self) -> bool:
        """Whether it has the result that was asked for."""
        return self.code == ExitCode.DONE

    @property
    def is_one_fault(self) -> bool:
        """Whether its message has one fault and lines about it, rather than a fault a line."""
        return self.code == ExitCode.INFEASIBLE


def end_of(request: Json) -> End | None:
    """How a request ended; None while it goes on or its newest spec is not yet looked at."""
    if not is_observed(request):
        return None
    for condition in conditions(request):
        reason, message = str(condition.get("reason", "")), str(condition.get("message", ""))
        if condition.get("status") != "True":
            continue
        if condition.get("type") == "Complete":
            return End(ExitCode.DONE, reason, message)
        if condition.get("type") == "Failed":
            known = next((code for why, code in EXIT_CODES.items() if why == reason), None)
            return End(known or ExitCode.UNEXPECTED, reason, message)
    return None


def is_observed(request: Json) -> bool:
    """Whether the operator has looked at the newest spec."""
    seen = status(request).get("observedGeneration")
    wanted = request["metadata"].get("generation", 0)
    return isinstance(seen, int) and isinstance(wanted, int) and seen >= wanted


def status(request: Json) -> dict[str, Any]:
    """The request's status, {} where the operator has written none."""
    found = request.get("status")
    return found if isinstance(found, dict) else {}


def part(request: Json, key: str) -> dict[str, Any]:
    """A map in the status, such as `result`; {} where there is none."""
    found = status(request).get(key)
    return found if isinstance(found, dict) else {}


def conditions(request: Json) -> list[dict[str, Any]]:
    """The request's conditions."""
    found = status(request).get("conditions")
    return [c for c in found if isinstance(c, dict)] if isinstance(found, list) else []


def is_suspended(request: Json) -> bool:
    """Whether the request is held."""
    return request["spec"].get("suspend") is True


def token(request: Json) -> str:
    """What asks for a fresh solve; empty where nothing has."""
    found = request["metadata"].get("annotations")
    return str(found.get(REGENERATE_ANNOTATION) or "") if isinstance(found, dict) else ""


def phase(request: Json) -> str:
    """The request's phase; Pending where it has none."""
    return str(status(request).get("phase") or Phase.PENDING.value)


def message(request: Json) -> str:
    """What the operator says of the request as a whole."""
    every = conditions(request)
    told = [c for c in every if c.get("status") == "True"] + [
        c for c in every if c.get("type") == "Ready"
    ]
    return next((str(c["message"]) for c in told if c.get("message")), "")


def progress(request: Json) -> Progress | None:
    """How far the search is; None where nothing is known."""
    known = {field.alias or name for name, field in Progress.model_fields.items()}
    values = {key: value for key, value in part(request, "progress").items() if key in known}
    try:
        return Progress.model_validate(values) if values else None
    except ValidationError:
        return None
