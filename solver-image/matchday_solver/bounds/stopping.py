"""When the work on bounds ends."""

import math
import threading
import time
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Stopping:
    """When to end."""

    deadline: float
    """As of `time.monotonic`."""
    stop: threading.Event

    def is_due(self) -> bool:
        """Whether to end now."""
        return self.stop.is_set() or time.monotonic() >= self.deadline

    def sooner(self, part: float, most: float) -> "Stopping":
        """After a part of what is left, but so many seconds at most."""
        return replace(self, deadline=time.monotonic() + self.share(part, most))

    def seconds(self, most: float) -> float:
        """Time for one step: what is left, but so much at most."""
        return max(0.01, min(most, self.deadline - time.monotonic()))

    def share(self, part: float, most: float) -> float:
        """Time for one step: a part of what is left, but so much at most."""
        return min(most, part * self.seconds(math.inf))
