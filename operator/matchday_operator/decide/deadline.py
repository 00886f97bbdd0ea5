"""A Job's deadline: loose while it waits for room, tight once it runs.

The Job controller counts activeDeadlineSeconds from the Job's start, waiting included, and anew
after each resume. The solver keeps the solving time itself; the deadline is the backstop.
"""

from matchday_operator.decide.model import ENDED_DEADLINE, PatchJob
from matchday_operator.decide.situation import SAVING_ALLOWANCE, Situation
from matchday_operator.records import Job
from matchday_operator.sightings import active

TOLERANCE = 30
"""Seconds of difference that are not worth a write."""


def actions(situation: Situation, job: Job, running: bool) -> list[PatchJob]:
    """Set the deadline to what the Job needs from now on."""
    if job.deadline is not None and job.deadline <= ENDED_DEADLINE:
        return []  # the Job is to end
    need = _elapsed(situation, job) + situation.remaining + SAVING_ALLOWANCE
    current = job.deadline if job.deadline is not None else 0
    if current < need - TOLERANCE:
        patience = 0 if running else situation.spec.solver.start_timeout_seconds
        return [PatchJob(job.name, job.uid, deadline=need + patience)]
    if running and current > need + TOLERANCE:
        return [PatchJob(job.name, job.uid, deadline=need)]
    return []


def _elapsed(situation: Situation, job: Job) -> int:
    """Seconds since the Job's start; too many rather than too few, since a deadline kills."""
    stated = 0.0
    if job.started is not None:
        stated = (situation.now.wall - job.started).total_seconds()
    return max(0, round(max(situation.age(active(job)), stated)))
