"""A request that has ended stays as it is until its input, or how it runs, changes."""

from pydantic import ValidationError

from matchday_api.status import Phase, Reason, ScheduleRequestStatus
from matchday_operator.decide import restart
from matchday_operator.decide.model import (
    ENDED_DEADLINE,
    Action,
    DeleteJob,
    EndJob,
    PatchJob,
    Unsaved,
    Verdict,
)
from matchday_operator.decide.situation import Situation
from matchday_operator.records import Job, Json

REMOVAL_SECONDS = 1.0


def judge(situation: Situation) -> Verdict | None:
    """Keep the verdict of a request that has ended for this input."""
    status = ended_status(situation.request.status, situation.input.digest)
    if status is None:
        return None
    again = restart.is_due(situation, status.phase)
    if again and situation.job is None:
        return None
    if status.phase is Phase.SUCCEEDED and situation.observed.outcome == Unsaved(exists=False):
        return _lost(situation)
    kind = "Complete" if status.phase is Phase.SUCCEEDED else "Failed"
    condition = next(each for each in status.conditions if each.type == kind)
    return Verdict(
        status.phase,
        condition.reason,
        condition.message,
        tuple(_remove(situation) if again else _expire(situation, status.phase)),
        digest=situation.input.digest,
        job=status.job_ref.name if status.job_ref else None,
        progress=status.progress,
        result=status.result,
        recheck=REMOVAL_SECONDS if again else None,
    )


def ended_status(raw: Json, digest: str) -> ScheduleRequestStatus | None:
    """The status of a request that has ended for an input; None where it has not.

    Fields that another version of the operator has written are passed over.
    """
    if raw.get("inputDigest") != digest or raw.get("phase") not in ("Succeeded", "Failed"):
        return None
    try:
        status = ScheduleRequestStatus.model_validate(raw, extra="ignore")
    except ValidationError:
        return None
    kind = "Complete" if status.phase is Phase.SUCCEEDED else "Failed"
    told = any(each.type == kind and each.status == "True" for each in status.conditions)
    return status if told else None


def _remove(situation: Situation) -> list[Action]:
    return restart.removal(situation.job) if situation.job else []


def _expire(situation: Situation, phase: Phase) -> list[Action]:
    job = situation.job
    if job is None or job.deleting:
        return []
    ttl = situation.spec.ttl_seconds_after_finished
    expire: list[Action] = [] if job.ttl == ttl else [PatchJob(job.name, job.uid, ttl=ttl)]
    return expire + (end(job) if phase is Phase.FAILED else [])


def end(job: Job) -> list[Action]:
    """End a Job that still runs; ended pods and their logs stay where that can be.

    A suspended Job has no deadline, so it is deleted.
    """
    if job.finished or job.deleting or job.deadline == ENDED_DEADLINE:
        return []
    if job.suspended:
        return [DeleteJob(job.name, job.uid)]
    return [EndJob(job.name, job.uid)]


def _lost(situation: Situation) -> Verdict:
    return Verdict(
        Phase.FAILED,
        Reason.RESULT_LOST,
        f"Schedule {situation.input.name} was deleted after it was complete. Set the annotation"
        " matchday.dev/regenerate to a new value to solve again.",
        digest=situation.input.digest,
        job=situation.input.name if situation.job else None,
    )
