"""Progress of a search: one redrawn line on a terminal, now and then a plain line elsewhere."""

import os
import shutil
import time
from collections.abc import Callable
from typing import TextIO

from matchday_api.status import Progress
from matchday_cli.show.text import duration, one_line, percent

BAR_WIDTH = 24
PLAIN_SECONDS = 5.0
"""Least time between two plain lines."""


def describe(progress: Progress) -> str:
    """Progress in one line, without a bar."""
    parts = [f"{progress.games_placed} of {progress.games_total} games"]
    if progress.objective is not None:
        parts.append(f"cost {progress.objective:,}")
    if progress.gap is not None and progress.bound:
        parts.append(f"gap {percent(progress.gap)}")
    parts.append(duration(progress.elapsed_seconds))
    message = one_line(progress.message, 200)
    return ", ".join(parts) + (f": {message}" if message else "")


def bar(progress: Progress) -> str:
    """A bar and the percentage."""
    full = BAR_WIDTH * progress.percent // 100
    return f"[{'#' * full}{'-' * (BAR_WIDTH - full)}] {progress.percent:3d}%"


class Live:
    """Shows progress on a stream, and lets other lines appear between."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._redraws = stream.isatty() and os.environ.get("TERM") != "dumb"
        self._shown = ""
        self._next = float("-inf")

    def progress(self, progress: Progress) -> None:
        """Show how far the search is; may be called often."""
        if self._redraws:
            self._draw(f"{bar(progress)} {describe(progress)}")
        elif self._clock() >= self._next and describe(progress) != self._shown:
            self._shown = describe(progress)
            self._next = self._clock() + PLAIN_SECONDS
            print(self._shown, file=self._stream, flush=True)

    def line(self, text: str) -> None:
        """A line that stays."""
        self.clear()
        print(text, file=self._stream, flush=True)

    def clear(self) -> None:
        """Take the redrawn line away."""
        if self._redraws and self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = ""

    def _draw(self, text: str) -> None:
        cut = text[: max(20, shutil.get_terminal_size().columns - 1)]
        if cut != self._shown:
            self._shown = cut
            self._stream.write(f"\r{cut}\x1b[K")
            self._stream.flush()
