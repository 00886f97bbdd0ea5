"""The store: the newest state of each object, and whom it concerns."""

from dataclasses import replace

import pytest

from matchday_operator.kinds import JOB, POD, REQUEST, RUN
from matchday_operator.records import Key
from matchday_operator.store import Store
from tests.operator.builders import NAME, job, request, run, running_pod

KEY = ("leagues", "winter")


@pytest.fixture
def changed() -> list[Key]:
    """The requests that were told to have changed."""
    return []


@pytest.fixture
def store(changed: list[Key]) -> Store:
    """An empty store."""
    return Store(changed.append)


def test_an_older_state_does_not_replace_a_newer_one(store: Store, changed: list[Key]) -> None:
    store.put(REQUEST, request(generation=2, resourceVersion="10"))
    store.put(REQUEST, request(generation=1, resourceVersion="9"))
    found = store.request(KEY)
    assert found is not None
    assert found.generation == 2
    assert changed == [KEY]


def test_a_change_made_just_before_a_status_write_is_not_taken_for_known(store: Store) -> None:
    seen = request(generation=1, resourceVersion="10")
    store.put(REQUEST, seen)
    store.note_status(seen, {"phase": "Running"})
    store.put(REQUEST, request(generation=2, resourceVersion="11"))
    found = store.request(KEY)
    assert found is not None
    assert found.generation == 2


def test_a_status_that_was_written_is_known_at_once(store: Store) -> None:
    seen = request(resourceVersion="10")
    store.put(REQUEST, seen)
    store.note_status(seen, {"phase": "Running"})
    found = store.request(KEY)
    assert found is not None
    assert found.status == {"phase": "Running"}


def test_a_status_that_was_written_is_known_beside_a_change_that_came_meanwhile(
    store: Store,
) -> None:
    seen = request(resourceVersion="10")
    store.put(REQUEST, request(generation=2, resourceVersion="11"))
    store.note_status(seen, {"phase": "Running"})
    found = store.request(KEY)
    assert found is not None
    assert (found.generation, found.status.get("phase")) == (2, "Running")


def test_a_status_that_was_written_does_not_replace_a_later_one(store: Store) -> None:
    store.put(REQUEST, request(status={"phase": "Failed"}, resourceVersion="12"))
    store.note_status(request(resourceVersion="10"), {"phase": "Running"})
    found = store.request(KEY)
    assert found is not None
    assert found.status["phase"] == "Failed"


def test_a_late_event_of_a_deleted_object_does_not_replace_its_successor(store: Store) -> None:
    store.put(REQUEST, request(uid="new", resourceVersion="20"))
    store.put(REQUEST, request(uid="old", resourceVersion="19"))
    store.drop(REQUEST, KEY, uid="old")
    found = store.request(KEY)
    assert found is not None
    assert found.uid == "new"


def test_a_job_concerns_the_request_of_its_label(store: Store, changed: list[Key]) -> None:
    store.put(JOB, job())
    store.drop(JOB, ("leagues", NAME))
    assert changed == [KEY, KEY]


def test_only_objects_that_the_request_controls_are_its_own(store: Store) -> None:
    asked = request()
    store.put(JOB, job())
    store.put(JOB, replace(job("winter-11111111"), owner_uid="somebody"))
    store.put(RUN, run())
    store.put(RUN, replace(run("winter-22222222"), owner_uid="somebody"))
    assert [each.name for each in store.jobs(asked)] == [NAME]
    assert [each.name for each in store.runs(asked)] == [NAME]


def test_only_pods_of_the_requests_jobs_are_its_own(store: Store) -> None:
    store.put(JOB, job())
    store.put(POD, running_pod())
    store.put(POD, replace(running_pod(), name="forged", owner_uid="somebody"))
    assert [each.name for each in store.pods(request())] == [running_pod().name]


def test_what_is_dropped_is_gone(store: Store) -> None:
    store.put(JOB, job())
    store.drop(JOB, ("leagues", NAME))
    assert store.jobs(request()) == ()
    assert store.keys(JOB) == {}


def test_a_label_that_changes_moves_the_object(store: Store) -> None:
    store.put(RUN, run())
    store.put(RUN, replace(run(), request="summer", resource_version="2"))
    assert store.runs(request()) == ()
