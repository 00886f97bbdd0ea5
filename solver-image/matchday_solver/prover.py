"""Lower bounds, worked out beside the search in a thread of their own."""

import threading
import time
from typing import Self

from matchday_solver.clock import Clock
from matchday_solver.engine_threads import engine_thread
from matchday_solver.instance import Instance

JOIN_SECONDS = 0.3
"""How long the end of the thread is waited for."""


class Prover:
    """The best bound so far; without `thorough` only the quick one."""

    def __init__(self, instance: Instance, clock: Clock, thorough: bool) -> None:
        self.bound = 0
        self._instance, self._thorough = instance, thorough
        self._deadline = time.monotonic() + clock.left
        self._end = threading.Event()
        self._thread = engine_thread("bounds", self._work)

    def __enter__(self) -> Self:
        """Begin; the quick bound is there at once if it is all there is, else `bound` grows."""
        if self._thorough:
            self._thread.start()
        else:
            self._work()
        return self

    def __exit__(self, *_: object) -> None:
        """End; the bound stays."""
        self._end.set()
        if self._thorough:
            self._thread.join(JOIN_SECONDS)

    def _work(self) -> None:
        from matchday_solver import bounds

        if not self._thorough:
            self.bound = bounds.bound(self._instance)
            return
        for bound in bounds.improve(self._instance, self._deadline, self._end):
            self.bound = max(self.bound, bound)
