"""An input without a Job gets one."""

from matchday_api.status import Phase
from matchday_operator.decide.model import CreateRun, Verdict
from matchday_operator.decide.situation import Situation

RECHECK_SECONDS = 5.0


def judge(situation: Situation) -> Verdict | None:
    """Make the run's objects, once an earlier Job of the same name is gone."""
    job = situation.job
    if job is not None and not job.deleting:
        return None
    if job is not None:
        message = f"Waiting until the earlier Job {job.name} is gone"
        return situation.going(Phase.PENDING, "Replacing", message, recheck=RECHECK_SECONDS)
    return situation.going(
        Phase.PENDING,
        "JobCreated",
        f"Job {situation.input.name} is made and waits for its pod",
        CreateRun(situation.input, situation.first_deadline),
        recheck=RECHECK_SECONDS,
    )
