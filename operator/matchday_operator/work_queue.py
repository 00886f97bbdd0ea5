"""A queue of keys: one worker at a time for each, and longer waits after each failure."""

import asyncio
import random
from collections.abc import Callable
from typing import Protocol

from matchday_operator.records import Key

FIRST_DELAY = 0.5
MAX_DELAY = 60.0


class Timer(Protocol):
    """A call that is to come."""

    def cancel(self) -> None:
        """Have it not come."""

    def when(self) -> float:
        """When it comes, by the steady clock of its scheduler."""


class Scheduler(Protocol):
    """The part of an event loop that the queue needs."""

    def time(self) -> float:
        """The steady clock."""

    def call_later(self, delay: float, callback: Callable[[Key], None], key: Key, /) -> Timer:
        """Have a function called after a delay in seconds."""


class WorkQueue:
    """Keys that wait for work; a key is there once however often it is added."""

    def __init__(self, scheduler: Scheduler, jitter: Callable[[], float] = random.random) -> None:
        self._scheduler = scheduler
        self._jitter = jitter
        self._ready: asyncio.Queue[Key] = asyncio.Queue()
        self._waiting: set[Key] = set()
        """Keys in `_ready`."""
        self._timers: dict[Key, Timer] = {}
        self._busy: set[Key] = set()
        self._again: set[Key] = set()
        """Busy keys that were added meanwhile."""
        self._failures: dict[Key, int] = {}

    def __len__(self) -> int:
        """Keys that could be worked on now."""
        return len(self._waiting) + len(self._again)

    def add(self, key: Key, delay: float = 0.0) -> None:
        """Have a key worked on after a delay in seconds, or earlier where it already waits."""
        if delay <= 0:
            self._enqueue(key)
        elif key not in self._waiting and key not in self._again:
            self._set_timer(key, delay)

    def retry(self, key: Key, at_least: float = 0.0) -> float:
        """Have a key worked on again after a failure; returns the delay in seconds."""
        failures = self._failures[key] = min(self._failures.get(key, 0) + 1, 30)
        delay = min(MAX_DELAY, FIRST_DELAY * 2.0 ** (failures - 1))
        delay = max(delay * (0.5 + self._jitter()), at_least)
        self.add(key, delay)
        return delay

    def succeeded(self, key: Key) -> None:
        """Forget the failures of a key."""
        self._failures.pop(key, None)

    async def take(self) -> Key:
        """The next key that is due; it is the caller's until `done`."""
        key = await self._ready.get()
        self._waiting.discard(key)
        self._busy.add(key)
        return key

    def done(self, key: Key) -> None:
        """Give a taken key back."""
        self._busy.discard(key)
        if key in self._again:
            self._again.discard(key)
            self._enqueue(key)

    def clear(self) -> None:
        """Forget every key but those that are being worked on."""
        for timer in self._timers.values():
            timer.cancel()
        while not self._ready.empty():
            self._ready.get_nowait()
        for memory in (self._waiting, self._timers, self._again, self._failures):
            memory.clear()

    def _enqueue(self, key: Key) -> None:
        timer = self._timers.pop(key, None)
        if timer is not None:
            timer.cancel()
        if key in self._busy:
            self._again.add(key)
        elif key not in self._waiting:
            self._waiting.add(key)
            self._ready.put_nowait(key)

    def _set_timer(self, key: Key, delay: float) -> None:
        timer = self._timers.get(key)
        if timer is not None and timer.when() <= self._scheduler.time() + delay:
            return
        if timer is not None:
            timer.cancel()
        self._timers[key] = self._scheduler.call_later(delay, self._enqueue, key)
