"""How a request ends: complete, or failed with a reason that says what to do."""

import json
from dataclasses import replace

import pytest

from matchday_operator.decide import decide
from matchday_operator.decide.model import (
    Damaged,
    EndJob,
    Unsaved,
)
from matchday_operator.records import Run
from matchday_operator.sightings import behind
from tests.operator.builders import (
    COMPLETE,
    JOB_UID,
    NAME,
    NOW,
    failed_pod,
    job,
    message,
    observed,
    phase,
    reason,
    request,
    run,
    running_pod,
    saved,
    settle,
)

POLICY = job(ended="Failed", reason="PodFailurePolicy", message="Container failed with exit code 3")
CRASHED = job(ended="Failed", reason="BackoffLimitExceeded", message="Job has reached the limit")
LATE = job(ended="Failed", reason="DeadlineExceeded")


def told(why: str, text: str) -> str:
    """A termination message of the solver."""
    return json.dumps({"reason": why, "message": text})


def test_a_final_checked_schedule_completes_the_request() -> None:
    seen = observed(jobs=(COMPLETE,), runs=(run(placed=9),), outcome=saved())
    decision = decide(request(), seen, NOW)
    assert (phase(decision), reason(decision, "Complete")) == ("Succeeded", "TimeLimit")
    assert decision.status is not None
    assert decision.status.result == saved().result
    assert decision.status.finished_at == NOW.wall
    assert decision.status.progress is not None
    assert decision.status.progress.percent == 100


@pytest.mark.parametrize(
    ("runs", "outcome", "kind"),
    [((run(),), Unsaved(exists=False), "Schedule"), ((), Unsaved(), "SolverRun")],
)
def test_what_was_deleted_while_it_was_solved_is_lost_and_not_a_crash(
    runs: tuple[Run, ...], outcome: Unsaved, kind: str
) -> None:
    seen = observed(jobs=(CRASHED,), runs=runs, pods=(failed_pod(),), outcome=outcome)
    decision = decide(request(), seen, NOW)
    assert reason(decision, "Failed") == "ResultLost"
    assert message(decision, "Failed").startswith(f"{kind} {NAME} was deleted")
    assert "matchday.dev/regenerate" in message(decision, "Failed")


def test_a_final_schedule_counts_though_its_job_is_gone() -> None:
    seen = observed(runs=(run(placed=9),), outcome=saved())
    decision = decide(request(), seen, NOW)
    assert (phase(decision), decision.actions) == ("Succeeded", ())


def test_a_job_that_succeeded_without_a_final_schedule_is_no_success() -> None:
    for outcome in (saved(final=False), Unsaved(), Unsaved(exists=False), None):
        seen = observed(jobs=(COMPLETE,), runs=(run(),), outcome=outcome)
        decision = decide(request(), seen, NOW)
        assert reason(decision, "Failed") == "ResultLost"


def test_a_damaged_final_schedule_is_a_lost_result() -> None:
    damaged = Damaged("Schedule x cannot be used: no checksum.", final=True)
    decision = decide(request(), observed(jobs=(COMPLETE,), outcome=damaged), NOW)
    assert reason(decision, "Failed") == "ResultLost"
    assert "matchday.dev/regenerate" in message(decision, "Failed")


def test_a_schedule_that_breaks_a_rule_is_the_solvers_fault() -> None:
    seen = observed(jobs=(COMPLETE,), outcome=saved(faults=("rules.maxGames[0]: 3 games",)))
    decision = decide(request(), seen, NOW)
    assert reason(decision, "Failed") == "SolverCrashed"
    assert "rules.maxGames[0]" in message(decision, "Failed")


def test_missing_games_fail_a_request_that_requires_all() -> None:
    decision = decide(request(), observed(jobs=(POLICY,), outcome=saved(unplaced=2)), NOW)
    assert reason(decision, "Failed") == "Incomplete"
    assert "BestEffort" in message(decision, "Failed")
    assert decision.status is not None
    assert decision.status.result is not None
    assert decision.status.result.unplaced == 2


def test_missing_games_are_a_success_where_best_effort_is_asked_for() -> None:
    asked = request({"completeness": "BestEffort"})
    decision = decide(asked, observed(jobs=(COMPLETE,), outcome=saved(unplaced=2)), NOW)
    assert phase(decision) == "Succeeded"


@pytest.mark.parametrize("why", ["Infeasible", "NoSolutionInTime", "InvalidLeague", "Incomplete"])
def test_the_solvers_own_reason_is_the_reason(why: str) -> None:
    pods = (failed_pod(3, message=told(why, "team A cannot play")),)
    decision = decide(request(), observed(jobs=(POLICY,), pods=pods, outcome=Unsaved()), NOW)
    assert reason(decision, "Failed") == why
    assert "team A cannot play" in message(decision, "Failed")


def test_what_is_kept_has_a_line_of_its_own_after_a_reason_of_several_lines() -> None:
    pods = (failed_pod(3, message=told("Infeasible", "No court.\nWhat would help:\n  - One")),)
    seen = observed(
        jobs=(POLICY,), pods=pods, runs=(run(placed=9),), outcome=saved(unplaced=2, final=False)
    )
    lines = message(decide(request(), seen, NOW), "Failed").splitlines()
    assert lines[2].startswith("  - One")
    assert lines[3].startswith(f"The best schedule so far is kept as Schedule {NAME}")


