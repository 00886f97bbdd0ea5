"""The best schedule so far in a file, for runs without a cluster."""

import time
from collections.abc import Callable
from pathlib import Path

from matchday_api.schedule import ScheduleFile
from matchday_api.whole_file import write_whole
from matchday_solver.report.best import is_better
from matchday_solver.report.throttle import Throttle

FILE_SECONDS = 1.0
"""Least time between two saves."""
SHARE = 30
"""Between two saves lie as many times what one takes."""


class BestFile:
    """Keeps the best schedule in a file that is whole at every moment."""

    def __init__(
        self,
        path: Path,
        interval: float = FILE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Save to `path`, at most every `interval` seconds of `clock`; large files less often."""
        self.path, self._interval = path, interval
        self.best: ScheduleFile | None = None
        """The best schedule so far."""
        self._throttle = Throttle(interval)
        self._clock = clock
        self._unsaved = False

    def improved(self, schedule: ScheduleFile) -> None:
        """Take a schedule, new or known; it is kept where it is the best so far.

        Raises OSError where the file cannot be written.
        """
        if is_better(schedule, self.best):
            self.best, self._unsaved = schedule, True
        if self._throttle.is_due(self._clock()):
            self.flush()

    def flush(self) -> None:
        """Save the best schedule now, unless it is saved; raises OSError."""
        if self.best is None or not self._unsaved:
            return
        begun = self._clock()
        write_whole(self.path, self.best.to_text().encode())
        self._unsaved, now = False, self._clock()
        self._throttle.interval = max(self._interval, SHARE * (now - begun))
        self._throttle.passed(now)
