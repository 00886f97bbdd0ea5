"""What the end-to-end tests do with requests: apply, wait, read, count."""

import base64
import gzip
import json
from typing import Any

from matchday_api.schedule import ScheduleFile
from tests.e2e.kubectl import Kubectl, eventually

SETTLED = 120
"""Seconds within which a small request has ended on a busy machine."""


def apply(kubectl: Kubectl, namespace: str, body: dict[str, Any]) -> str:
    """Server-side apply of an object; gives its name."""
    kubectl("apply", "--server-side", "-n", namespace, "-f", "-", stdin=json.dumps(body))
    name: str = body["metadata"]["name"]
    return name


def wait_for(
    kubectl: Kubectl, namespace: str, name: str, condition: str, seconds: int = SETTLED
) -> dict[str, Any]:
    """Wait until the request has the condition; gives its status."""
    return _wait(kubectl, namespace, name, f"condition={condition}", seconds)


def wait_phase(
    kubectl: Kubectl, namespace: str, name: str, phase: str, seconds: int = SETTLED
) -> dict[str, Any]:
    """Wait until the request is in the phase; gives its status."""
    return _wait(kubectl, namespace, name, f"jsonpath={{.status.phase}}={phase}", seconds)


def _wait(kubectl: Kubectl, namespace: str, name: str, what: str, seconds: int) -> dict[str, Any]:
    """Let `kubectl wait` watch the request; gives its status then."""
    limit = f"--timeout={seconds}s"
    kubectl("wait", f"--for={what}", limit, "-n", namespace, f"sreq/{name}", timeout=seconds + 30)
    return status(kubectl, namespace, name)


def status(kubectl: Kubectl, namespace: str, name: str) -> dict[str, Any]:
    """The request's status, {} where it has none."""
    found: dict[str, Any] = kubectl.json("get", "sreq", name, "-n", namespace).get("status", {})
    return found


def condition(status: dict[str, Any], kind: str) -> dict[str, Any]:
    """The condition of a type, {} where there is none."""
    return next((c for c in status.get("conditions", []) if c["type"] == kind), {})


def wait_progress(kubectl: Kubectl, namespace: str, name: str) -> dict[str, Any]:
    """Wait until the request runs and a complete schedule is saved; gives its status."""

    def probe() -> dict[str, Any] | None:
        found = status(kubectl, namespace, name)
        placed = found.get("progress", {}).get("gamesPlaced", 0)
        return found if found.get("phase") == "Running" and placed else None

    return eventually(probe, SETTLED, f"{name} runs and has placed games")


def schedule(kubectl: Kubectl, namespace: str, name: str) -> ScheduleFile:
    """The schedule.json of a Schedule object."""
    found = kubectl.json("get", "schedule", name, "-n", namespace)["status"]
    text = gzip.decompress(base64.b64decode(found["compressed"]))
    return ScheduleFile.model_validate_json(text)


def jobs(kubectl: Kubectl, namespace: str) -> list[str]:
    """uids of the namespace's Jobs: a Job that was made again has another."""
    found = kubectl.json("get", "jobs", "-n", namespace)["items"]
    return sorted(job["metadata"]["uid"] for job in found)
