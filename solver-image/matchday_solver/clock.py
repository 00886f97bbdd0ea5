"""The time that a solve has, and whether it was told to stop."""

import threading
import time


class Clock:
    """Solving time over all attempts, on the monotonic clock."""

    def __init__(self, limit: float, elapsed: float, stop: threading.Event) -> None:
        self.limit, self.elapsed_before, self.stop = limit, elapsed, stop
        self._begun = time.monotonic()

    def leave_out(self, seconds: float) -> None:
        """Let some seconds of this attempt not count."""
        self._begun += seconds

    @property
    def here(self) -> float:
        """Seconds of this attempt so far."""
        return time.monotonic() - self._begun

    @property
    def spent(self) -> float:
        """Seconds of all attempts together."""
        return self.elapsed_before + self.here

    @property
    def left(self) -> float:
        """Seconds until the time is up; negative afterwards."""
        return self.limit - self.spent

    @property
    def fraction(self) -> float:
        """Part of the whole time that is used up, 0 to 1."""
        return min(1.0, max(0.0, self.spent / self.limit))

    @property
    def stopped(self) -> bool:
        """Whether the search was asked to stop."""
        return self.stop.is_set()

    def goes_on(self, reserve: float = 0.0) -> bool:
        """Whether there is more time than `reserve` and nobody asked to stop."""
        return not self.stopped and self.left > reserve
