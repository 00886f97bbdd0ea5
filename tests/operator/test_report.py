"""Status writes: only what changed, progress not too often, Events few."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest

from matchday_api.status import ScheduleRequestStatus
from matchday_operator.decide import decide
from matchday_operator.decide.model import Observed
from matchday_operator.errors import ApiError, Forbidden, Refused
from matchday_operator.kinds import REQUEST, Kind
from matchday_operator.metrics import Metrics
from matchday_operator.notes import note
from matchday_operator.records import Request
from matchday_operator.report import PROGRESS_SECONDS, Reporter, dump, same
from matchday_operator.store import Store
from tests.operator.builders import (
    NOW,
    WALL,
    job,
    observed,
    request,
    run,
    running_pod,
    saved,
)

RUNNING = observed(jobs=(job(),), runs=(run(placed=1),), pods=(running_pod(),))
FURTHER = observed(jobs=(job(),), runs=(run(placed=2),), pods=(running_pod(),))
DONE = observed(jobs=(job(ended="Complete"),), runs=(run(placed=9),), outcome=saved())


@dataclass
class WrittenApi:
    """Takes the place of the API server and keeps what was written."""

    statuses: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    forbids_events: bool = False
    refuses_statuses: ApiError | None = None

    async def apply_status(self, kind: Kind, manifest: dict[str, Any]) -> dict[str, Any]:
        """Keep a status."""
        assert kind == REQUEST
        if self.refuses_statuses is not None:
            raise self.refuses_statuses
        self.statuses.append(manifest["status"])
        return {"metadata": {"resourceVersion": str(len(self.statuses) + 1)}}

    async def create(self, kind: Kind, manifest: dict[str, Any]) -> dict[str, Any]:
        """Keep an Event."""
        if self.forbids_events:
            raise Forbidden("create", 403, kind.name)
        self.events.append(manifest)
        return manifest

    def server_now(self) -> datetime:
        """The time."""
        return WALL


class Desk:
    """A reporter with its surroundings, and time that moves when told."""

    def __init__(self) -> None:
        self.now = 100.0
        self.api = WrittenApi()
        self.store = Store(lambda _: None)
        self.store.put(REQUEST, request())
        self.metrics = Metrics()
        self.reporter = Reporter(self.api, self.store, self.metrics, lambda: self.now)

    async def report(self, seen: Observed) -> float | None:
        """Decide on what was seen and report it."""
        asked = self.current()
        status = decide(asked, seen, NOW).status
        assert status is not None
        return await self.reporter.report(asked, status)

    def current(self) -> Request:
        """The request as the store has it."""
        found = self.store.request(("leagues", "winter"))
        assert found is not None
        return found


@pytest.fixture
def desk() -> Desk:
    """A reporter for one request."""
    return Desk()


async def test_a_status_that_has_not_changed_is_not_written(desk: Desk) -> None:
    await desk.report(RUNNING)
    await desk.report(RUNNING)
    assert len(desk.api.statuses) == 1


async def test_progress_is_written_every_two_seconds_at_most(desk: Desk) -> None:
    await desk.report(RUNNING)
    desk.now += 0.5
    assert await desk.report(FURTHER) == pytest.approx(PROGRESS_SECONDS - 0.5)
    assert len(desk.api.statuses) == 1
    desk.now += 1.5
    assert await desk.report(FURTHER) is None
    assert desk.api.statuses[-1]["progress"]["gamesPlaced"] == 2


async def test_the_end_is_written_at_once(desk: Desk) -> None:
    await desk.report(RUNNING)
    await desk.report(DONE)
    assert desk.api.statuses[-1]["phase"] == "Succeeded"


async def test_progress_is_written_more_slowly_the_more_requests_run(desk: Desk) -> None:
    for number in range(200):
        other = replace(request(), name=f"r{number}")
        desk.store.put(REQUEST, other)
        status = decide(other, RUNNING, NOW).status
        assert status is not None
        await desk.reporter.report(other, status)
    await desk.report(RUNNING)
    desk.now += PROGRESS_SECONDS
    wait = await desk.report(FURTHER)
    assert wait is not None
    assert wait > 5.0


async def test_what_was_written_is_known_before_the_watch_tells_it(desk: Desk) -> None:
    await desk.report(RUNNING)
    assert desk.current().status["phase"] == "Running"


async def test_an_event_that_may_not_be_posted_does_no_harm(desk: Desk) -> None:
    desk.api.forbids_events = True
    await desk.report(DONE)
    assert desk.api.statuses[-1]["phase"] == "Succeeded"


async def test_ends_are_counted_once_by_reason(desk: Desk) -> None:
    await desk.report(DONE)
    await desk.report(DONE)
    assert b'matchday_outcomes_total{reason="TimeLimit"} 1.0' in desk.metrics.render()


async def test_progress_posts_no_event(desk: Desk) -> None:
    await desk.report(RUNNING)
    desk.now += 10
    await desk.report(FURTHER)
    assert desk.api.events == []


async def test_the_end_posts_one_event_with_the_message(desk: Desk) -> None:
    await desk.report(DONE)
    assert [(e["reason"], e["type"]) for e in desk.api.events] == [("Completed", "Normal")]
    assert "9 games" in desk.api.events[0]["message"]
    assert desk.api.events[0]["involvedObject"]["name"] == "winter"


def test_the_same_event_after_a_restart_has_the_same_name() -> None:
    status = decide(request(), DONE, NOW).status
    assert status is not None
    first, second = note({}, status), note({"phase": "Running"}, status)
    assert first == second


def test_absent_and_null_are_the_same() -> None:
    assert same({"a": 1, "b": None}, {"a": 1.0})
    assert not same({"a": [1]}, {"a": [1, 2]})


def test_a_status_is_dumped_with_its_defaults() -> None:
    assert dump(ScheduleRequestStatus())["phase"] == "Pending"


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (Refused("apply", 422, "status.phase: unknown"), "Upgrade the CRDs"),
        (Refused("apply", 500, "etcdserver: request is too large"), "spec.leagueFrom"),
        (Forbidden("apply", 403, "cannot patch"), "schedulerequests/status"),
    ],
)
async def test_a_status_that_is_refused_is_told_by_an_event(error: ApiError, advice: str) -> None:
    desk = Desk()
    desk.api.refuses_statuses = error
    for _ in range(2):
        with pytest.raises(type(error)):
            await desk.report(RUNNING)
    first, again = desk.api.events
    assert (first["reason"], first["type"]) == ("StatusRefused", "Warning")
    assert error.message in first["message"]
    assert advice in first["message"]
    assert first["metadata"]["name"] == again["metadata"]["name"]
