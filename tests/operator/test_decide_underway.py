"""What a request waits for and how far it is, suspension and lost nodes."""

from datetime import timedelta
from typing import Any

import pytest

from matchday_operator.decide import decide
from matchday_operator.decide.model import (
    DeleteJob,
    EndJob,
    ForceDeletePod,
    Now,
    PatchJob,
    RestoreInput,
    Settings,
)
from matchday_operator.sightings import (
    held,
    imageless,
    leaving,
    unmade,
    unstarted,
)
from tests.operator.builders import (
    INPUT,
    JOB_UID,
    NAME,
    NOW,
    UNSCHEDULABLE,
    WALL,
    job,
    message,
    observed,
    phase,
    pod,
    reason,
    request,
    run,
    running_pod,
    settle,
)

QUEUED: dict[str, Any] = {"labels": {"kueue.x-k8s.io/queue-name": "teams"}}
LEAVING: dict[str, Any] = {
    "deletionTimestamp": "2026-01-05T12:00:00Z",
    "deletionGracePeriodSeconds": 30,
}
DISRUPTED = [{"type": "DisruptionTarget", "status": "True"}]


def pulling(why: str) -> dict[str, dict[str, str]]:
    """A container whose image does not come."""
    return {"waiting": {"reason": why, "message": f"{why}: no such host"}}


def test_a_running_solver_shows_its_progress() -> None:
    seen = observed(jobs=(job(),), runs=(run(placed=4),), pods=(running_pod(),))
    decision = decide(request(), seen, NOW)
    assert (phase(decision), message(decision, "Ready")) == ("Running", "4 of 9")
    assert decision.status is not None
    assert decision.status.progress is not None
    assert decision.status.progress.games_placed == 4


@pytest.mark.parametrize("seen_phase", ["Running", "Succeeded"])
@pytest.mark.parametrize("code", [0, 2, 3, 4])
def test_a_solver_that_has_had_the_last_word_is_not_told_as_a_retry(
    seen_phase: str, code: int
) -> None:
    ended = pod({"terminated": {"exitCode": code}}, phase=seen_phase)
    decision = decide(request(), observed(jobs=(job(),), pods=(ended,)), NOW)
    assert phase(decision) == "Running"
    assert message(decision, "Ready").startswith("The solver has ended; its result is read")


def test_a_pod_without_room_is_queued_with_the_schedulers_words() -> None:
    seen = observed(jobs=(job(),), pods=(pod(conditions=UNSCHEDULABLE),))
    decision = decide(request(), seen, NOW)
    assert phase(decision) == "Queued"
    assert "0/1 nodes have room" in message(decision, "Ready")


def test_a_job_whose_pod_a_quota_forbids_is_queued_with_the_quota_told() -> None:
    fault = 'pods "x" is forbidden: exceeded quota: small, requested: cpu=2'
    decision = decide(request(), observed(jobs=(job(),), creation_fault=fault), NOW)
    assert (phase(decision), reason(decision, "Reconciling")) == ("Queued", "QuotaExceeded")
    assert "exceeded quota: small" in message(decision, "Ready")


def test_an_image_that_does_not_come_is_told_and_waited_for() -> None:
    seen = observed(jobs=(job(),), pods=(pod(pulling("ErrImagePull")),))
    decision = decide(request(), seen, NOW)
    assert (phase(decision), reason(decision, "Reconciling")) == ("Pending", "ErrImagePull")


def test_an_image_that_does_not_come_for_too_long_ends_the_request() -> None:
    waiting = pod(pulling("ImagePullBackOff"))
    seen = observed(jobs=(job(),), pods=(waiting,), ages={imageless(waiting): 31.0})
    now = Now(WALL, Settings(image_pull_patience=30.0))
    decision, failed = settle(request(), seen, now)
    assert reason(decision, "Failed") == "ImagePullFailed"
    assert decision.actions == ()
    assert EndJob(NAME, JOB_UID) in decide(failed, seen, now).actions


def test_an_image_that_can_never_come_ends_the_request_at_once() -> None:
    seen = observed(jobs=(job(),), pods=(pod(pulling("ErrImageNeverPull")),))
    assert reason(decide(request(), seen, NOW), "Failed") == "ImagePullFailed"


@pytest.mark.parametrize(("age", "ended"), [(3599.0, ""), (3600.0, "DeadlineExceeded")])
def test_a_job_waits_for_room_only_so_long(age: float, ended: str) -> None:
    made = job()
    waiting = pod(conditions=UNSCHEDULABLE)
    seen = observed(jobs=(made,), pods=(waiting,), ages={unstarted(made): age})
    decision = decide(request(), seen, NOW)
    assert reason(decision, "Failed") == ended


def test_a_job_that_waited_too_long_is_ended_once_that_is_told() -> None:
    made = job()
    seen = observed(jobs=(made,), pods=(pod(),), ages={unstarted(made): 3600.0})
    decision, failed = settle(request(), seen)
    assert decision.actions == ()
    assert EndJob(NAME, JOB_UID) in decide(failed, seen, NOW).actions


def test_a_job_that_a_quota_kept_from_starting_ends_as_quota_exceeded() -> None:
    made = job()
    fault = 'pods "x" is forbidden: exceeded quota: small'
    seen = observed(jobs=(made,), creation_fault=fault, ages={unstarted(made): 3600.0})
    assert reason(decide(request(), seen, NOW), "Failed") == "QuotaExceeded"


