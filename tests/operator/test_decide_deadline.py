"""The deadline of a Job: loose while it waits, tight once its solver runs."""

from datetime import timedelta

from matchday_operator.decide import decide
from matchday_operator.decide.model import (
    Now,
    Observed,
    PatchJob,
)
from matchday_operator.sightings import (
    active,
    silent,
    unstarted,
    waiting,
)
from tests.operator.builders import (
    JOB_UID,
    NAME,
    NOW,
    UNSCHEDULABLE,
    WALL,
    job,
    observed,
    pod,
    reason,
    request,
    run,
    running_pod,
)


def test_a_clock_that_is_a_little_ahead_ends_nothing_early() -> None:
    made = job()
    late = Now(WALL + timedelta(seconds=3600 + 59))
    seen = observed(jobs=(made,), pods=(pod(),), ages={unstarted(made): 1.0})
    assert reason(decide(request(), seen, late), "Failed") == ""


def test_the_deadline_is_tightened_once_the_solver_runs() -> None:
    waited = Now(WALL + timedelta(seconds=100))
    made = job(spec={"activeDeadlineSeconds": 4320})
    seen = observed(jobs=(made,), runs=(run(),), pods=(running_pod(),))
    actions = decide(request(), seen, waited).actions
    assert PatchJob(NAME, JOB_UID, deadline=100 + 600 + 120) in actions


def test_the_deadline_leaves_the_time_that_earlier_attempts_have_not_used() -> None:
    made = job(spec={"activeDeadlineSeconds": 4320})
    seen = observed(jobs=(made,), runs=(run(placed=1, elapsed=500.0),), pods=(running_pod(),))
    assert PatchJob(NAME, JOB_UID, deadline=100 + 120) in decide(request(), seen, NOW).actions


def test_the_deadline_is_extended_for_a_retry_that_waits_for_room() -> None:
    waited = Now(WALL + timedelta(seconds=300))
    made = job(spec={"activeDeadlineSeconds": 720})
    seen = observed(jobs=(made,), runs=(run(placed=1, elapsed=0.0),), pods=(pod(),))
    need = 300 + 600 + 120 + 3600
    assert PatchJob(NAME, JOB_UID, deadline=need) in decide(request(), seen, waited).actions


def test_the_deadline_of_a_job_that_is_to_end_is_left_alone() -> None:
    made = job(spec={"activeDeadlineSeconds": 1})
    seen = observed(jobs=(made,), runs=(run(placed=1),), pods=(running_pod(),))
    assert decide(request(), seen, NOW).actions == ()


def test_a_clock_that_runs_behind_does_not_shorten_the_deadline() -> None:
    behind = Now(WALL - timedelta(hours=2))
    made = job(spec={"activeDeadlineSeconds": 720})
    seen = observed(jobs=(made,), runs=(run(placed=1, elapsed=0.0),), pods=(running_pod(),))
    assert decide(request(), seen, behind).actions == ()


def test_the_deadline_stays_loose_while_the_job_waits_for_room() -> None:
    made = job(spec={"activeDeadlineSeconds": 4320})
    runs, pods = (run(made_for=request()),), (pod(conditions=UNSCHEDULABLE),)
    assert decide(request(), observed(jobs=(made,), runs=runs, pods=pods), NOW).actions == ()


def test_time_that_the_operator_saw_pass_counts_though_the_clocks_deny_it() -> None:
    behind = Now(WALL - timedelta(hours=2))
    made = job(spec={"activeDeadlineSeconds": 720})
    runs, pods = (run(placed=1, elapsed=0.0),), (running_pod(),)
    seen = observed(jobs=(made,), runs=runs, pods=pods, ages={active(made): 500.0})
    action = PatchJob(NAME, JOB_UID, deadline=500 + 600 + 120)
    assert action in decide(request(), seen, behind).actions


def deadlines(seen: Observed, now: Now) -> list[int | None]:
    """The deadlines that are set."""
    return [a.deadline for a in decide(request(), seen, now).actions if isinstance(a, PatchJob)]


def test_the_deadline_of_a_solver_that_says_nothing_more_stays() -> None:
    later, made, told = Now(WALL + timedelta(hours=5)), job(), run(placed=1, elapsed=100.0)
    heard, solver = later.wall - WALL - timedelta(seconds=100), running_pod()
    ages = {silent(solver, told): heard.total_seconds()}
    seen = observed(jobs=(made,), runs=(told,), pods=(solver,), ages=ages)
    assert deadlines(seen, later) == []


def test_the_deadline_of_a_solver_that_overruns_its_time_stays() -> None:
    later = Now(WALL + timedelta(seconds=690))
    told = run(placed=1, elapsed=690.0)
    assert deadlines(observed(jobs=(job(),), runs=(told,), pods=(running_pod(),)), later) == []


def test_a_retry_that_has_waited_its_time_for_room_gets_no_more() -> None:
    later, told = Now(WALL + timedelta(seconds=300 + 3660)), run(placed=1, elapsed=0.0)
    made = job(spec={"activeDeadlineSeconds": 300 + 600 + 120 + 3600})
    seen = observed(jobs=(made,), runs=(told,), pods=(pod(),), ages={waiting(made): 3660.0})
    assert deadlines(seen, later) == []
