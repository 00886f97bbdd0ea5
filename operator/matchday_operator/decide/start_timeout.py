"""A Job waits for room only as long as the request allows."""

from matchday_operator.decide import endings
from matchday_operator.decide.model import Verdict
from matchday_operator.decide.situation import Situation
from matchday_operator.records import Job
from matchday_operator.sightings import unstarted

CLOCK_TOLERANCE = 60.0
"""Seconds by which the control plane's clocks may differ."""


def judge(situation: Situation) -> Verdict | None:
    """End a request none of whose pods has started in time."""
    job = situation.job
    if job is None or job.finished or job.deleting or job.suspended:
        return None
    fact = unstarted(job)
    if fact not in situation.observed.ages or not _is_over(situation, job, fact):
        return None
    return endings.no_room(situation)


def _is_over(situation: Situation, job: Job, fact: str) -> bool:
    limit = situation.spec.solver.start_timeout_seconds
    stated = 0.0
    # A pod that takes another's place waits anew, however long the Job has gone on.
    if job.started is not None and endings.never_started(situation):
        stated = (situation.now.wall - job.started).total_seconds() - CLOCK_TOLERANCE
    return max(situation.age(fact), stated) >= limit
