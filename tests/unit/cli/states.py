"""States of a ScheduleRequest as the operator writes them."""

import base64
import gzip
import hashlib
from typing import Any

from matchday_api.schedule import ScheduleFile
from tests.unit.cli.api_double import ApiDouble, Json
from tests.unit.cli.builders import request_document

SCHEDULE = "winter-0a1b2c3d"


def condition(kind: str, reason: str, message: str = "", status: str = "True") -> Json:
    """One condition."""
    return {
        "type": kind,
        "status": status,
        "reason": reason,
        "message": message,
        "lastTransitionTime": "2026-01-01T00:00:00Z",
    }


def put_request(api: ApiDouble, name: str = "winter", **status: Any) -> None:
    """A request of generation 1, with a status where one is given."""
    content = request_document()
    observed: Json = {"status": {"observedGeneration": 1, **status}} if status else {}
    api.put("schedulerequests", name, metadata={"generation": 1}, spec=content["spec"], **observed)


def running(placed: int = 3) -> Json:
    """A status while the solver runs."""
    return {
        "observedGeneration": 1,
        "phase": "Running",
        "inputDigest": "sha256:1",
        "jobRef": {"name": SCHEDULE},
        "conditions": [condition("Reconciling", "Running", "The solver runs")],
        "progress": {"gamesPlaced": placed, "gamesTotal": 8, "games": f"{placed}/8", "new": 1},
    }


def complete(schedule: ScheduleFile | None = None, message: str = "Schedule made") -> Json:
    """A status of success, with this result."""
    text = schedule.to_text().encode() if schedule else b""
    return {
        "observedGeneration": 1,
        "phase": "Succeeded",
        "inputDigest": "sha256:1",
        "jobRef": {"name": SCHEDULE},
        "conditions": [condition("Complete", "Optimal", message)],
        "result": {
            "name": SCHEDULE,
            "sha256": hashlib.sha256(text).hexdigest(),
            "games": 1,
            "unplaced": 0,
            "objective": 1200,
            "gap": 0.125,
            "quality": "TimeLimit",
        },
    }


def failed(reason: str, message: str = "do something") -> Json:
    """A status of failure."""
    return {
        "observedGeneration": 1,
        "phase": "Failed",
        "conditions": [condition("Failed", reason, message)],
    }


def put_schedule(
    api: ApiDouble, schedule: ScheduleFile, name: str = SCHEDULE, of: str = "winter", **status: Any
) -> None:
    """The Schedule object of a request."""
    text = schedule.to_text().encode()
    saved = {
        "sha256": hashlib.sha256(text).hexdigest(),
        "compressed": base64.b64encode(gzip.compress(text)).decode(),
    }
    api.put("schedules", name, spec={"requestRef": {"name": of}}, status=saved | status)