@pytest.mark.parametrize(
    ("code", "why"), [(2, "InvalidLeague"), (3, "Infeasible"), (4, "NoSolutionInTime")]
)
def test_without_its_pod_the_jobs_condition_gives_the_exit_code(code: int, why: str) -> None:
    text = f"Container solver for pod x failed with exit code {code} matching FailJob rule"
    ended = job(ended="Failed", reason="PodFailurePolicy", message=text)
    decision = decide(request(), observed(jobs=(ended,), outcome=Unsaved()), NOW)
    assert reason(decision, "Failed") == why


FIRST, SECOND = (f"2026-01-05T12:0{minute}:00Z" for minute in (1, 2))


def test_the_last_pod_says_why_not_one_before_it() -> None:
    crash, end = told("SolverCrashed", "bug"), told("Infeasible", "team A cannot play")
    old = failed_pod(1, message=crash, creationTimestamp=FIRST)
    new = failed_pod(3, message=end, creationTimestamp=SECOND)
    for pods in ((old, new), (new, old)):
        decision = decide(request(), observed(jobs=(POLICY,), pods=pods, outcome=Unsaved()), NOW)
        assert reason(decision, "Failed") == "Infeasible"


def test_a_crash_before_it_does_not_hide_that_memory_ran_out() -> None:
    old = failed_pod(1, message=told("SolverCrashed", "bug"), creationTimestamp=FIRST)
    new = failed_pod(137, "OOMKilled", creationTimestamp=SECOND)
    seen = observed(jobs=(CRASHED,), pods=(old, new), outcome=Unsaved())
    assert reason(decide(request(), seen, NOW), "Failed") == "OutOfMemory"


def test_memory_that_ran_out_is_told_though_the_job_ended_by_the_deadline_set_for_it() -> None:
    seen = observed(jobs=(LATE,), pods=(failed_pod(137, "OOMKilled"),), outcome=Unsaved())
    assert reason(decide(request(), seen, NOW), "Failed") == "OutOfMemory"


def test_what_the_pod_says_is_waited_for_where_the_jobs_end_is_seen_first() -> None:
    solver = running_pod()
    seen = observed(jobs=(POLICY,), pods=(solver,), outcome=Unsaved())
    decision = decide(request(), seen, NOW)
    assert (phase(decision), reason(decision, "Reconciling")) == ("Running", "Ending")
    assert decision.recheck is not None
    late = replace(seen, ages={behind(solver): 10.0})
    assert reason(decide(request(), late, NOW), "Failed") == "Infeasible"


def test_a_termination_message_of_somebody_else_is_ignored() -> None:
    pods = (failed_pod(1, message="Traceback: boom"), failed_pod(1, message=told("Boom", "x")))
    decision = decide(
        request(), observed(jobs=(CRASHED,), runs=(run(),), pods=pods, outcome=Unsaved()), NOW
    )
    assert reason(decision, "Failed") == "SolverCrashed"


def test_a_crash_says_the_exit_code_and_where_the_log_is() -> None:
    seen = observed(jobs=(CRASHED,), runs=(run(),), pods=(failed_pod(139),), outcome=Unsaved())
    text = message(decide(request(), seen, NOW), "Failed")
    assert "exit code 139" in text
    assert f"kubectl logs -n leagues job/{NAME}" in text


def test_a_failed_request_keeps_its_best_schedule_so_far() -> None:
    seen = observed(jobs=(LATE,), runs=(run(placed=9),), outcome=saved(final=False))
    decision = decide(request(), seen, NOW)
    assert reason(decision, "Failed") == "DeadlineExceeded"
    assert decision.status is not None
    assert decision.status.result is not None
    assert NAME in message(decision, "Failed")


def test_a_deadline_before_any_start_says_what_was_waited_for() -> None:
    fault = 'pods "x" is forbidden: exceeded quota: small'
    seen = observed(jobs=(LATE,), creation_fault=fault, outcome=Unsaved())
    decision = decide(request(), seen, NOW)
    assert reason(decision, "Failed") == "QuotaExceeded"
    assert "exceeded quota: small" in message(decision, "Failed")


def test_the_first_pod_out_of_memory_ends_the_request_and_advises_twice_the_limit() -> None:
    pods = (failed_pod(137, "OOMKilled"),)
    decision = decide(request(), observed(jobs=(job(),), runs=(run(),), pods=pods), NOW)
    assert reason(decision, "Failed") == "OutOfMemory"
    assert "2Gi" in message(decision, "Failed")
    assert "4Gi" in message(decision, "Failed")


def test_running_out_of_memory_after_the_final_schedule_fails_nothing() -> None:
    seen = observed(
        jobs=(job(),),
        runs=(run(),),
        pods=(failed_pod(137, "OOMKilled"),),
        outcome=saved(final=True),
    )
    assert phase(decide(request(), seen, NOW)) != "Failed"


def test_the_job_is_ended_only_once_the_status_tells_why() -> None:
    runs, pods = (run(made_for=request()),), (failed_pod(137, "OOMKilled"),)
    seen = observed(jobs=(job(),), runs=runs, pods=pods)
    decision, failed = settle(request(), seen)
    assert decision.actions == ()
    assert EndJob(NAME, JOB_UID) in decide(failed, seen, NOW).actions


def test_a_job_that_ended_before_the_operator_saw_the_memory_run_out_says_so_too() -> None:
    pods = (failed_pod(137, "OOMKilled"),)
    decision = decide(request(), observed(jobs=(CRASHED,), pods=pods, outcome=Unsaved()), NOW)
    assert reason(decision, "Failed") == "OutOfMemory"
