"""What is kept of objects, and what counts as a change of a request."""

import json

from matchday_operator.kinds import JOB, REQUEST, RUN
from matchday_operator.records import Job, Request, Run
from matchday_operator.trim import MAX_TOLD, record
from tests.operator.builders import LEAGUE, NAME, body, failed_pod, job, owned, pod, request


def test_a_record_holds_no_league() -> None:
    text = repr(request({"league": {**LEAGUE, "venues": [{"name": "Telltale"}]}}))
    assert "Telltale" not in text


def test_a_changed_league_is_a_changed_input() -> None:
    other = request({"league": {**LEAGUE, "venues": []}})
    assert other.spec_hash != request().spec_hash


def test_a_new_regenerate_token_is_a_changed_input() -> None:
    other = request(annotations={"matchday.dev/regenerate": "2"})
    assert other.spec_hash != request().spec_hash


def test_suspend_ttl_and_resources_do_not_change_the_input() -> None:
    resources = {"limits": {"memory": "8Gi"}}
    other = request(
        {"suspend": True, "ttlSecondsAfterFinished": 1, "solver": {"resources": resources}}
    )
    assert other.spec_hash == request({"solver": {}}).spec_hash


def test_resources_the_template_and_the_queue_change_how_it_runs() -> None:
    changed = [
        request({"solver": {"resources": {"limits": {"memory": "8Gi"}}}}),
        request({"podTemplate": {"nodeSelector": {"a": "b"}}}),
        request(labels={"kueue.x-k8s.io/queue-name": "q"}),
    ]
    assert len({each.run_hash for each in [request({"solver": {}}), *changed]}) == 4


def test_an_unknown_field_is_a_fault_with_its_path_and_no_crash() -> None:
    found = request({"solver": {"timeLimit": 5}})
    assert found.spec is None
    assert [fault.path for fault in found.faults] == ["spec.solver.timeLimit"]


def test_a_spec_that_is_missing_is_no_crash() -> None:
    made = record(REQUEST, {**body(), "spec": None})
    assert isinstance(made, Request)
    assert not made.has_league


def test_a_queue_may_be_named_by_label_or_annotation() -> None:
    assert request(labels={"kueue.x-k8s.io/queue-name": "q"}).queue == "q"
    assert request(annotations={"kueue.x-k8s.io/queue-name": "q"}).queue == "q"


def test_a_job_has_finished_once_a_condition_says_so() -> None:
    assert not job().finished
    assert (job(ended="Complete").succeeded, job(ended="Failed").succeeded) == (True, False)


def test_an_owner_that_is_no_controller_does_not_count() -> None:
    meta = {**owned(NAME, "u"), "ownerReferences": [{"uid": "x"}]}
    made = record(JOB, {"metadata": meta, "spec": {}})
    assert isinstance(made, Job)
    assert made.owner_uid == ""


def test_the_solvers_container_is_found_beside_injected_ones() -> None:
    assert failed_pod(3).exit_code == 3
    assert pod({"running": {}}).running


def test_progress_that_is_nonsense_is_no_progress() -> None:
    meta = owned(NAME, "u", creationTimestamp="2026-01-05T12:00:00Z")
    made = record(RUN, {"metadata": meta, "spec": {}, "status": {"percent": 700, "writer": "w"}})
    assert isinstance(made, Run)
    assert (made.progress, made.writer) == (None, "w")


def test_progress_that_a_later_version_tells_is_read_as_far_as_it_is_known() -> None:
    status = {"percent": 70, "elapsedSeconds": 9.0, "temperature": 3}
    meta = owned(NAME, "u", creationTimestamp="2026-01-05T12:00:00Z")
    made = record(RUN, {"metadata": meta, "spec": {}, "status": status})
    assert isinstance(made, Run)
    assert made.progress is not None
    assert made.progress.percent == 70


def test_what_the_cluster_says_of_a_pod_is_bounded() -> None:
    condition = {"type": "PodScheduled", "status": "False", "message": "taint, " * 9000}
    assert len(pod(conditions=[condition]).unschedulable) == MAX_TOLD


def test_the_spelling_of_json_does_not_change_the_input() -> None:
    reordered = json.loads(json.dumps(LEAGUE, sort_keys=True))
    assert request({"league": reordered}).spec_hash == request().spec_hash


def test_a_field_at_its_default_says_the_same_as_none() -> None:
    plain, told = (
        request({"solver": {"seed": 1}}),
        request({"solver": {"seed": 1, "repeatable": False}}),
    )
    assert plain.spec_hash == told.spec_hash
    assert request({"solver": {"maxRetries": 3}}).run_hash == request({"solver": {}}).run_hash
