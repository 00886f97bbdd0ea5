"""A Job's deadline: loose while it waits for room, tight once it runs.

The Job controller counts activeDeadlineSeconds from the Job's start, waiting included, and anew
after each resume. The solver keeps the solving time itself; the deadline is the backstop.
"""

from matchday_operator.decide.model import ENDED_DEADLINE, PatchJob
from matchday_operator.decide.situation import SAVING_ALLOWANCE, Situation
from matchday_operator.records import Job, Pod
from matchday_operator.sightings import active, silent, waiting

TOLERANCE = 30
"""Seconds of difference that are not worth a write."""


def actions(situation: Situation, job: Job, running: Pod | None) -> list[PatchJob]:
    """Set the deadline to what the Job needs from now on.

    Time in which nothing is heard of a running solver is not added to it, nor is solving time
    beyond the limit, so that a solver that hangs is ended.
    """
    if job.deadline is not None and job.deadline <= ENDED_DEADLINE:
        return []  # the Job is to end
    need = _need(situation, job) if running is None else _need_of(situation, job, running)
    return [] if need is None else [PatchJob(job.name, job.uid, deadline=need)]


def _need_of(situation: Situation, job: Job, running: Pod) -> int | None:
    """The deadline for a solver that runs; None where the present one will do."""
    silence = round(situation.age(silent(running, situation.run)))
    need = _elapsed(situation, job) - silence + situation.left + SAVING_ALLOWANCE
    need = max(ENDED_DEADLINE + 1, need)
    return need if abs((job.deadline or 0) - need) > TOLERANCE else None


def _need(situation: Situation, job: Job) -> int | None:
    """The deadline for a Job that waits for its pod, anew for each attempt; None as above."""
    elapsed, least = _elapsed(situation, job), situation.remaining + SAVING_ALLOWANCE
    patience = situation.spec.solver.start_timeout_seconds
    need = elapsed - round(situation.age(waiting(job))) + patience + least
    enough = min(need, elapsed + least)
    return need if (job.deadline or 0) < enough - TOLERANCE else None


def _elapsed(situation: Situation, job: Job) -> int:
    """Seconds since the Job's start; too many rather than too few, since a deadline kills."""
    stated = 0.0
    if job.started is not None:
        stated = (situation.now.wall - job.started).total_seconds()
    return max(0, round(max(situation.age(active(job)), stated)))
