"""What the operator keeps of the objects it watches: small records, never whole leagues."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from matchday_api.faults import Fault
from matchday_api.model_faults import translate
from matchday_api.request import QUEUE_LABEL, REGENERATE_ANNOTATION, ScheduleRequestSpec
from matchday_api.status import Progress
from pydantic import ValidationError

from matchday_operator.kinds import JOB, JOB_LABEL, POD, REQUEST, REQUEST_LABEL, RUN, Kind

Json = dict[str, Any]
Key = tuple[str, str]
"""Namespace and name of a ScheduleRequest."""

SPEC_HASH = "matchday.dev/spec-hash"
"""Annotation of a SolverRun: hash of the request's fields that decide its input."""

SOURCES = "matchday.dev/sources"
"""Annotation of a SolverRun: resource versions of the objects that its input was read from."""

RUN_HASH = "matchday.dev/run-hash"
"""Annotation of a SolverRun: hash of the request's fields on how its Job runs."""

CONTAINER = "solver"
"""Name of the solver's container; others may have been injected beside it."""

_INPUT_SOLVER_FIELDS = ("seed", "gapLimit", "workers", "timeLimitSeconds")
_RUN_SOLVER_FIELDS = ("resources", "maxRetries", "startTimeoutSeconds")


@dataclass(frozen=True, slots=True)
class Record:
    """What all records have."""

    namespace: str
    name: str
    uid: str
    resource_version: str
    deleting: bool

    @property
    def request_key(self) -> Key:
        """The request that the object belongs to."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Request(Record):
    """A ScheduleRequest without its league."""

    generation: int
    spec: ScheduleRequestSpec | None
    """The spec without `league`; None where it is not acceptable."""
    faults: tuple[Fault, ...]
    """Why `spec` is None."""
    has_league: bool
    spec_hash: str
    run_hash: str
    regenerate: str
    queue: str
    """Name of a Kueue queue, or empty."""
    status: Json = field(compare=False)

    @property
    def request_key(self) -> Key:
        """Its own namespace and name."""
        return self.namespace, self.name

    @property
    def has_sources(self) -> bool:
        """Whether its input is read from other objects too."""
        return self.spec is not None and bool(self.spec.league_from or self.spec.changes)


@dataclass(frozen=True, slots=True)
class Owned(Record):
    """An object that belongs to a request by label; by owner reference it must agree."""

    request: str
    owner_uid: str

    @property
    def request_key(self) -> Key:
        """The request named in its label."""
        return self.namespace, self.request


@dataclass(frozen=True, slots=True)
class Job(Owned):
    """A Job of a request."""

    suspended: bool
    finished: bool
    succeeded: bool
    fail_reason: str
    """Reason of the Job's condition Failed, such as BackoffLimitExceeded."""
    fail_message: str
    started: datetime | None
    """When its clock for the deadline started, by the control plane's clock."""
    deadline: int | None
    ttl: int | None
    failed_pods: int
    queue: str
    """Kueue queue that owns its `suspend`, or empty."""


@dataclass(frozen=True, slots=True)
class Pod(Owned):
    """A pod of a Job of a request."""

    job: str
    phase: str
    node: str
    unschedulable: str
    """The scheduler's message where there is no room."""
    waiting_reason: str
    waiting_message: str
    running: bool
    exit_code: int | None
    end_reason: str
    """Reason of the container's end, such as OOMKilled."""
    end_message: str
    """The container's termination message."""
    disrupted: bool
    grace: int

    @property
    def ended(self) -> bool:
        """Whether it runs no more."""
        return self.phase in ("Succeeded", "Failed")


@dataclass(frozen=True, slots=True)
class Run(Owned):
    """A SolverRun of a request."""

    digest: str
    created: str
    writer: str
    progress: Progress | None
    spec_hash: str
    sources: str
    run_hash: str


def record(kind: Kind, body: Json) -> Record:
    """The record of an object of a watched kind."""
    return _BUILDERS[kind](body)


def parse_time(text: object) -> datetime | None:
    """A Kubernetes timestamp; None where there is none."""
    if not isinstance(text, str):
        return None
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None


def _request(body: Json) -> Request:
    meta, spec = body["metadata"], body.get("spec") or {}
    regenerate = str((meta.get("annotations") or {}).get(REGENERATE_ANNOTATION, ""))
    parsed, faults = _parse_rest(spec)
    return Request(
        **_base(meta),
        generation=meta.get("generation", 0),
        spec=parsed,
        faults=faults,
        has_league=spec.get("league") is not None,
        spec_hash=_input_hash(spec, regenerate),
        run_hash=_hash([spec.get("podTemplate"), _solver(spec, _RUN_SOLVER_FIELDS), _queue(meta)]),
        regenerate=regenerate,
        queue=_queue(meta),
        status=_status(body.get("status")),
    )


def _status(status: object) -> Json:
    """The status as far as it has the shape that the operator relies on."""
    if not isinstance(status, dict):
        return {}
    found = status.get("conditions")
    listed = found if isinstance(found, list) else ()
    conditions = [each for each in listed if isinstance(each, dict)]
    return {**status, "conditions": conditions}


