"""A request over time: read, watched, and read again whenever the connection is lost."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from matchday_cli.cluster.api import Cluster, Json
from matchday_cli.cluster.errors import AbsentError, UnreachableError

WATCH_SECONDS = 240
"""Length of one watch; the server ends it then."""
LONGEST_PAUSE = 15.0
"""Longest pause between two tries to connect again."""
PATIENCE_SECONDS = 600.0
"""How long the API server may be away before following is given up."""


@dataclass
class Follower:
    """Follows one request."""

    cluster: Cluster
    name: str
    deadline: float = float("inf")
    """When to stop, on the clock's scale."""
    on_trouble: Callable[[str], None] = lambda _: None
    """Told once each time that the connection is lost."""
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _failures: int = field(default=0, init=False)
    _lost_at: float = field(default=0.0, init=False)

    def states(self) -> Iterator[Json]:
        """The request as it is, and each time that it changes, until the deadline.

        Raises AbsentError where it is not there or deleted, UnreachableError where the API server
        is away at first or for long.
        """
        request = self.cluster.request(self.name)
        yield request
        while self.clock() < self.deadline:
            try:
                yield from self._changes(request)
                if self.clock() >= self.deadline:
                    return
                request = self.cluster.request(self.name)
                self._failures = 0
                yield request
            except UnreachableError as error:
                self._pause(error)

    def _changes(self, request: Json) -> Iterator[Json]:
        if self._failures:
            return
        seconds = max(1, int(min(WATCH_SECONDS, self.deadline - self.clock())))
        version = str(request["metadata"]["resourceVersion"])
        began = self.clock()
        for kind, changed in self.cluster.changes(self.name, version, seconds):
            if kind == "DELETED":
                raise AbsentError(f"request {self.name} was deleted")
            yield changed
        if self.clock() - began < 1:
            self.sleep(1.0)  # a server that ends watches at once is not asked in a tight loop

    def _pause(self, error: UnreachableError) -> None:
        if self._failures == 0:
            self._lost_at = self.clock()
            self.on_trouble(str(error))
        elif self.clock() - self._lost_at > PATIENCE_SECONDS:
            raise error
        pause = min(LONGEST_PAUSE, 0.5 * 2**self._failures)
        self._failures = min(self._failures + 1, 10)
        self.sleep(max(0.0, min(pause, self.deadline - self.clock())))
