"""The queue: once a key, one worker a key, longer and longer waits."""

import asyncio
from collections.abc import Callable

import pytest

from matchday_operator.records import Key
from matchday_operator.work_queue import MAX_DELAY, WorkQueue

A, B = ("n", "a"), ("n", "b")


class FakeTimer:
    """A call that comes when the time is moved on."""

    def __init__(self, when: float, call: Callable[[Key], None], key: Key) -> None:
        self.at, self.call, self.key, self.cancelled = when, call, key, False

    def cancel(self) -> None:
        """Have it not come."""
        self.cancelled = True

    def when(self) -> float:
        """When it comes."""
        return self.at


class FakeScheduler:
    """Time that moves when told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.timers: list[FakeTimer] = []

    def time(self) -> float:
        """The time."""
        return self.now

    def call_later(self, delay: float, callback: Callable[[Key], None], key: Key, /) -> FakeTimer:
        """Have a function called later."""
        self.timers.append(FakeTimer(self.now + delay, callback, key))
        return self.timers[-1]

    def move(self, seconds: float) -> None:
        """Move the time on."""
        self.now += seconds
        due = [t for t in self.timers if t.at <= self.now and not t.cancelled]
        self.timers = [t for t in self.timers if t not in due]
        for timer in due:
            timer.call(timer.key)


@pytest.fixture
def time() -> FakeScheduler:
    """Time that moves when told."""
    return FakeScheduler()


@pytest.fixture
def queue(time: FakeScheduler) -> WorkQueue:
    """An empty queue without jitter."""
    return WorkQueue(time, jitter=lambda: 0.5)


def test_a_key_that_is_added_twice_is_there_once(queue: WorkQueue) -> None:
    queue.add(A)
    queue.add(A)
    assert len(queue) == 1


async def test_a_key_that_is_worked_on_is_not_given_to_another(queue: WorkQueue) -> None:
    queue.add(A)
    assert await queue.take() == A
    queue.add(A)
    queue.add(B)
    assert await queue.take() == B
    queue.done(A)
    assert await queue.take() == A


async def test_a_key_comes_once_its_delay_is_over(queue: WorkQueue, time: FakeScheduler) -> None:
    queue.add(A, 5.0)
    time.move(4.9)
    assert len(queue) == 0
    time.move(0.2)
    assert await queue.take() == A


def test_the_earlier_of_two_delays_counts(queue: WorkQueue, time: FakeScheduler) -> None:
    queue.add(A, 5.0)
    queue.add(A, 1.0)
    queue.add(A, 9.0)
    time.move(1.0)
    assert len(queue) == 1


async def test_a_key_that_comes_at_once_does_not_come_again_later(
    queue: WorkQueue, time: FakeScheduler
) -> None:
    queue.add(A, 5.0)
    queue.add(A)
    queue.done(await queue.take())
    time.move(10.0)
    assert len(queue) == 0


def test_failures_wait_longer_and_longer_up_to_a_bound(queue: WorkQueue) -> None:
    delays = [queue.retry(A) for _ in range(40)]
    assert delays[:3] == [0.5, 1.0, 2.0]
    assert delays[-1] == MAX_DELAY


def test_the_wait_is_at_least_what_the_server_asked_for(queue: WorkQueue) -> None:
    assert queue.retry(A, at_least=30.0) == 30.0


def test_success_forgets_the_failures(queue: WorkQueue) -> None:
    queue.retry(A)
    queue.retry(A)
    queue.succeeded(A)
    assert queue.retry(A) == 0.5


def test_the_jitter_spreads_the_waits(time: FakeScheduler) -> None:
    low, high = WorkQueue(time, jitter=lambda: 0.0), WorkQueue(time, jitter=lambda: 1.0)
    assert (low.retry(A), high.retry(A)) == (0.25, 0.75)


async def test_a_waiting_worker_gets_a_key_that_is_added(queue: WorkQueue) -> None:
    worker = asyncio.create_task(queue.take())
    await asyncio.sleep(0)
    queue.add(A)
    assert await worker == A


async def test_a_cleared_queue_gives_nothing_more_and_has_no_failures(
    queue: WorkQueue, time: FakeScheduler
) -> None:
    queue.retry(A)
    queue.add(B)
    queue.clear()
    time.move(10.0)
    assert len(queue) == 0
    queue.add(A)
    assert await queue.take() == A
    assert queue.retry(A) == 0.5