def _parse_rest(spec: Json) -> tuple[ScheduleRequestSpec | None, tuple[Fault, ...]]:
    rest = {key: value for key, value in spec.items() if key != "league" and value is not None}
    try:
        text = json.dumps(rest)
        return ScheduleRequestSpec.model_validate_json(text, strict=True, by_name=False), ()
    except ValidationError as error:
        faults = translate(error, ScheduleRequestSpec)
        return None, tuple(fault.under("spec") for fault in faults)


def _input_hash(spec: Json, regenerate: str) -> str:
    fields = [spec.get(key) for key in ("league", "leagueFrom", "changes", "completeness")]
    return _hash([*fields, _solver(spec, _INPUT_SOLVER_FIELDS), regenerate])


def _solver(spec: Json, names: tuple[str, ...]) -> list[Any]:
    solver = spec.get("solver")
    return [solver.get(name) for name in names] if isinstance(solver, dict) else []


def _hash(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _queue(meta: Json) -> str:
    for values in (meta.get("labels") or {}, meta.get("annotations") or {}):
        if values.get(QUEUE_LABEL):
            return str(values[QUEUE_LABEL])
    return ""


def _base(meta: Json) -> Json:
    return {
        "namespace": meta["namespace"],
        "name": meta["name"],
        "uid": meta["uid"],
        "resource_version": meta["resourceVersion"],
        "deleting": meta.get("deletionTimestamp") is not None,
    }


def _owned(meta: Json) -> Json:
    owners = [owner for owner in meta.get("ownerReferences") or () if owner.get("controller")]
    labels = meta.get("labels") or {}
    owner_uid = owners[0]["uid"] if owners else ""
    return {**_base(meta), "request": labels.get(REQUEST_LABEL, ""), "owner_uid": owner_uid}


def _job(body: Json) -> Job:
    spec, status = body.get("spec") or {}, body.get("status") or {}
    conditions = _true_conditions(status)
    failed = conditions.get("Failed", {})
    return Job(
        **_owned(body["metadata"]),
        suspended=bool(spec.get("suspend")),
        finished="Complete" in conditions or "Failed" in conditions,
        succeeded="Complete" in conditions,
        fail_reason=failed.get("reason", ""),
        fail_message=failed.get("message", ""),
        started=parse_time(status.get("startTime")),
        deadline=spec.get("activeDeadlineSeconds"),
        ttl=spec.get("ttlSecondsAfterFinished"),
        failed_pods=status.get("failed") or 0,
        queue=_queue(body["metadata"]),
    )


def _true_conditions(status: Json) -> dict[str, Json]:
    conditions = status.get("conditions") or ()
    return {each["type"]: each for each in conditions if each.get("status") == "True"}


def _pod(body: Json) -> Pod:
    meta, status = body["metadata"], body.get("status") or {}
    return Pod(
        **_owned(meta),
        job=(meta.get("labels") or {}).get(JOB_LABEL, ""),
        phase=status.get("phase", "Pending"),
        node=(body.get("spec") or {}).get("nodeName", ""),
        unschedulable=_unschedulable(status),
        disrupted="DisruptionTarget" in _true_conditions(status),
        grace=meta.get("deletionGracePeriodSeconds") or 0,
        **_container(status),
    )


def _unschedulable(status: Json) -> str:
    for condition in status.get("conditions") or ():
        if condition.get("type") == "PodScheduled" and condition.get("status") == "False":
            return str(condition.get("message") or condition.get("reason") or "")
    return ""


def _container(status: Json) -> Json:
    statuses = status.get("containerStatuses") or ()
    solver: Json = next((each for each in statuses if each.get("name") == CONTAINER), {})
    state = solver.get("state") or {}
    waiting, ended = state.get("waiting") or {}, state.get("terminated") or {}
    return {
        "waiting_reason": waiting.get("reason", ""),
        "waiting_message": str(waiting.get("message", ""))[:1000],
        "running": "running" in state,
        "exit_code": ended.get("exitCode"),
        "end_reason": ended.get("reason", ""),
        "end_message": str(ended.get("message", ""))[:4096],
    }


def _run(body: Json) -> Run:
    meta, status = body["metadata"], body.get("status") or {}
    notes = meta.get("annotations") or {}
    return Run(
        **_owned(meta),
        digest=(body.get("spec") or {}).get("inputDigest", ""),
        created=meta.get("creationTimestamp", ""),
        writer=status.get("writer") or "",
        progress=_progress(status),
        spec_hash=notes.get(SPEC_HASH, ""),
        sources=notes.get(SOURCES, ""),
        run_hash=notes.get(RUN_HASH, ""),
    )


def _progress(status: Json) -> Progress | None:
    """The solver's report, which is written from a user's namespace and so may be anything."""
    known = {key: value for key, value in status.items() if key != "writer"}
    if not known:
        return None
    try:
        return Progress.model_validate(known)
    except ValidationError:
        return None


_BUILDERS = {REQUEST: _request, JOB: _job, POD: _pod, RUN: _run}
