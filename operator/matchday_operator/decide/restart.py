"""A request that failed for want of something other than input runs again once that changes."""

from matchday_api.status import Phase, Reason
from matchday_operator.decide.model import Action, DeleteJob
from matchday_operator.decide.situation import Situation
from matchday_operator.records import Job

_FINAL = frozenset({Reason.INFEASIBLE, Reason.INCOMPLETE, Reason.NO_SOLUTION_IN_TIME})
"""Reasons that more memory, another image or another node cannot cure."""


def is_due(situation: Situation, phase: Phase) -> bool:
    """Whether resources, the pod template or the like changed after a failure."""
    if phase is not Phase.FAILED or not situation.is_changed:
        return False
    reasons = {
        each.get("reason")
        for each in situation.request.status.get("conditions") or ()
        if each.get("type") == "Failed"
    }
    return not reasons & _FINAL


def removal(job: Job) -> list[Action]:
    """Delete the Job of the failed attempt, so that another of its name can be made."""
    return [] if job.deleting else [DeleteJob(job.name, job.uid)]
