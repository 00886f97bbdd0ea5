"""The election: one leader, who stops in time and gives back."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchday_operator.errors import Conflict, TryAgain
from matchday_operator.leader import DURATION, RENEW_DEADLINE, Leader, lead

PLACE = ("system", "lease")


class Clock:
    """A steady clock that moves when told, beside a wall clock that may be wrong."""

    def __init__(self, wrong_by: float = 0.0) -> None:
        self.now = 100.0
        self.wrong_by = wrong_by

    def steady(self) -> float:
        """Seconds."""
        return self.now

    def wall(self) -> datetime:
        """The time of day as this machine believes it to be."""
        return datetime(2026, 1, 5, tzinfo=UTC) + timedelta(seconds=self.now + self.wrong_by)


class MemoryLeases:
    """Leases in memory that behave like the API server's."""

    def __init__(self) -> None:
        self.lease: dict[str, Any] | None = None
        self.version = 0
        self.down = False

    async def get_lease(self, namespace: str, name: str) -> dict[str, Any] | None:
        """The Lease."""
        assert (namespace, name) == PLACE
        if self.down:
            raise TryAgain("get", 0, "no answer")
        return self.lease

    async def put_lease(self, manifest: dict[str, Any]) -> dict[str, Any] | None:
        """Make or replace it."""
        if self.down:
            raise TryAgain("update", 0, "no answer")
        known = self.lease["metadata"]["resourceVersion"] if self.lease else None
        if manifest["metadata"].get("resourceVersion") != known:
            raise Conflict("update", 409, "changed")
        self.version += 1
        meta = {**manifest["metadata"], "resourceVersion": str(self.version)}
        self.lease = {**manifest, "metadata": meta}
        return self.lease

    @property
    def spec(self) -> dict[str, Any]:
        """The Lease's content."""
        assert self.lease is not None
        spec: dict[str, Any] = self.lease["spec"]
        return spec


@pytest.fixture
def clock() -> Clock:
    """The clock of all replicas."""
    return Clock()


@pytest.fixture
def leases() -> MemoryLeases:
    """No Lease yet."""
    return MemoryLeases()


def replica(name: str, clock: Clock) -> Leader:
    """One replica."""
    return Leader(name, PLACE, clock.steady, clock.wall)


async def test_the_first_replica_makes_the_lease_and_leads(
    clock: Clock, leases: MemoryLeases
) -> None:
    a = replica("a", clock)
    assert not a.holds()
    assert await a.step(leases)
    assert (leases.spec["holderIdentity"], leases.spec["leaseTransitions"]) == ("a", 0)


async def test_a_second_replica_waits_while_the_lease_is_renewed(
    clock: Clock, leases: MemoryLeases
) -> None:
    a, b = replica("a", clock), replica("b", clock)
    for _ in range(30):
        assert await a.step(leases)
        assert not await b.step(leases)
        clock.now += 2.0


async def test_a_lease_that_is_not_renewed_is_taken_after_its_duration(
    clock: Clock, leases: MemoryLeases
) -> None:
    a, b = replica("a", clock), replica("b", clock)
    await a.step(leases)
    await b.step(leases)
    clock.now += DURATION - 0.1
    assert not await b.step(leases)
    clock.now += 0.1
    assert await b.step(leases)
    assert (leases.spec["holderIdentity"], leases.spec["leaseTransitions"]) == ("b", 1)


async def test_a_wrong_wall_clock_takes_nothing_early(leases: MemoryLeases, clock: Clock) -> None:
    ahead = Clock(wrong_by=86_400.0)
    a, b = replica("a", clock), replica("b", ahead)
    await a.step(leases)
    assert not await b.step(leases)


async def test_a_leader_that_cannot_renew_stops_before_another_may_begin(
    clock: Clock, leases: MemoryLeases
) -> None:
    a, b = replica("a", clock), replica("b", clock)
    await a.step(leases)
    await b.step(leases)
    leases.down = True
    clock.now += RENEW_DEADLINE
    assert not await a.step(leases)
    assert not a.holds()
    leases.down = False
    assert not await b.step(leases)
    assert RENEW_DEADLINE < DURATION


async def test_a_leader_that_finds_another_holder_stops_at_once(
    clock: Clock, leases: MemoryLeases
) -> None:
    a, b = replica("a", clock), replica("b", clock)
    await a.step(leases)
    await b.step(leases)
    clock.now += DURATION
    assert await b.step(leases)
    assert not await a.step(leases)


async def test_a_lease_given_back_is_taken_at_once(clock: Clock, leases: MemoryLeases) -> None:
    a, b = replica("a", clock), replica("b", clock)
    await a.step(leases)
    assert not await b.step(leases)
    await a.release(leases)
    assert not a.holds()
    assert await b.step(leases)


async def test_a_standby_gives_nothing_back(clock: Clock, leases: MemoryLeases) -> None:
    a, b = replica("a", clock), replica("b", clock)
    await a.step(leases)
    await b.step(leases)
    await b.release(leases)
    assert leases.spec["holderIdentity"] == "a"


async def test_of_two_replicas_that_take_at_once_one_leads(
    clock: Clock, leases: MemoryLeases
) -> None:
    class Raced(MemoryLeases):
        async def get_lease(self, namespace: str, name: str) -> dict[str, Any] | None:
            assert (namespace, name) == PLACE
            return None

    raced = Raced()
    a, b = replica("a", clock), replica("b", clock)
    assert [await a.step(raced), await b.step(raced)] == [True, False]


async def test_a_replica_that_restarts_under_its_name_goes_on(
    clock: Clock, leases: MemoryLeases
) -> None:
    await replica("a", clock).step(leases)
    assert await replica("a", clock).step(leases)
    assert leases.spec["leaseTransitions"] == 0


async def test_work_is_ended_before_the_lease_is_given_back(
    clock: Clock, leases: MemoryLeases
) -> None:
    holders: list[str] = []
    started = asyncio.Event()

    async def work() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            holders.append(leases.spec["holderIdentity"])

    task = asyncio.create_task(
        lead(replica("a", clock), leases, lambda: asyncio.create_task(work()), lambda: None)
    )
    await started.wait()
    task.cancel()
    await asyncio.wait([task])
    assert (holders, leases.spec["holderIdentity"]) == (["a"], "")
