"""The best schedule so far in a file, for runs without a cluster."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from matchday_api.schedule import ScheduleFile
from matchday_solver.report.best import is_better
from matchday_solver.report.throttle import Throttle

FILE_SECONDS = 5.0
"""Least time between two saves."""


class BestFile:
    """Keeps the best schedule in a file that is whole at every moment."""

    def __init__(
        self,
        path: Path,
        interval: float = FILE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Save to `path`, at most every `interval` seconds of `clock`."""
        self.path = path
        self.best: ScheduleFile | None = None
        """The best schedule so far."""
        self._throttle = Throttle(interval)
        self._clock = clock
        self._unsaved = False

    def improved(self, schedule: ScheduleFile) -> None:
        """Take a schedule; it is kept where it is the best so far.

        Raises OSError where the file cannot be written.
        """
        if not is_better(schedule, self.best):
            return
        self.best, self._unsaved = schedule, True
        if self._throttle.is_due(self._clock()):
            self.flush()

    def flush(self) -> None:
        """Save the best schedule now, unless it is saved; raises OSError."""
        if self.best is None or not self._unsaved:
            return
        part = self.path.with_name(self.path.name + ".part")
        part.write_text(self.best.to_text(), encoding="utf-8")
        os.replace(part, self.path)
        self._unsaved = False
        self._throttle.passed(self._clock())
