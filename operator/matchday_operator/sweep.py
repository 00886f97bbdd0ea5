"""Compares the store with lists of metadata: finds what the watches missed, drops what is gone.

A deletion that falls into the gap of a broken watch is never reported, and nothing says when the
first lists are complete. A sweep that finds nothing amiss says both.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Protocol

from matchday_operator.errors import ApiError, Forbidden
from matchday_operator.kinds import SCHEDULE, WATCHED, Kind
from matchday_operator.logs import get_logger
from matchday_operator.metrics import Metrics
from matchday_operator.records import Json, Key, Request
from matchday_operator.scope import Scope
from matchday_operator.store import ObjectKey, Store
from matchday_operator.trim import record

PATIENCE = 5.0
"""Seconds that the watches have to bring what a list shows."""

QUICK = 1.0
"""Seconds until the next sweep while something is amiss."""

MAX_STALE = 2
"""Sweeps in a row that had to repair, after which the watches are started again."""

_log = get_logger(__name__)

State = tuple[str, str]
"""uid and resource version."""

Gap = tuple[Kind, ObjectKey, State | None]
"""An object of which the store knows only an older state, or none."""


class Lists(Protocol):
    """The part of the API that is needed."""

    def list_metadata(self, kind: Kind, namespace: str | None) -> AsyncIterator[Json]:
        """The metadata of all objects of a kind."""

    async def list_some(
        self, kind: Kind, namespace: str | None, fields: str, limit: int
    ) -> list[Json]:
        """Some objects."""

    async def get(self, kind: Kind, namespace: str, name: str) -> Json | None:
        """An object, or None where there is none."""


@dataclass
class Sweep:
    """The regular comparison."""

    api: Lists
    store: Store
    metrics: Metrics
    scope: Scope
    seconds: float
    clock: Callable[[], float]
    restart_watches: Callable[[], None]
    changed: Callable[[Key], None]
    leads: Callable[[], bool]
    """Whether Schedules are listed: only the leader makes good what is lost."""
    complete: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once a sweep has found the store complete."""
    finished: float = 0.0
    """When the last sweep came to an end, by the steady clock."""
    _gaps: dict[Gap, float] = field(default_factory=dict)
    _schedules: set[ObjectKey] | None = None
    _stale: int = 0
    _wanted: asyncio.Event = field(default_factory=asyncio.Event)

    def soon(self) -> None:
        """Have the next sweep begin now."""
        self._wanted.set()

    def has_schedule(self, namespace: str, name: str) -> bool:
        """Whether the last sweep saw a Schedule, or has not looked for any."""
        return self._schedules is None or (namespace, name) in self._schedules

    async def run(self) -> None:
        """Sweep for ever."""
        while True:
            try:
                pause = self.seconds if await self.once() else QUICK
            except ApiError as error:
                _log.warning("sweep failed", error=str(error))
                pause = QUICK * 2
            await self._pause(pause)

    async def once(self) -> bool:
        """Compare everything once; returns whether nothing was amiss."""
        if self.scope.closed:
            await self._review()
        try:
            gaps = await self._gaps_now()
        except Forbidden:
            await self._review()
            raise
        now = self.clock()
        self._gaps = {gap: self._gaps.get(gap, now) for gap in gaps}
        old = [gap for gap, since in self._gaps.items() if now - since >= PATIENCE]
        await self._repair(old)
        self._finish(complete=all(gap in old for gap in gaps if gap[2] is None))
        self._revisit()
        return not gaps

    async def _gaps_now(self) -> set[Gap]:
        gaps: set[Gap] = set()
        for kind in WATCHED:
            gaps |= await self._compare(kind)
        self._schedules = set(await self._listed(SCHEDULE)) if self.leads() else None
        return gaps

    def _finish(self, complete: bool) -> None:
        self.finished = self.clock()
        if complete:
            self.scope.read()
        if complete and not self.complete.is_set():
            self.complete.set()
            _log.info("store is complete", requests=sum(1 for _ in self.store.requests()))

    async def _compare(self, kind: Kind) -> set[Gap]:
        """Drop what is not listed; return what is listed and not known in that state."""
        before = self.store.keys(kind)
        listed = await self._listed(kind)
        known = self.store.keys(kind)
        for key, (uid, _) in before.items():
            if key not in listed and known.get(key, ("", ""))[0] == uid:
                self.store.drop(kind, key, uid)
        return {
            (kind, key, known.get(key))
            for key, state in listed.items()
            if known.get(key) != state and known.get(key) == before.get(key)
        }

    async def _listed(self, kind: Kind) -> dict[ObjectKey, State]:
        listed = {}
        for namespace in self.scope.open or (None,):
            async for meta in self.api.list_metadata(kind, namespace):
                state = (meta["uid"], meta["resourceVersion"])
                listed[meta["namespace"], meta["name"]] = state
        return listed

    async def _review(self) -> None:
        """Ask which namespaces may be listed; the watches begin anew where that has changed."""
        changed = False
        for namespace in self.scope.namespaces:
            changed |= self.scope.judge(namespace, await self._may_list(namespace), self.clock())
        if changed:
            _log.warning("namespaces opened or closed", left_out=",".join(self.scope.closed))
            self.restart_watches()

    async def _may_list(self, namespace: str) -> bool:
        try:
            for kind in (*WATCHED, SCHEDULE):
                await self.api.list_some(kind, namespace, "", 1)
        except Forbidden:
            return False
        return True

    async def _repair(self, gaps: list[Gap]) -> None:
        for kind, (namespace, name), _ in gaps:
            body = await self.api.get(kind, namespace, name)
            if body is not None:
                self.store.put(kind, record(kind, body))
            self.metrics.sweep_repairs.inc()
        self._stale = self._stale + 1 if gaps else 0
        if gaps:
            _log.warning("the watches missed objects", count=len(gaps))
        if self._stale >= MAX_STALE:
            self._stale = 0
            self.restart_watches()

    def _revisit(self) -> None:
        """Look again at requests that depend on what is not watched."""
        for request in list(self.store.requests()):
            if request.has_sources or self._has_lost(request):
                self.changed(request.request_key)

    def _has_lost(self, request: Request) -> bool:
        """Whether the Schedule of a request that succeeded was not listed."""
        result = request.status.get("result") or {}
        succeeded = request.status.get("phase") == "Succeeded"
        return succeeded and not self.has_schedule(request.namespace, result.get("name", ""))

    async def _pause(self, seconds: float) -> None:
        self._wanted.clear()
        try:
            await asyncio.wait_for(self._wanted.wait(), seconds)
        except TimeoutError:
            return
