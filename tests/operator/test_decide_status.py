"""A request's status as kubectl, Flux and Argo CD read it."""

from datetime import timedelta

import pytest

from matchday_operator.decide import decide
from matchday_operator.decide.model import Decision, Invalid, Now, Observed
from tests.operator.builders import (
    NOW,
    WALL,
    job,
    observed,
    request,
    run,
    running_pod,
    saved,
    settle,
    with_status,
)

RUNNING = observed(jobs=(job(),), runs=(run(placed=1),), pods=(running_pod(),))
DONE = observed(jobs=(job(ended="Complete"),), runs=(run(placed=9),), outcome=saved())
BROKEN = observed(input=Invalid(("teams: wrong",)))


def true(decision: Decision) -> set[str]:
    """The types of the conditions that are true."""
    assert decision.status is not None
    return {each.type for each in decision.status.conditions if each.status == "True"}


@pytest.mark.parametrize(
    ("seen", "spec", "types"),
    [
        (RUNNING, {}, {"Reconciling"}),
        (DONE, {}, {"Complete", "Ready"}),
        (BROKEN, {}, {"Failed", "Stalled"}),
        (RUNNING, {"suspend": True}, {"Suspended", "Reconciling"}),
    ],
)
def test_the_true_conditions_say_where_a_request_stands(
    seen: Observed, spec: dict[str, bool], types: set[str]
) -> None:
    assert true(decide(request(spec), seen, NOW)) == types


def test_every_condition_is_always_there_with_the_generation() -> None:
    status = decide(request(generation=7), RUNNING, NOW).status
    assert status is not None
    assert {each.type for each in status.conditions} == {
        *("Complete", "Failed", "Suspended", "Ready", "Reconciling", "Stalled")
    }
    assert {each.observed_generation for each in status.conditions} == {7}


def test_a_transition_time_moves_only_when_the_status_flips() -> None:
    _, asked = settle(request(), RUNNING)
    status = decide(asked, DONE, Now(WALL + timedelta(seconds=60))).status
    assert status is not None
    times = {each.type: each.last_transition_time for each in status.conditions}
    assert times["Stalled"] == WALL
    assert times["Ready"] == WALL + timedelta(seconds=60)


def test_the_start_is_the_first_sight_of_a_running_pod_and_stays() -> None:
    _, asked = settle(request(), RUNNING)
    later = decide(asked, DONE, Now(WALL + timedelta(seconds=60))).status
    assert later is not None
    assert (later.started_at, later.finished_at) == (WALL, WALL + timedelta(seconds=60))


def test_a_status_of_an_older_version_is_no_obstacle() -> None:
    conditions = [{"type": "Ready"}, {"reason": 3}, "text"]
    junk = {"phase": "Odd", "conditions": conditions, "progress": 7, "startedAt": "never"}
    assert true(decide(request(status=junk), RUNNING, NOW)) == {"Reconciling"}


def test_the_same_observation_again_changes_nothing() -> None:
    for seen in (RUNNING, DONE, BROKEN):
        first = decide(request(), seen, NOW)
        again = decide(with_status(request(), first), seen, Now(WALL + timedelta(hours=1)))
        assert again.status == first.status
