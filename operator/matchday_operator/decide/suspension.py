"""A suspended request holds its Job; what was saved and the solving time left stay."""

from matchday_api.status import Phase
from matchday_operator.decide.model import Action, DeleteJob, PatchJob, Verdict
from matchday_operator.decide.situation import Situation
from matchday_operator.records import Job


def judge(situation: Situation) -> Verdict | None:
    """Hold the Job of a suspended request."""
    if not situation.spec.suspend:
        return None
    message = (
        f"Suspended with {situation.remaining} s of solving time left; set spec.suspend to false"
        " to go on from the best schedule so far"
    )
    return situation.going(Phase.SUSPENDED, "Suspended", message, *_hold(situation.job))


def _hold(job: Job | None) -> list[Action]:
    """Kueue alone sets `suspend` of a queued Job; such a Job is deleted and made again later."""
    if job is None or job.deleting or job.finished:
        return []
    if job.queue:
        return [DeleteJob(job.name, job.uid)]
    return [] if job.suspended else [PatchJob(job.name, job.uid, suspend=True)]
