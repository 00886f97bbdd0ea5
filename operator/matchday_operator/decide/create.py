"""An input without a Job gets one."""

from dataclasses import replace

from matchday_api.status import Phase
from matchday_operator.decide.model import Action, CreateRun, Verdict
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
    return _made(situation, CreateRun(situation.input, situation.first_deadline))


def announced(situation: Situation) -> Verdict:
    """Say first that a request that has failed starts again.

    Only its status tells so once a Job is to be made, should that take more than one attempt.
    """
    return replace(_made(situation), recheck=SOON_SECONDS)


def _made(situation: Situation, *actions: Action) -> Verdict:
    message = f"Job {situation.input.name} is made and waits for its pod"
    return situation.going(Phase.PENDING, "JobCreated", message, *actions, recheck=RECHECK_SECONDS)
