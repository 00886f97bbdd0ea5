"""An input without a Job gets one."""

from matchday_api.status import Phase
from matchday_operator.decide.model import Action, CreateRun, Verdict
from matchday_operator.decide.settled import ended_status
from matchday_operator.decide.situation import Situation

RECHECK_SECONDS, SOON_SECONDS = 5.0, 0.1


def judge(situation: Situation) -> Verdict | None:
    """Make the run's objects, once an earlier Job of the same name is gone."""
    job = situation.job
    if job is not None and not job.deleting:
        return None
    if job is not None:
        message = f"Waiting until the earlier Job {job.name} is gone"
        return situation.going(Phase.PENDING, "Replacing", message, recheck=RECHECK_SECONDS)
    actions = making(situation)
    message = f"Job {situation.input.name} is made and waits for its pod"
    recheck = RECHECK_SECONDS if actions else SOON_SECONDS
    return situation.going(Phase.PENDING, "JobCreated", message, *actions, recheck=recheck)


def making(situation: Situation) -> tuple[Action, ...]:
    """Make the run's objects, but first let the status say that a failed request starts again.

    Nothing else tells so, should making them take more than one attempt.
    """
    if ended_status(situation.request.status, situation.input.digest) is not None:
        return ()
    return (CreateRun(situation.input, situation.first_deadline),)