@pytest.mark.parametrize(("placed", "ended"), [(None, "DeadlineExceeded"), (4, "")])
def test_an_evicted_pod_may_wait_for_room_however_long_the_job_has_gone_on(
    placed: int | None, ended: str
) -> None:
    """By the Job's own clock only one that never ran waits too long."""
    made = job()
    late = Now(WALL + timedelta(hours=4))
    runs = (run(made_for=request(), placed=placed),)
    seen = observed(jobs=(made,), pods=(pod(),), runs=runs, ages={unstarted(made): 0.0})
    assert reason(decide(request(), seen, late), "Failed") == ended


def test_suspend_holds_the_job() -> None:
    seen = observed(jobs=(job(),), runs=(run(placed=4),), pods=(running_pod(),))
    decision = decide(request({"suspend": True}), seen, NOW)
    assert decision.actions == (PatchJob(NAME, JOB_UID, suspend=True),)
    assert (phase(decision), reason(decision, "Suspended")) == ("Suspended", "Suspended")
    assert "590 s of solving time left" in message(decision, "Suspended")


def test_a_request_made_suspended_gets_no_job() -> None:
    assert decide(request({"suspend": True}), observed(), NOW).actions == ()


def test_resume_lets_the_job_go_on_with_a_deadline_of_its_own() -> None:
    paused = job(spec={"suspend": True})
    seen = observed(jobs=(paused,), runs=(run(placed=4, elapsed=400.0, made_for=request()),))
    action = PatchJob(NAME, JOB_UID, suspend=False, deadline=3600 + 200 + 120)
    assert decide(request(status={"phase": "Suspended"}), seen, NOW).actions == (action,)


@pytest.mark.parametrize(("seconds", "resumed"), [(29.0, False), (30.0, True)])
def test_a_job_that_somebody_else_suspends_is_resumed_only_so_often(
    seconds: float, resumed: bool
) -> None:
    paused = job(spec={"suspend": True})
    runs = (run(placed=4, made_for=request()),)
    seen = observed(jobs=(paused,), runs=runs, ages={held(paused): seconds})
    decision = decide(request(status={"phase": "Running"}), seen, NOW)
    assert [type(each) for each in decision.actions] == [PatchJob] * resumed
    assert "not by its request" in message(decision, "Ready")


@pytest.mark.parametrize(("seconds", "restored"), [(24.0, False), (25.0, True)])
def test_what_a_pod_mounts_is_made_again_where_its_container_is_not_made_for_long(
    seconds: float, restored: bool
) -> None:
    stuck, runs = pod({"waiting": {"reason": "ContainerCreating"}}), (run(made_for=request()),)
    seen = observed(jobs=(job(),), runs=runs, pods=(stuck,), ages={unmade(stuck): seconds})
    assert (RestoreInput(INPUT) in decide(request(), seen, NOW).actions) is restored


def test_a_pod_that_has_a_node_and_never_starts_is_not_told_as_a_lack_of_room() -> None:
    stuck = pod({"waiting": {"reason": "ContainerCreating"}})
    ages = {unstarted(job()): 3600.0}
    decision = decide(request(), observed(jobs=(job(),), pods=(stuck,), ages=ages), NOW)
    told = message(decision, "Failed")
    assert reason(decision, "Failed") == "DeadlineExceeded"
    assert "room" not in told
    assert f"kubectl describe pod {stuck.name}" in told


def test_a_queued_job_is_left_to_kueue() -> None:
    asked = request(**QUEUED)
    paused = job(spec={"suspend": True}, labels={**job_labels(), **QUEUED["labels"]})
    seen = observed(jobs=(paused,), runs=(run(made_for=asked),))
    decision = decide(asked, seen, NOW)
    assert (phase(decision), decision.actions) == ("Queued", ())


def test_a_queued_job_is_deleted_by_suspend_since_kueue_owns_its_suspend() -> None:
    queued = job(labels={**job_labels(), **QUEUED["labels"]})
    seen = observed(jobs=(queued,), pods=(running_pod(),))
    decision = decide(request({"suspend": True}, **QUEUED), seen, NOW)
    assert decision.actions == (DeleteJob(NAME, JOB_UID),)


def job_labels() -> dict[str, str]:
    """Labels of the current Job."""
    return {"matchday.dev/job": NAME, "matchday.dev/request": "winter"}


@pytest.mark.parametrize(("seconds", "forced"), [(39.9, False), (40.0, True)])
def test_a_pod_on_a_lost_node_is_removed_after_its_grace_period(
    seconds: float, forced: bool
) -> None:
    lost = pod({"running": {}}, "Running", DISRUPTED, **LEAVING)
    seen = observed(jobs=(job(),), runs=(run(),), pods=(lost,), ages={leaving(lost): seconds})
    decision = decide(request(), seen, NOW)
    assert (ForceDeletePod(lost.name, lost.uid) in decision.actions) == forced


def test_a_pod_that_was_deleted_by_hand_is_never_forced() -> None:
    leaves = pod({"running": {}}, "Running", **LEAVING)
    seen = observed(jobs=(job(),), runs=(run(),), pods=(leaves,), ages={leaving(leaves): 1e6})
    forced = [a for a in decide(request(), seen, NOW).actions if isinstance(a, ForceDeletePod)]
    assert forced == []


def test_a_job_that_is_held_already_is_not_held_again() -> None:
    held = job(spec={"suspend": True})
    assert decide(request({"suspend": True}), observed(jobs=(held,)), NOW).actions == ()
