"""How a request starts: its input, its objects, what keeps them from being made."""

from dataclasses import replace

from matchday_operator.decide import decide
from matchday_operator.decide.model import (
    CreateRun,
    Decision,
    DeleteJob,
    Invalid,
    Missing,
    PatchJob,
    Refusal,
    RefusalKind,
)
from matchday_operator.sightings import unstarted
from tests.operator.builders import (
    INPUT,
    NAME,
    NOW,
    job,
    message,
    observed,
    phase,
    pod,
    reason,
    request,
    run,
    running_pod,
)


def refusal(kind: RefusalKind, seconds: float = 0.0, due: bool = False) -> Refusal:
    """A refusal of the run's objects."""
    return Refusal(kind, "exceeded quota: small", seconds, due, NAME)


def test_a_new_request_gets_a_job_with_a_deadline_for_waiting_solving_and_saving() -> None:
    decision = decide(request({"solver": {"timeLimitSeconds": 60}}), observed(), NOW)
    assert decision.actions == (CreateRun(INPUT, 3600 + 60 + 120),)


def test_a_request_that_is_being_deleted_is_left_alone() -> None:
    asked = request(deletionTimestamp="2026-01-05T12:00:00Z")
    assert decide(asked, observed(), NOW) == Decision()


def test_an_invalid_input_fails_with_every_fault() -> None:
    seen = observed(input=Invalid(("teams[0]: is wrong", "teams[1]: is wrong, too")))
    decision = decide(request(), seen, NOW)
    assert reason(decision, "Failed") == reason(decision, "Stalled") == "InvalidLeague"
    assert "teams[0]: is wrong\nteams[1]: is wrong, too" in message(decision, "Failed")


def test_the_faults_of_a_spec_that_cannot_be_read_are_told() -> None:
    decision = decide(request({"historyLimit": "many"}), observed(), NOW)
    assert reason(decision, "Failed") == "InvalidLeague"
    assert "spec.historyLimit" in message(decision, "Failed")


def test_thousands_of_faults_fit_into_a_condition() -> None:
    lines = tuple(
        f"teams[{n}].name: is wrong in a way that takes a while to say" for n in range(5000)
    )
    decision = decide(request(), observed(input=Invalid(lines)), NOW)
    assert len(message(decision, "Failed").encode()) < 32_768
    assert "more; correct these first" in message(decision, "Failed")


def test_faults_that_are_only_counted_are_told_by_their_number() -> None:
    decision = decide(request(), observed(input=Invalid(("teams: wrong",), more=149)), NOW)
    assert "150 faults in the request" in message(decision, "Failed")
    assert "and 149 more; correct these first" in message(decision, "Failed")


def test_a_missing_input_is_waited_for_with_its_name_told() -> None:
    seen = observed(input=Missing("there is no ConfigMap late"))
    decision = decide(request(), seen, NOW)
    assert (phase(decision), reason(decision, "Reconciling")) == ("Pending", "InputNotFound")
    assert "ConfigMap late" in message(decision, "Ready")
    assert decision.recheck is not None


def test_a_job_of_an_earlier_input_is_deleted_and_the_new_one_made() -> None:
    old = job("winter-00000000")
    decision = decide(request(), observed(jobs=(old,)), NOW)
    assert set(map(type, decision.actions)) == {CreateRun, DeleteJob}
    assert DeleteJob(old.name, old.uid) in decision.actions


def test_a_job_of_an_earlier_input_is_deleted_when_the_new_input_is_invalid() -> None:
    old = job("winter-00000000")
    seen = observed(input=Invalid(("teams: wrong",)), jobs=(old,))
    assert decide(request(), seen, NOW).actions == (DeleteJob(old.name, old.uid),)


def test_an_ended_job_of_an_earlier_input_is_left_to_expire() -> None:
    old = job("winter-00000000", ended="Complete")
    seen = observed(jobs=(old, job()), runs=(run(),))
    expiry = PatchJob(old.name, old.uid, ttl=86_400)
    assert expiry in decide(request(), seen, NOW).actions


def test_a_job_that_is_being_deleted_is_waited_for() -> None:
    leaving = job(deletionTimestamp="2026-01-05T12:00:00Z")
    decision = decide(request(), observed(jobs=(leaving,)), NOW)
    assert decision.actions == ()
    assert reason(decision, "Reconciling") == "Replacing"


def test_a_job_whose_resources_changed_before_its_start_is_made_again() -> None:
    before, now = request(), request({"solver": {"resources": {"limits": {"cpu": "4"}}}})
    seen = observed(jobs=(job(),), runs=(run(made_for=before),), pods=(pod(),))
    assert decide(now, seen, NOW).actions == (DeleteJob(NAME, f"job-{NAME}"),)


def test_a_job_that_runs_is_not_made_again_for_changed_resources() -> None:
    before, now = request(), request({"solver": {"resources": {"limits": {"cpu": "4"}}}})
    runs = (run(made_for=before, placed=3),)
    seen = observed(jobs=(job(),), runs=runs, pods=(running_pod(),))
    assert decide(now, seen, NOW).actions == ()


def test_a_job_that_waits_after_an_earlier_one_ran_is_made_again_for_changed_resources() -> None:
    asked = request({"solver": {"resources": {"limits": {"memory": "8Gi"}}}}, generation=2)
    seen = observed(
        jobs=(job(),),
        runs=(run(made_for=request(), placed=4),),
        pods=(pod(),),
        ages={unstarted(job()): 1.0},
    )
    decision = decide(asked, seen, NOW)
    assert [type(action) for action in decision.actions] == [DeleteJob]


def test_a_quota_that_leaves_no_room_is_told_and_tried_again_when_due() -> None:
    waiting = decide(request(), observed(refusal=refusal(RefusalKind.QUOTA)), NOW)
    assert (phase(waiting), waiting.actions) == ("Pending", ())
    assert reason(waiting, "Reconciling") == "QuotaExceeded"
    due = decide(request(), observed(refusal=refusal(RefusalKind.QUOTA, due=True)), NOW)
    assert [type(action) for action in due.actions] == [CreateRun]


def test_a_quota_that_leaves_no_room_for_too_long_ends_the_request() -> None:
    seen = observed(refusal=refusal(RefusalKind.QUOTA, seconds=3600))
    assert reason(decide(request(), seen, NOW), "Failed") == "QuotaExceeded"


def test_a_job_that_the_cluster_refuses_ends_the_request() -> None:
    seen = observed(refusal=refusal(RefusalKind.UNACCEPTABLE))
    decision = decide(request(), seen, NOW)
    assert reason(decision, "Failed") == "InvalidLeague"
    assert "spec.podTemplate" in message(decision, "Failed")


def test_a_refusal_of_an_earlier_input_counts_no_more() -> None:
    earlier = replace(refusal(RefusalKind.UNACCEPTABLE), name="winter-00000000")
    decision = decide(request(), observed(refusal=earlier), NOW)
    assert [type(action) for action in decision.actions] == [CreateRun]


def test_a_name_that_is_taken_is_waited_for() -> None:
    seen = observed(refusal=refusal(RefusalKind.NAME_TAKEN))
    decision = decide(request(), seen, NOW)
    assert (phase(decision), reason(decision, "Reconciling")) == ("Pending", "NameTaken")
