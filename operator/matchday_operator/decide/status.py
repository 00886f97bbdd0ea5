"""A verdict as a request's status, with conditions that kubectl, Flux and Argo CD understand."""

from datetime import datetime

from matchday_api.request import ObjectName
from matchday_api.status import Condition, Phase, ScheduleRequestStatus
from matchday_operator.decide.model import Now, Verdict
from matchday_operator.records import Json, Request, parse_time

_TRUE_CONDITIONS = {
    Phase.SUCCEEDED: {"Complete", "Ready"},
    Phase.FAILED: {"Failed", "Stalled"},
    Phase.SUSPENDED: {"Suspended", "Reconciling"},
}
_TYPES = ("Complete", "Failed", "Suspended", "Ready", "Reconciling", "Stalled")

SHORT_MESSAGE = 1000
"""Longest message, in characters, of conditions that repeat what Complete or Failed says."""

_ENDS = (Phase.SUCCEEDED, Phase.FAILED)


def status_for(request: Request, verdict: Verdict, now: Now) -> ScheduleRequestStatus:
    """The whole status; times of what has not changed are taken from the present one."""
    old, wall = request.status, now.wall.replace(microsecond=0)
    same = old.get("inputDigest") == verdict.digest
    started = parse_time(old.get("startedAt")) if same else None
    if verdict.phase is Phase.RUNNING and started is None:
        started = wall
    return ScheduleRequestStatus(
        observed_generation=request.generation,
        phase=verdict.phase,
        conditions=_conditions(request, verdict, wall),
        input_digest=verdict.digest,
        job_ref=ObjectName(name=verdict.job) if verdict.job else None,
        progress=verdict.progress,
        result=verdict.result,
        started_at=started,
        finished_at=_finished(old, verdict, wall, same),
    )


def _finished(old: Json, verdict: Verdict, wall: datetime, same: bool) -> datetime | None:
    if verdict.phase not in _ENDS:
        return None
    kept = same and old.get("phase") == verdict.phase
    return (parse_time(old.get("finishedAt")) if kept else None) or wall


def _conditions(request: Request, verdict: Verdict, wall: datetime) -> tuple[Condition, ...]:
    true = _TRUE_CONDITIONS.get(verdict.phase, {"Reconciling"})
    known = _known(request.status)
    made = []
    for kind in _TYPES:
        status = "True" if kind in true else "False"
        before, since = known.get(kind, ("", wall))
        made.append(
            Condition(
                type=kind,
                status=status,
                reason=verdict.reason,
                message=_message(kind, status, verdict),
                last_transition_time=since if before == status else wall,
                observed_generation=request.generation,
            )
        )
    return tuple(made)


def _message(kind: str, status: str, verdict: Verdict) -> str:
    if kind in ("Complete", "Failed") and status == "True":
        return verdict.message
    if status == "True" or kind == "Ready":
        return verdict.message[:SHORT_MESSAGE]
    return ""


def _known(status: Json) -> dict[str, tuple[str, datetime]]:
    known = {}
    for condition in status.get("conditions") or ():
        time = parse_time(condition.get("lastTransitionTime"))
        if time is not None:
            known[str(condition.get("type"))] = (str(condition.get("status")), time)
    return known
