"""A request that failed for want of something other than input runs again once that changes."""

from matchday_api.status import Phase, Reason

from matchday_operator.decide.model import DeleteJob, Verdict
from matchday_operator.decide.situation import Situation

_FINAL = frozenset({Reason.INFEASIBLE, Reason.INCOMPLETE, Reason.NO_SOLUTION_IN_TIME})
"""Reasons that more memory, another image or another node cannot cure."""


def is_due(situation: Situation, phase: Phase) -> bool:
    """Whether resources, the pod template or the like changed after a failure."""
    run = situation.run
    if phase is not Phase.FAILED or run is None or run.run_hash == situation.request.run_hash:
        return False
    reasons = {
        each.get("reason")
        for each in situation.request.status.get("conditions") or ()
        if each.get("type") == "Failed"
    }
    return not reasons & _FINAL


def judge(situation: Situation) -> Verdict | None:
    """Remove the failed Job, so that another of the same name can be made."""
    job, status = situation.job, situation.request.status
    failed = status.get("phase") == Phase.FAILED
    same = status.get("inputDigest") == situation.input.digest
    if job is None or not (failed and same and is_due(situation, Phase.FAILED)):
        return None
    actions = () if job.deleting else (DeleteJob(job.name, job.uid),)
    message = "The way the solver runs was changed; the Job is made again"
    return situation.going(Phase.PENDING, "Restarting", message, *actions, recheck=1.0)
