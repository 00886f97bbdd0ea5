"""The comparison with lists: when the records are complete, and namespaces that are refused."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from matchday_operator.errors import Forbidden
from matchday_operator.kinds import REQUEST, SCHEDULE, Kind
from matchday_operator.metrics import Metrics
from matchday_operator.scope import PATIENCE, Scope
from matchday_operator.store import Store
from matchday_operator.sweep import Sweep
from tests.operator.builders import body, request


@dataclass
class ListedApi:
    """Takes the place of the API server: one request, and namespaces that may not be listed."""

    version: int = 1
    asked: set[Kind] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    async def list_metadata(
        self, kind: Kind, namespace: str | None
    ) -> AsyncIterator[dict[str, Any]]:
        """The request's metadata."""
        self.asked.add(kind)
        if namespace in self.refused:
            raise Forbidden("list", 403, "forbidden")
        if kind == REQUEST and namespace in (None, "leagues"):
            yield body(resourceVersion=str(self.version))["metadata"]

    async def list_some(
        self, kind: Kind, namespace: str | None, fields: str, limit: int
    ) -> list[dict[str, Any]]:
        """Nothing, or that it may not be asked for."""
        if namespace in self.refused:
            raise Forbidden("list", 403, "forbidden")
        return []

    async def get(self, kind: Kind, namespace: str, name: str) -> dict[str, Any]:
        """The request."""
        return body(resourceVersion=str(self.version))


class Room:
    """A sweep with its surroundings, and time that moves when told."""

    def __init__(self, *namespaces: str) -> None:
        self.now = 0.0
        self.api = ListedApi()
        self.store = Store(lambda _: None)
        self.scope = Scope(namespaces)
        self.restarts = 0
        self.leads = False
        self.sweep = Sweep(
            self.api,
            self.store,
            Metrics(),
            self.scope,
            20.0,
            lambda: self.now,
            self._restart,
            lambda _: None,
            lambda: self.leads,
        )

    def _restart(self) -> None:
        self.restarts += 1

    async def refuse(self, namespace: str) -> None:
        """Refuse a namespace for as long as it takes to leave it out."""
        self.api.refused = {namespace}
        for now in (0.0, PATIENCE):
            self.now = now
            with pytest.raises(Forbidden):
                await self.sweep.once()


async def test_an_object_that_always_changes_unseen_does_not_hold_up_the_rest() -> None:
    room = Room()
    for _ in range(10):
        await room.sweep.once()
        room.now, room.api.version = room.now + 1.0, room.api.version + 1
    assert room.sweep.complete.is_set()
    assert room.store.request(("leagues", "winter"))


async def test_an_object_that_is_not_there_yet_holds_up_the_work() -> None:
    room = Room()
    await room.sweep.once()
    assert not room.sweep.complete.is_set()


async def test_an_object_of_which_only_an_older_state_is_known_does_not() -> None:
    room = Room()
    room.store.put(REQUEST, request(resourceVersion="1"))
    room.api.version = 2
    await room.sweep.once()
    assert room.sweep.complete.is_set()


async def test_a_standby_lists_no_schedules_and_misses_none() -> None:
    room = Room()
    await room.sweep.once()
    assert SCHEDULE not in room.api.asked
    assert room.sweep.has_schedule("leagues", "winter-1")


async def test_the_leader_misses_a_schedule_that_is_not_listed() -> None:
    room = Room()
    room.leads = True
    await room.sweep.once()
    assert not room.sweep.has_schedule("leagues", "winter-1")


async def test_one_refusal_leaves_nothing_out() -> None:
    room = Room("leagues", "other")
    room.api.refused = {"leagues"}
    with pytest.raises(Forbidden):
        await room.sweep.once()
    room.api.refused = set()
    await room.sweep.once()
    assert (room.scope.closed, room.restarts) == ((), 0)


async def test_a_namespace_that_is_refused_for_long_is_left_out_with_its_objects() -> None:
    room = Room("leagues", "other")
    room.store.put(REQUEST, request())
    await room.refuse("leagues")
    assert await room.sweep.once()
    assert (room.scope.closed, room.restarts) == (("leagues",), 1)
    assert list(room.store.requests()) == []


async def test_a_namespace_that_opens_again_is_unread_until_its_objects_are_known() -> None:
    room = Room("leagues", "other")
    await room.refuse("leagues")
    room.api.refused = set()
    await room.sweep.once()
    assert (room.scope.is_unread("leagues"), room.restarts) == (True, 2)
    room.store.put(REQUEST, request())
    await room.sweep.once()
    assert not room.scope.is_unread("leagues")
