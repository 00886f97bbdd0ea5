"""Jobs of an earlier input are ended: what they might still write belongs to nobody.

Where the input is not there at present, nobody knows which Job is of an earlier one.
"""

from matchday_operator.decide.model import (
    Action,
    DeleteJob,
    Missing,
    Observed,
    PatchJob,
    Resolved,
)
from matchday_operator.records import Job, Request


def actions(request: Request, observed: Observed) -> list[Action]:
    """Delete running Jobs of other inputs; let ended ones expire."""
    if isinstance(observed.input, Missing):
        return []
    current = observed.input.name if isinstance(observed.input, Resolved) else None
    others = [job for job in observed.jobs if job.name != current and not job.deleting]
    return [action for job in others for action in _end(request, job)]


def _end(request: Request, job: Job) -> list[Action]:
    if not job.finished:
        return [DeleteJob(job.name, job.uid)]
    if job.ttl is None and request.spec is not None:
        return [PatchJob(job.name, job.uid, ttl=request.spec.ttl_seconds_after_finished)]
    return []
