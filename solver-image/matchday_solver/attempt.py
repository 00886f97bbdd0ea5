"""One attempt at a problem: the search in one thread, the writer in another.

The main thread only waits for messages: that one of them has ended, or a signal has come.
"""

import logging
import queue
import threading
import time
import traceback
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from matchday_api.checker import check
from matchday_api.problem import Problem
from matchday_api.schedule import ScheduleFile
from matchday_api.status import Quality
from matchday_solver.outcome import Ending, Outcome, Reporter
from matchday_solver.report import verdict
from matchday_solver.report.best import Newest
from matchday_solver.report.inbox import (
    FenceLost,
    Inbox,
    Message,
    NotSaved,
    Saved,
    Searched,
    Signalled,
)
from matchday_solver.report.restore import Earlier, SavedSchedule
from matchday_solver.report.store import Store
from matchday_solver.report.verdict import EndedError, Verdict
from matchday_solver.report.writer import Farewell, Writer

SAVE_SECONDS = 60.0
"""How long the last save is tried; the Job's deadline allows for it."""
WRITER_SECONDS = 30.0
"""How long the writer may take to notice that it is to end, beyond that."""
WIND_DOWN = 1 / 3
"""Part of the grace period in which the search may still end by itself."""
EXIT_SECONDS = 3.0
"""Part of the grace period that is left for the process to end."""

log = logging.getLogger(__name__)


class Solve(Protocol):
    """The search, as `matchday_solver.solve.solve`."""

    def __call__(
        self,
        problem: Problem,
        reporter: Reporter,
        stop: threading.Event,
        /,
        *,
        start: ScheduleFile | None,
        elapsed: float,
        attempt: int,
    ) -> Outcome:
        """Search until the time is up or `stop` is set."""


@dataclass(frozen=True)
class Control:
    """What connects the threads of the container and its signals."""

    inbox: Inbox
    """What the main thread waits for."""
    stop: threading.Event
    """Tells the search to end."""
    grace_seconds: float = 30.0
    """The pod's terminationGracePeriodSeconds."""

    def receive(self, seconds: float | None) -> Message | None:
        """The next message; None after so many seconds.

        Raises EndedError where the fence is lost.
        """
        try:
            message = self.inbox.get(timeout=None if seconds is None else max(0.0, seconds))
        except queue.Empty:
            return None
        if isinstance(message, FenceLost):
            raise EndedError(verdict.superseded(f"This pod ends: {message.message}."))
        return message


class Attempt:
    """One attempt, from the claimed run to the verdict."""

    def __init__(self, control: Control, store: Store, problem: Problem, earlier: Earlier) -> None:
        self._control, self._problem, self._earlier = control, problem, earlier
        self._saved = _trusted(problem, earlier.saved)
        self._newest = Newest(self._saved.schedule if self._saved else None)
        self._number = earlier.attempts + 1
        self._writer = Writer(
            store, self._newest, control.inbox, attempt=self._number, elapsed=earlier.elapsed
        )
        self._signalled_at: float | None = None

    def run(self, solve: Solve) -> Verdict:
        """Search, save, and judge; raises EndedError where the fence is lost."""
        if self._saved and self._saved.final:
            return verdict.ended_before(self._saved.quality)
        self._announce()
        self._writer.start()
        self._search(solve)
        return self._finish(self._wait_for_search())

    def _announce(self) -> None:
        log.info(
            "attempt %d: %d teams, %.0f of %.0f s used, %s",
            self._number,
            len(self._problem.league.teams),
            self._earlier.elapsed,
            self._problem.time_limit_seconds,
            "going on from the saved schedule" if self._saved else "from the beginning",
        )

    def _search(self, solve: Solve) -> None:
        """Start the search in a thread of its own; the inbox gets it when it has ended."""
        future = ThreadPoolExecutor(1, thread_name_prefix="search").submit(
            solve,
            self._problem,
            self._newest,
            self._control.stop,
            start=self._newest.best,
            elapsed=self._earlier.elapsed,
            attempt=self._number,
        )
        future.add_done_callback(lambda ended: self._control.inbox.put(Searched(ended)))

    def _wait_for_search(self) -> Future[Outcome] | None:
        """The ended search; None where it did not end in time after a signal."""
        while True:
            message = self._receive(self._wind_down())
            if message is None:
                log.warning("the search did not end in time; saving without it")
                return None
            if isinstance(message, Searched):
                return message.future

    def _finish(self, ended: Future[Outcome] | None) -> Verdict:
        """Save what the search has come to; the verdict."""
        error = ended.exception() if ended else None
        outcome = ended.result() if ended and error is None else None
        if error is not None:
            traceback.print_exception(error)
        judged = _judge(outcome, error)
        lost = self._save(self._farewell(outcome, judged.message))
        if self._signalled_at is not None:
            return verdict.interrupted(lost.message if lost else None)
        if lost and error is None:
            return verdict.not_saved(lost.message, too_large=lost.too_large)
        return judged

    def _farewell(self, outcome: Outcome | None, message: str) -> Farewell:
        """What is saved last: the better of the outcome's schedule and the best so far.

        A schedule is final only where the ending follows from it: a later pod knows no more.
        """
        if outcome is None or outcome.ending is Ending.INTERRUPTED:
            given = outcome.schedule if outcome else None
            return Farewell(message, self._newest.settled(given), is_final=False)
        best = self._newest.settled(outcome.schedule)
        quality = outcome.quality
        if quality is not None and best is not outcome.schedule:
            quality = Quality.TIME_LIMIT
        is_final = best is None or outcome.ending in (Ending.SOLVED, Ending.INCOMPLETE)
        return Farewell(message, best, is_final=is_final, quality=quality)

    def _save(self, farewell: Farewell) -> NotSaved | None:
        """Have the writer save and end; why it could not, if so."""
        self._writer.end(farewell, time.monotonic() + SAVE_SECONDS)
        self._hurry()
        until = time.monotonic() + SAVE_SECONDS + WRITER_SECONDS
        while True:
            message = self._receive(until - time.monotonic())
            if isinstance(message, Saved):
                return None
            if isinstance(message, NotSaved):
                return message
            if message is None:
                return NotSaved("the writer has not ended")

    def _receive(self, seconds: float | None) -> Message | None:
        message = self._control.receive(seconds)
        if isinstance(message, Signalled) and self._signalled_at is None:
            log.info("told to end by signal %d: saving", message.number)
            self._signalled_at = time.monotonic()
            self._hurry()
        return message

    def _wind_down(self) -> float | None:
        """Seconds that the search may still take; None while there was no signal."""
        if self._signalled_at is None:
            return None
        return self._signalled_at + self._control.grace_seconds * WIND_DOWN - time.monotonic()

    def _hurry(self) -> None:
        """After a signal, the last save must be done within the grace period."""
        if self._signalled_at is not None:
            grace = max(1.0, self._control.grace_seconds - EXIT_SECONDS)
            self._writer.hurry(self._signalled_at + grace)


def _judge(outcome: Outcome | None, error: BaseException | None) -> Verdict:
    if error is not None:
        return verdict.crashed(error)
    return verdict.of_outcome(outcome) if outcome else verdict.interrupted()


def _trusted(problem: Problem, saved: SavedSchedule | None) -> SavedSchedule | None:
    """What was saved, if it is a schedule of this problem that keeps its hard rules."""
    if saved is None:
        return None
    schedule = saved.schedule
    report = check(problem.league, schedule.games, schedule.unplaced, problem.earlier)
    if report.violations:
        log.warning("the saved schedule breaks %d rules; not used", len(report.violations))
        return None
    return saved
