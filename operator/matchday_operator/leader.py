"""Which replica leads: a Lease, taken, renewed and given back.

All decisions go by this process's steady clock: a standby takes a Lease that it has seen unchanged
for the lease's whole duration, and a leader stops writing well before that.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from matchday_operator.errors import ApiError, Conflict
from matchday_operator.logs import get_logger
from matchday_operator.manifests.lease import lease, lease_spec, micro_time
from matchday_operator.records import Json

DURATION = 15.0
RENEW_DEADLINE = 10.0
RETRY = 2.0

_log = get_logger(__name__)


class Leases(Protocol):
    """Where the Lease is kept."""

    async def get_lease(self, namespace: str, name: str) -> Json | None:
        """The Lease, or None."""

    async def put_lease(self, manifest: Json) -> Json | None:
        """Make or replace it; raises Conflict where another was quicker."""


class Leader:
    """One replica's share in the election."""

    def __init__(
        self,
        identity: str,
        place: tuple[str, str],
        clock: Callable[[], float],
        wall: Callable[[], datetime],
    ) -> None:
        self._identity = identity
        self._namespace, self._name = place
        self._clock = clock
        self._wall = wall
        self._renewed = float("-inf")
        """When the last successful renewal was begun."""
        self._seen: tuple[str, float] = ("", clock())
        """Resource version of the Lease, and since when it has been that."""
        self._acquired = ""

    def holds(self) -> bool:
        """Whether this replica may write."""
        return self._clock() - self._renewed < RENEW_DEADLINE

    async def step(self, leases: Leases) -> bool:
        """Try once to take or to renew the Lease; returns whether this replica leads."""
        begun = self._clock()
        try:
            current = await leases.get_lease(self._namespace, self._name)
            if self._may_take(current):
                await leases.put_lease(self._claim(current))
                self._renewed = begun
        except Conflict:
            self._renewed = float("-inf")
        except ApiError as error:
            _log.warning("lease not renewed", error=str(error))
        return self.holds()

    async def release(self, leases: Leases) -> None:
        """Give the Lease back, so that another replica need not wait for it to end."""
        if not self.holds():
            return
        self._renewed = float("-inf")
        try:
            current = await leases.get_lease(self._namespace, self._name)
            if current is not None and _holder(current) == self._identity:
                await leases.put_lease(self._give_back(current))
        except ApiError as error:
            _log.warning("lease not released", error=str(error))

    def _may_take(self, current: Json | None) -> bool:
        if current is None or _holder(current) in ("", self._identity):
            return True
        self._renewed = float("-inf")
        version = current["metadata"]["resourceVersion"]
        if version != self._seen[0]:
            self._seen = (version, self._clock())
        duration = (current.get("spec") or {}).get("leaseDurationSeconds") or DURATION
        return self._clock() - self._seen[1] >= duration

    def _claim(self, current: Json | None) -> Json:
        spec = (current or {}).get("spec") or {}
        now = self._wall()
        if _holder(current) != self._identity or not self._acquired:
            self._acquired = micro_time(now)
        changes = int(_holder(current) != self._identity)
        transitions = (spec.get("leaseTransitions") or 0) + (changes if current else 0)
        made = lease_spec(self._identity, int(DURATION), self._acquired, now, transitions)
        return lease(self._namespace, self._name, made, _version(current))

    def _give_back(self, current: Json) -> Json:
        transitions = (current.get("spec") or {}).get("leaseTransitions") or 0
        made = lease_spec("", 1, self._acquired, self._wall(), transitions)
        return lease(self._namespace, self._name, made, _version(current))


async def lead(
    leader: Leader, leases: Leases, work: Callable[[], asyncio.Task[None]], told: Callable[[], None]
) -> None:
    """Take part in the election for ever; run `work` while leading, and end it on loss.

    `told` is called at each step, so that a health check sees the election alive.
    """
    task: asyncio.Task[None] | None = None
    try:
        while True:
            leads = await leader.step(leases)
            told()
            if leads and (task is None or task.done()):
                task = work()
            elif not leads and task is not None:
                await _end(task)
                task = None
            await _pause(task)
    finally:
        await _end(task)
        await leader.release(leases)


async def _pause(task: asyncio.Task[None] | None) -> None:
    """Until the next step; work that ends by itself is looked after at once."""
    if task is None:
        await asyncio.sleep(RETRY)
    else:
        await asyncio.wait([task], timeout=RETRY)


async def _end(task: asyncio.Task[None] | None) -> None:
    if task is not None:
        task.cancel()
        await asyncio.wait([task])


def _holder(current: Json | None) -> str:
    return ((current or {}).get("spec") or {}).get("holderIdentity") or ""


def _version(current: Json | None) -> str:
    return str(current["metadata"]["resourceVersion"]) if current else ""
