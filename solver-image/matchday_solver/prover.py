"""Lower bounds, worked out beside the search in a thread of their own."""

import threading
import time

from matchday_solver.clock import Clock
from matchday_solver.instance import Instance

JOIN_SECONDS = 5.0
"""How long the end of the thread is waited for."""


class Prover:
    """The best bound so far; without `thorough` only the quick one."""

    def __init__(self, instance: Instance, clock: Clock, thorough: bool) -> None:
        self.bound = 0
        self._instance, self._thorough = instance, thorough
        self._deadline = time.monotonic() + clock.left
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._work, name="bounds", daemon=True)

    def start(self) -> None:
        """Begin; `bound` grows from now on."""
        self._thread.start()

    def finish(self) -> None:
        """End; the bound stays."""
        self._end.set()
        self._thread.join(JOIN_SECONDS)

    def _work(self) -> None:
        from matchday_solver import bounds

        if not self._thorough:
            self.bound = bounds.bound(self._instance)
            return
        for bound in bounds.improve(self._instance, self._deadline, self._end):
            self.bound = max(self.bound, bound)
