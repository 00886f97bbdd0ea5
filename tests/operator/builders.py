"""Requests and what surrounds them, as the operator knows them; tests name only what matters."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from matchday_api.digest import object_name
from matchday_api.status import Progress, Quality, Result
from matchday_operator.decide import decide
from matchday_operator.decide.model import Decision, Now, Observed, Resolved, Saved
from matchday_operator.kinds import JOB, JOB_LABEL, POD, REQUEST, REQUEST_LABEL, RUN
from matchday_operator.records import Job, Pod, Request, Run
from matchday_operator.report import dump
from matchday_operator.trim import record

UID = "0f0e0d0c-0b0a-0908-0706-050403020100"
DIGEST = "sha256:" + "a" * 64
NAME = object_name("winter", UID, DIGEST)
INPUT = Resolved(DIGEST, NAME)
JOB_UID = f"job-{NAME}"
UNSCHEDULABLE = [{"type": "PodScheduled", "status": "False", "message": "0/1 nodes have room"}]
WALL = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
NOW = Now(WALL)

LEAGUE: dict[str, Any] = {
    "season": {"start": "2026-01-05", "end": "2026-02-28"},
    "slots": [{"days": ["Sat"], "starts": ["09:00", "10:00"]}],
    "divisions": [{"name": "U10", "gamesPerTeam": 2}],
    "teams": [{"name": name, "division": "U10"} for name in ("A", "B", "C")],
    "venues": [{"name": "Gym"}],
}


def body(
    spec: dict[str, Any] | None = None,
    status: dict[str, Any] | None = None,
    generation: int = 1,
    **meta: Any,
) -> dict[str, Any]:
    """A ScheduleRequest as the API server gives it."""
    return {
        "metadata": {
            "namespace": "leagues",
            "name": "winter",
            "uid": UID,
            "resourceVersion": "1",
            "generation": generation,
            **meta,
        },
        "spec": {"league": LEAGUE, **(spec or {})},
        "status": status or {},
    }


def request(
    spec: dict[str, Any] | None = None,
    status: dict[str, Any] | None = None,
    generation: int = 1,
    **meta: Any,
) -> Request:
    """A ScheduleRequest."""
    made = record(REQUEST, body(spec, status, generation, **meta))
    assert isinstance(made, Request)
    return made


def owned(name: str, uid: str, owner: str = UID, **meta: Any) -> dict[str, Any]:
    """Metadata of an object that belongs to the request."""
    return {
        "namespace": "leagues",
        "name": name,
        "uid": uid,
        "resourceVersion": "1",
        "labels": {JOB_LABEL: name, REQUEST_LABEL: "winter"},
        "ownerReferences": [{"controller": True, "uid": owner}],
        **meta,
    }


def job(
    name: str = NAME,
    spec: dict[str, Any] | None = None,
    ended: str = "",
    reason: str = "",
    message: str = "",
    **meta: Any,
) -> Job:
    """A Job; `ended` is Complete or Failed."""
    condition = {"type": ended, "status": "True", "reason": reason, "message": message}
    status = {"startTime": "2026-01-05T12:00:00Z", "conditions": [condition] if ended else []}
    made = record(
        JOB,
        {
            "metadata": owned(name, f"job-{name}", **meta),
            "spec": {"activeDeadlineSeconds": 720, **(spec or {})},
            "status": status,
        },
    )
    assert isinstance(made, Job)
    return made


def pod(
    state: dict[str, Any] | None = None,
    phase: str = "Pending",
    conditions: list[dict[str, str]] | None = None,
    **meta: Any,
) -> Pod:
    """A pod of the current Job; `state` is the state of its container."""
    made = record(
        POD,
        {
            "metadata": owned(NAME, f"pod-{NAME}", owner=f"job-{NAME}", **meta),
            "spec": {"nodeName": "node-1"},
            "status": {
                "phase": phase,
                "conditions": conditions or [],
                "containerStatuses": [{"name": "solver", "state": state or {}}],
            },
        },
    )
    assert isinstance(made, Pod)
    return made


def running_pod() -> Pod:
    """A pod whose solver runs."""
    return pod({"running": {}}, phase="Running")


def failed_pod(code: int = 1, reason: str = "Error", message: str = "", **meta: Any) -> Pod:
    """A pod whose solver ended with an error."""
    ended = {"exitCode": code, "reason": reason, "message": message}
    return pod({"terminated": ended}, phase="Failed", **meta)


def run(
    name: str = NAME,
    placed: int | None = None,
    made_for: Request | None = None,
    created: str = "2026-01-05T12:00:00Z",
    elapsed: float = 10.0,
    percent: int = 0,
) -> Run:
    """A SolverRun, with progress where games are placed."""
    annotations = {}
    if made_for is not None:
        annotations = {
            "matchday.dev/spec-hash": made_for.spec_hash,
            "matchday.dev/sources": "",
            "matchday.dev/run-hash": made_for.run_hash,
        }
    progress = {} if placed is None else _progress(placed, elapsed, percent)
    made = record(
        RUN,
        {
            "metadata": owned(
                name, f"run-{name}", annotations=annotations, creationTimestamp=created
            ),
            "spec": {"inputDigest": DIGEST},
            "status": progress,
        },
    )
    assert isinstance(made, Run)
    return made


def _progress(placed: int, elapsed: float, percent: int) -> dict[str, Any]:
    told = Progress(
        percent=percent,
        games_placed=placed,
        games_total=9,
        elapsed_seconds=elapsed,
        message=f"{placed} of 9",
    )
    return {**told.model_dump(mode="json", by_alias=True), "writer": "pod-uid"}


def result(unplaced: int = 0) -> Result:
    """Numbers of a schedule."""
    return Result(
        name=NAME,
        sha256="0" * 64,
        games=9 - unplaced,
        unplaced=unplaced,
        violations=0,
        objective=120,
        quality=Quality.TIME_LIMIT,
    )


def saved(unplaced: int = 0, final: bool = True, faults: tuple[str, ...] = ()) -> Saved:
    """A Schedule that was read."""
    return Saved(result(unplaced), final, faults)


def observed(**parts: Any) -> Observed:
    """What is known of the request's world."""
    return Observed(**{"input": INPUT, **parts})


def settle(asked: Request, seen: Observed, now: Now = NOW) -> tuple[Decision, Request]:
    """Decide, and give the request with the status that was decided."""
    decision = decide(asked, seen, now)
    return decision, with_status(asked, decision)


def with_status(asked: Request, decision: Decision) -> Request:
    """The request with the status of a decision."""
    assert decision.status is not None
    return replace(asked, status=dump(decision.status))


def reason(decision: Decision, kind: str) -> str:
    """The reason of a condition that is true, or nothing."""
    assert decision.status is not None
    return next(
        (c.reason for c in decision.status.conditions if c.type == kind and c.status == "True"), ""
    )


def message(decision: Decision, kind: str) -> str:
    """The message of a condition."""
    assert decision.status is not None
    return next(c.message for c in decision.status.conditions if c.type == kind)


def phase(decision: Decision) -> str:
    """The phase that was decided."""
    assert decision.status is not None
    return decision.status.phase.value


COMPLETE = job(ended="Complete")
"""A Job that has done its work."""
