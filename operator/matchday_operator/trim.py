"""From objects as the API server gives them to records."""

import hashlib
import json

from pydantic import ValidationError

from matchday_api.faults import Fault
from matchday_api.model_faults import translate
from matchday_api.request import (
    QUEUE_LABEL,
    REGENERATE_ANNOTATION,
    ScheduleRequestSpec,
    SolverSettings,
)
from matchday_api.status import Progress
from matchday_operator.kinds import JOB, JOB_LABEL, POD, REQUEST, REQUEST_LABEL, RUN, Kind
from matchday_operator.records import (
    CONTAINER,
    RUN_HASH,
    SOURCES,
    SPEC_HASH,
    Job,
    Json,
    Pod,
    Record,
    Request,
    Run,
    parse_time,
)

MAX_TOLD = 1000
"""Longest words of the cluster about a pod, in characters."""

_INPUT_SOLVER_FIELDS = ("seed", "gapLimit", "workers", "timeLimitSeconds", "repeatable")
_DEFAULTS = SolverSettings().model_dump(mode="json", by_alias=True)
_RUN_SOLVER_FIELDS = ("resources", "maxRetries", "startTimeoutSeconds")


def record(kind: Kind, body: Json) -> Record:
    """The record of an object of a watched kind."""
    return _BUILDERS[kind](body)


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


def _solver(spec: Json, names: tuple[str, ...]) -> Json:
    """What is not at its default: a field that a later version adds changes no hash."""
    solver = spec.get("solver")
    given = solver if isinstance(solver, dict) else {}
    return {
        name: given[name] for name in names if given.get(name, _DEFAULTS[name]) != _DEFAULTS[name]
    }


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
        created=meta.get("creationTimestamp", ""),
        **_container(status),
    )


def _unschedulable(status: Json) -> str:
    for condition in status.get("conditions") or ():
        if condition.get("type") == "PodScheduled" and condition.get("status") == "False":
            return str(condition.get("message") or condition.get("reason") or "")[:MAX_TOLD]
    return ""


def _container(status: Json) -> Json:
    statuses = status.get("containerStatuses") or ()
    solver: Json = next((each for each in statuses if each.get("name") == CONTAINER), {})
    state = solver.get("state") or {}
    waiting, ended = state.get("waiting") or {}, state.get("terminated") or {}
    return {
        "waiting_reason": waiting.get("reason", ""),
        "waiting_message": str(waiting.get("message", ""))[:MAX_TOLD],
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
    """The solver's report, which is written from a user's namespace and so may be anything.

    Fields that a later version has added are passed over.
    """
    known = {key: value for key, value in status.items() if key != "writer"}
    if not known:
        return None
    try:
        return Progress.model_validate(known, extra="ignore")
    except ValidationError:
        return None


_BUILDERS = {REQUEST: _request, JOB: _job, POD: _pod, RUN: _run}
