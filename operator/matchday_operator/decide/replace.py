"""A Job that has not started is made again when the way it should run changes."""

from matchday_api.status import Phase
from matchday_operator.decide.model import DeleteJob, Verdict
from matchday_operator.decide.situation import Situation
from matchday_operator.sightings import unstarted


def judge(situation: Situation) -> Verdict | None:
    """Delete a Job whose resources or pod template are out of date while nothing is lost by it."""
    job, run = situation.job, situation.run
    if job is None or run is None or not situation.is_changed:
        return None
    idle = job.suspended or not run.writer or unstarted(job) in situation.observed.ages
    if job.finished or not idle or any(pod.running for pod in situation.pods):
        return None
    message = "Resources or pod template were changed before the start; the Job is made again"
    return situation.going(
        Phase.PENDING, "Replacing", message, DeleteJob(job.name, job.uid), recheck=1.0
    )
