"""How often something may be written."""

import math
from dataclasses import dataclass


@dataclass
class Throttle:
    """Lets something through at most once every `interval` seconds."""

    interval: float
    _last: float = -math.inf

    def due_at(self) -> float:
        """The time from which it may happen again; minus infinity before the first time."""
        return self._last + self.interval

    def is_due(self, now: float) -> bool:
        """Whether it may happen at the time `now`, in seconds of one monotonic clock."""
        return now >= self.due_at()

    def passed(self, now: float) -> None:
        """It happens at the time `now`."""
        self._last = now
