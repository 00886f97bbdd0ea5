"""A Job that has ended: the saved schedule decides, then what the pod said, then the Job."""

from matchday_api.request import Completeness
from matchday_api.status import Phase, Progress, Reason, Result
from matchday_operator.decide import endings
from matchday_operator.decide.model import Damaged, Saved, Verdict
from matchday_operator.decide.situation import Situation
from matchday_operator.sightings import behind

LAG_SECONDS = 10.0
"""How far the watch of pods may be behind that of Jobs."""

RECHECK_SECONDS = 1.0


def judge(situation: Situation) -> Verdict | None:
    """The end of the request, once its schedule is final or its Job has ended."""
    outcome = situation.observed.outcome
    final = isinstance(outcome, Saved | Damaged) and outcome.final
    if situation.job is None:
        return _by_schedule(situation) if final and not _is_given_up(situation) else None
    if not situation.job.finished:
        return None
    if final:
        return _by_schedule(situation)
    return _awaited(situation) or endings.judge(situation)


def _is_given_up(situation: Situation) -> bool:
    """Whether the schedule is of no use, and another Job is about to make a better one."""
    outcome = situation.observed.outcome
    broken = isinstance(outcome, Damaged) or (isinstance(outcome, Saved) and bool(outcome.faults))
    return broken and situation.is_changed


def _awaited(situation: Situation) -> Verdict | None:
    """A Job's end may be seen before that of its pod, which says why; None once it need not."""
    late = [pod for pod in situation.pods if not pod.ended]
    if not any(situation.age(behind(pod)) < LAG_SECONDS for pod in late):
        return None
    message = "The Job has ended; what its pod says of it is yet to come"
    return situation.going(Phase.RUNNING, "Ending", message, recheck=RECHECK_SECONDS)


def _by_schedule(situation: Situation) -> Verdict:
    outcome = situation.observed.outcome
    if isinstance(outcome, Damaged):
        return situation.failed(Reason.RESULT_LOST, outcome.message + endings.SOLVE_AGAIN)
    if not isinstance(outcome, Saved):
        return endings.judge(situation)
    if outcome.faults:
        return situation.failed(Reason.SOLVER_CRASHED, _broken(outcome))
    if outcome.result.unplaced and situation.spec.completeness is Completeness.REQUIRED:
        return situation.failed(Reason.INCOMPLETE, endings.incomplete(situation, outcome.result))
    return _complete(situation, outcome.result)


def _broken(outcome: Saved) -> str:
    return (
        f"The solver's schedule breaks {len(outcome.faults)} rules, which is a fault of the solver;"
        " please report it with the league. First: " + "; ".join(outcome.faults[:5]) + "."
    )


def _complete(situation: Situation, result: Result) -> Verdict:
    unplaced = f", {result.unplaced} unplaced" if result.unplaced else ""
    gap = "" if result.gap is None else f", gap {result.gap:.3g}"
    return Verdict(
        Phase.SUCCEEDED,
        result.quality.value,
        f"Schedule {result.name} has {result.games} games{unplaced}, cost {result.objective}{gap}",
        digest=situation.input.digest,
        job=situation.input.name if situation.job else None,
        progress=_full(situation.progress, result),
        result=result,
    )


def _full(progress: Progress | None, result: Result) -> Progress:
    """The last report may be older than the result."""
    known = progress or Progress(elapsed_seconds=result.solver_seconds)
    total = max(known.games_total, result.games)
    return known.model_copy(
        update={"percent": 100, "games_placed": result.games, "games_total": total}
    )
