"""What the operator remembers of refusals and of how long facts have held."""

import pytest

from matchday_operator.decide.model import RefusalKind
from matchday_operator.errors import (
    ApiError,
    Conflict,
    Forbidden,
    NameTaken,
    OverQuota,
    Refused,
    TryAgain,
    WebhookFailed,
)
from matchday_operator.records import Pod
from matchday_operator.refusals import RETRY_SECONDS, Refusals
from matchday_operator.sightings import (
    Sightings,
    facts,
    held,
    imageless,
    leaving,
    podless,
    unstarted,
)
from tests.operator.builders import failed_pod, job, pod, request, running_pod


class Clock:
    """A steady clock that moves when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The time."""
    return Clock()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OverQuota("create", 403, "quota"), RefusalKind.QUOTA),
        (Forbidden("create", 403, "rights"), RefusalKind.FORBIDDEN),
        (NameTaken("create", 409, "taken"), RefusalKind.NAME_TAKEN),
        (Refused("create", 422, "wrong"), RefusalKind.UNACCEPTABLE),
        (WebhookFailed("create", 500, "no answer"), RefusalKind.WEBHOOK),
    ],
)
def test_a_refusal_is_remembered_by_kind(clock: Clock, error: ApiError, kind: RefusalKind) -> None:
    refusals = Refusals(clock)
    assert refusals.note(request(), "winter-1", error)
    found = refusals.get(request())
    assert found is not None
    assert (found.kind, found.message, found.due) == (kind, error.message, False)


@pytest.mark.parametrize("error", [TryAgain("create", 500, "x"), Conflict("create", 409, "x")])
def test_what_may_soon_work_is_no_refusal(clock: Clock, error: ApiError) -> None:
    refusals = Refusals(clock)
    assert not refusals.note(request(), "winter-1", error)
    assert refusals.get(request()) is None


def test_a_refusal_is_due_again_after_a_while_and_its_age_goes_on(clock: Clock) -> None:
    refusals = Refusals(clock)
    refusals.note(request(), "winter-1", OverQuota("create", 403, "quota"))
    clock.now += RETRY_SECONDS
    found = refusals.get(request())
    assert found is not None
    assert found.due
    refusals.note(request(), "winter-1", OverQuota("create", 403, "quota"))
    again = refusals.get(request())
    assert again is not None
    assert (again.due, again.seconds) == (False, RETRY_SECONDS)


def test_a_changed_request_is_not_held_to_an_old_refusal(clock: Clock) -> None:
    refusals = Refusals(clock)
    refusals.note(request(), "winter-1", Refused("create", 422, "wrong"))
    changed = request({"podTemplate": {"labels": {"a": "b"}}})
    assert refusals.get(changed) is None


def test_an_age_counts_from_the_first_sight(clock: Clock) -> None:
    seen = Sightings(clock)
    assert seen.ages(("n", "a"), ["fact"]) == {"fact": 0.0}
    clock.now += 7.0
    assert seen.ages(("n", "a"), ["fact", "new"]) == {"fact": 7.0, "new": 0.0}


def test_a_fact_that_was_interrupted_counts_anew(clock: Clock) -> None:
    seen = Sightings(clock)
    seen.ages(("n", "a"), ["fact"])
    clock.now += 7.0
    seen.ages(("n", "a"), [])
    assert seen.ages(("n", "a"), ["fact"]) == {"fact": 0.0}


def test_a_job_without_a_pod_is_podless_and_unstarted() -> None:
    assert {podless(job()), unstarted(job())} <= facts([job()], [])


def test_a_job_whose_pod_waits_is_unstarted_but_not_podless() -> None:
    found = facts([job()], [pod()])
    assert unstarted(job()) in found
    assert podless(job()) not in found


@pytest.mark.parametrize("each", [running_pod(), failed_pod()])
def test_a_job_whose_pod_ran_has_started(each: Pod) -> None:
    assert unstarted(job()) not in facts([job()], [each])


def test_a_held_or_ended_job_waits_for_nothing() -> None:
    paused, ended = job(spec={"suspend": True}), job(ended="Failed")
    assert facts([paused], []) == {held(paused)}
    assert facts([ended], []) == set()


def test_pods_without_image_and_pods_that_leave_are_noted() -> None:
    waiting = pod({"waiting": {"reason": "ErrImagePull"}})
    going = pod(deletionTimestamp="2026-01-05T12:00:00Z")
    assert imageless(waiting) in facts([], [waiting])
    assert leaving(going) in facts([], [going])


def test_what_a_leader_remembered_is_dropped_after_its_term(clock: Clock) -> None:
    refusals, sightings = Refusals(clock), Sightings(clock)
    refusals.note(request(), "winter-1", Refused("create", 422, "wrong"))
    sightings.ages(request().request_key, {"a"})
    clock.now = 50.0
    refusals.clear()
    sightings.clear()
    assert refusals.get(request()) is None
    assert sightings.ages(request().request_key, {"a"}) == {"a": 0.0}
