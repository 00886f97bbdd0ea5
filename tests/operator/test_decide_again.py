"""When a request runs again, and which of its results are kept."""

import pytest

from matchday_operator.decide import decide
from matchday_operator.decide.model import CreateRun, Damaged, DeleteJob, Missing, Outcome, PruneRun
from matchday_operator.records import Job, Request, Run
from tests.operator.builders import (
    NAME,
    NOW,
    failed_pod,
    job,
    observed,
    phase,
    reason,
    request,
    run,
    running_pod,
    saved,
    settle,
    with_status,
)

MORE_MEMORY = {"solver": {"resources": {"limits": {"memory": "8Gi"}}}}


def out_of_memory() -> Request:
    """A request that ran out of memory."""
    pods = (failed_pod(137, "OOMKilled"),)
    runs = (run(made_for=request()),)
    return settle(request(), observed(jobs=(job(),), runs=runs, pods=pods))[1]


def older(name: str, created: str, placed: int | None = 9, percent: int = 100) -> Run:
    """A run of an earlier input, finished unless told otherwise."""
    time = f"2026-01-0{created}T12:00:00Z"
    return run(f"winter-{name}", placed=placed, created=time, percent=percent)


def test_more_memory_after_running_out_of_it_removes_the_failed_job() -> None:
    asked = request(MORE_MEMORY, out_of_memory().status, generation=2)
    ended = job(ended="Failed", reason="DeadlineExceeded")
    decision = decide(asked, observed(jobs=(ended,), runs=(run(made_for=request()),)), NOW)
    assert decision.actions == (DeleteJob(NAME, ended.uid),)


def test_more_memory_after_running_out_of_it_is_told_before_another_job_is_made() -> None:
    """Nothing else tells that one is due, should making it fail halfway."""
    asked = request(MORE_MEMORY, out_of_memory().status, generation=2)
    seen = observed(runs=(run(made_for=request()),))
    told = decide(asked, seen, NOW)
    assert (phase(told), told.actions) == ("Pending", ())
    decision = decide(with_status(asked, told), seen, NOW)
    assert [type(action) for action in decision.actions] == [CreateRun]


def test_a_job_that_was_made_again_is_left_alone_once_it_is_noted() -> None:
    asked = request(MORE_MEMORY, out_of_memory().status, generation=2)
    told = decide(asked, observed(runs=(run(made_for=request()),)), NOW)
    seen = observed(jobs=(job(),), runs=(run(made_for=asked),), pods=(running_pod(),))
    assert decide(with_status(asked, told), seen, NOW).actions == ()


@pytest.mark.parametrize("outcome", [saved(faults=("broken",)), Damaged("torn", final=True)])
def test_a_schedule_of_no_use_does_not_keep_another_job_from_being_made(outcome: Outcome) -> None:
    runs = (run(made_for=request()),)
    failed = settle(request(), observed(jobs=(job(ended="Complete"),), runs=runs, outcome=outcome))
    asked = request(MORE_MEMORY, failed[1].status, generation=2)
    seen = observed(runs=runs, outcome=outcome)
    told = decide(asked, seen, NOW)
    decision = decide(with_status(asked, told), seen, NOW)
    assert [type(action) for action in decision.actions] == [CreateRun]


def test_more_memory_does_not_solve_an_infeasible_league_again() -> None:
    told = '{"reason": "Infeasible", "message": "no"}'
    ended = job(ended="Failed", reason="PodFailurePolicy")
    runs = (run(made_for=request()),)
    seen = observed(jobs=(ended,), runs=runs, pods=(failed_pod(3, message=told),))
    failed = settle(request(), seen)[1]
    asked = request(MORE_MEMORY, failed.status, generation=2)
    decision = decide(asked, observed(runs=runs), NOW)
    assert (reason(decision, "Failed"), decision.actions) == ("Infeasible", ())


def test_a_new_input_after_a_failure_starts_afresh() -> None:
    failed = {**out_of_memory().status, "inputDigest": "sha256:" + "b" * 64}
    decision = decide(request(status=failed, generation=2), observed(), NOW)
    assert [type(action) for action in decision.actions] == [CreateRun]
    assert decision.status is not None
    assert decision.status.finished_at is None


def test_a_job_that_was_deleted_by_hand_is_made_again_from_the_saved_schedule() -> None:
    runs = (run(made_for=request(), placed=4),)
    decision = decide(request(), observed(runs=runs, outcome=saved(final=False)), NOW)
    assert [type(action) for action in decision.actions] == [CreateRun]


@pytest.mark.parametrize(("limit", "pruned"), [(3, []), (2, ["a"]), (1, ["a", "b"])])
def test_after_success_the_newest_results_are_kept(limit: int, pruned: list[str]) -> None:
    runs = (older("a", "1"), older("b", "2"), run(made_for=request(), placed=9))
    seen = observed(jobs=(job(ended="Complete"),), runs=runs, outcome=saved())
    decision = decide(request({"historyLimit": limit}), seen, NOW)
    actions = {action.name for action in decision.actions if isinstance(action, PruneRun)}
    assert actions == {f"winter-{name}" for name in pruned}


def test_before_success_the_latest_result_is_kept_whatever_the_limit() -> None:
    runs = (older("a", "1"), run())
    seen = observed(jobs=(job(),), runs=runs)
    decision = decide(request({"historyLimit": 1}), seen, NOW)
    assert not any(isinstance(action, PruneRun) for action in decision.actions)


def test_a_finished_schedule_is_kept_before_newer_aborted_ones() -> None:
    aborted = (older("b", "2", percent=40), older("c", "3", percent=40))
    runs = (older("a", "1"), *aborted, run())
    seen = observed(jobs=(job(),), runs=runs)
    decision = decide(request({"historyLimit": 1}), seen, NOW)
    pruned = {action.name for action in decision.actions if isinstance(action, PruneRun)}
    assert pruned == {"winter-b", "winter-c"}


def test_a_search_that_ended_without_a_game_is_no_finished_schedule() -> None:
    runs = (older("a", "1", percent=40), older("b", "2", placed=0), run())
    seen = observed(jobs=(job(),), runs=runs)
    decision = decide(request({"historyLimit": 1}), seen, NOW)
    pruned = {action.name for action in decision.actions if isinstance(action, PruneRun)}
    assert pruned == {"winter-b"}


def test_runs_without_a_game_go_before_runs_with_a_result() -> None:
    runs = (older("a", "1"), older("b", "2", placed=None), run(placed=9))
    seen = observed(jobs=(job(ended="Complete"),), runs=runs, outcome=saved())
    decision = decide(request({"historyLimit": 2}), seen, NOW)
    assert PruneRun("winter-b") in decision.actions
    assert PruneRun("winter-a") not in decision.actions


def test_a_request_whose_league_is_gone_keeps_the_job_that_runs() -> None:
    seen = observed(input=Missing("there is no ConfigMap winter"), jobs=(job(),))
    assert decide(request(), seen, NOW).actions == ()


@pytest.mark.parametrize("jobs", [(), (job(ended="Complete"),)])
def test_a_result_that_another_version_wrote_stays(jobs: tuple[Job, ...]) -> None:
    runs = (run(placed=9, percent=100, made_for=request()),)
    done = observed(jobs=(job(ended="Complete"),), runs=runs, outcome=saved())
    asked = settle(request(), done)[1]
    asked.status["result"]["provenBy"] = "a later version"
    decision = decide(asked, observed(jobs=jobs, runs=runs), NOW)
    assert reason(decision, "Complete") == "TimeLimit"
    assert not [each for each in decision.actions if isinstance(each, CreateRun)]
