"""What happens once a request has ended: its Job winds down, expires or is deleted."""

from typing import Any

import pytest

from matchday_operator.decide import decide
from matchday_operator.decide.model import (
    DeleteJob,
    EndJob,
    Input,
    Invalid,
    PatchJob,
    Unsaved,
)
from tests.operator.builders import (
    COMPLETE,
    INPUT,
    JOB_UID,
    NAME,
    NOW,
    failed_pod,
    job,
    message,
    observed,
    reason,
    request,
    run,
    running_pod,
    saved,
    settle,
)


def test_an_ended_request_stays_as_it_is_while_its_job_winds_down() -> None:
    pods = (failed_pod(137, "OOMKilled"),)
    first, asked = settle(request(), observed(jobs=(job(),), runs=(run(),), pods=pods))
    ended = job(ended="Failed", reason="DeadlineExceeded", spec={"activeDeadlineSeconds": 1})
    runs = (run(made_for=asked),)
    second = decide(asked, observed(jobs=(ended,), runs=runs, pods=pods), NOW)
    assert second.status == first.status


def test_a_job_expires_only_after_the_request_has_ended() -> None:
    seen = observed(jobs=(COMPLETE,), runs=(run(made_for=request()),), outcome=saved())
    first, asked = settle(request(), seen)
    assert first.actions == ()
    assert decide(asked, seen, NOW).actions == (PatchJob(NAME, JOB_UID, ttl=86_400),)


def test_a_finished_request_whose_job_has_expired_runs_nothing() -> None:
    runs = (run(made_for=request(), placed=9),)
    first, asked = settle(request(), observed(jobs=(COMPLETE,), runs=runs, outcome=saved()))
    again = decide(asked, observed(runs=runs), NOW)
    assert (again.status, again.actions) == (first.status, ())


def test_a_new_generation_with_the_same_input_is_observed_and_nothing_runs() -> None:
    runs = (run(made_for=request(), placed=9),)
    _, done = settle(request(), observed(jobs=(COMPLETE,), runs=runs, outcome=saved()))
    later = request({"ttlSecondsAfterFinished": 60}, done.status, generation=2)
    decision = decide(later, observed(runs=runs), NOW)
    assert decision.actions == ()
    assert decision.status is not None
    assert decision.status.observed_generation == 2
    assert decision.status.result == saved().result


def test_a_complete_schedule_that_was_deleted_is_a_lost_result() -> None:
    runs = (run(made_for=request(), placed=9),)
    _, done = settle(request(), observed(jobs=(COMPLETE,), runs=runs, outcome=saved()))
    decision = decide(done, observed(runs=runs, outcome=Unsaved(exists=False)), NOW)
    assert reason(decision, "Failed") == "ResultLost"
    assert decision.status is not None
    assert decision.status.result is None


def test_the_job_of_a_failed_request_is_ended_even_if_that_was_missed_at_first() -> None:
    pods = (failed_pod(137, "OOMKilled"),)
    runs = (run(made_for=request()),)
    _, failed = settle(request(), observed(jobs=(job(),), runs=runs, pods=pods))
    again = decide(failed, observed(jobs=(job(),), runs=runs, pods=(running_pod(),)), NOW)
    assert EndJob(NAME, JOB_UID) in again.actions


def test_a_held_job_of_a_failed_request_is_deleted_since_no_deadline_ends_it() -> None:
    runs = (run(made_for=request()),)
    seen = observed(jobs=(job(),), runs=runs, pods=(failed_pod(137, "OOMKilled"),))
    _, failed = settle(request(), seen)
    held = job(spec={"suspend": True})
    actions = decide(failed, observed(jobs=(held,), runs=runs), NOW).actions
    assert DeleteJob(NAME, JOB_UID) in actions


@pytest.mark.parametrize(
    ("spec", "found"), [({}, Invalid(("teams: wrong",))), ({"historyLimit": "many"}, INPUT)]
)
def test_an_invalid_change_keeps_the_schedule_of_the_input_before(
    spec: dict[str, Any], found: Input
) -> None:
    runs = (run(made_for=request(), placed=9),)
    _, done = settle(request(), observed(jobs=(COMPLETE,), runs=runs, outcome=saved()))
    changed = request(spec, done.status, generation=2)
    decision, failed = settle(changed, observed(input=found, runs=runs))
    assert reason(decision, "Failed") == "InvalidLeague"
    assert f"kept as Schedule {NAME}" in message(decision, "Failed")
    for each in (decision, decide(failed, observed(input=found, runs=runs), NOW)):
        assert each.status is not None
        assert each.status.result == saved().result
