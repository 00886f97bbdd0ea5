"""The thread that writes to the cluster, so that the search never waits for the API server."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from matchday_api.schedule import ScheduleFile
from matchday_api.status import Progress, Quality, ScheduleStatus, SolverRunStatus
from matchday_solver.report.api import RejectedError, UnavailableError
from matchday_solver.report.best import Newest
from matchday_solver.report.encode import TooLargeError, checkpoint, final
from matchday_solver.report.fence import FenceLostError
from matchday_solver.report.inbox import FenceLost, Inbox, NotSaved, Saved
from matchday_solver.report.throttle import Throttle

PROGRESS_SECONDS = 2.0
BEST_SECONDS = 5.0
LOG_SECONDS = 10.0
HEARTBEAT_SECONDS = 10.0
"""Progress is written at least this often, so that little of the elapsed time can be lost."""
MAX_BACKOFF_SECONDS = 30.0
END_BACKOFF_SECONDS = 2.0
"""Longest wait between two tries of the last save."""

log = logging.getLogger(__name__)


class RunStore(Protocol):
    """Where the writer writes to: `Store`, which names the errors."""

    writer: str

    def save_progress(self, status: SolverRunStatus) -> None:
        """Replace the progress."""

    def save_schedule(self, status: ScheduleStatus) -> None:
        """Replace the schedule."""


@dataclass(frozen=True)
class Farewell:
    """What is written last."""

    message: str
    schedule: ScheduleFile | None
    is_final: bool
    """Whether the search has ended with the schedule; otherwise it is one more checkpoint."""
    quality: Quality | None = None


class Writer:
    """Writes the newest progress and the best schedule, each not too often."""

    def __init__(
        self,
        store: RunStore,
        newest: Newest,
        inbox: Inbox,
        *,
        attempt: int = 1,
        elapsed: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Write for the attempt `attempt`, before which `elapsed` seconds were used."""
        self._store, self._newest, self._inbox = store, newest, inbox
        self._attempt, self._elapsed = attempt, elapsed
        self._clock, self._sleep = clock, sleep
        self._started = clock()
        self._told: Progress | None = None
        self._saved = newest.best
        self._refused: ScheduleFile | None = None
        self._throttles = {
            "progress": Throttle(PROGRESS_SECONDS),
            "best": Throttle(BEST_SECONDS),
            "heartbeat": Throttle(HEARTBEAT_SECONDS),
            "log": Throttle(LOG_SECONDS),
        }
        self._backoff, self._resume_at = 0.0, clock()
        self._ending = threading.Event()
        self._farewell: Farewell | None = None
        self._deadline = 0.0
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)

    def start(self) -> None:
        """Begin to write in the background."""
        self._thread.start()

    def end(self, farewell: Farewell, deadline: float) -> None:
        """Write the farewell, trying until `deadline`; the inbox gets Saved or NotSaved."""
        self._farewell, self._deadline = farewell, deadline
        self._ending.set()

    def hurry(self, deadline: float) -> None:
        """Bring the deadline forward."""
        self._deadline = min(self._deadline, deadline)

    def elapsed(self) -> float:
        """Solving seconds over all attempts."""
        return self._elapsed + self._clock() - self._started

    def _work(self) -> None:
        try:
            while not self._ending.wait(PROGRESS_SECONDS):
                self.tick()
            self._end()
        except FenceLostError as error:
            self._inbox.put(FenceLost(str(error)))

    def tick(self) -> None:
        """Write what is new and due; trouble is logged, and tried again later."""
        now = self._clock()
        self._log_progress(now)
        if now < self._resume_at:
            return
        try:
            self._write_due(now)
            self._backoff = 0.0
        except (UnavailableError, RejectedError, TooLargeError) as error:
            self._backoff = min(MAX_BACKOFF_SECONDS, 2 * self._backoff or PROGRESS_SECONDS)
            self._resume_at = now + self._backoff
            log.warning("not saved, next try in %.0f s: %s", self._backoff, error)

    def _write_due(self, now: float) -> None:
        best = self._newest.best
        is_offered = best is self._saved or best is self._refused
        if best is not None and not is_offered and self._pass("best", now):
            self._save(best, lambda: checkpoint(best, self._store.writer, _utc()))
        latest = self._newest.latest
        is_new = latest is not self._told and self._pass("progress", now)
        if is_new or self._throttles["heartbeat"].is_due(now):
            self._tell(latest)

    def _save(self, schedule: ScheduleFile, encode: Callable[[], ScheduleStatus]) -> None:
        """Save a schedule; what is refused for its content is offered again only at the end."""
        try:
            self._store.save_schedule(encode())
        except (RejectedError, TooLargeError):
            self._refused = schedule
            raise
        self._saved = schedule

    def _tell(self, progress: Progress) -> None:
        self._throttles["heartbeat"].passed(self._clock())
        fields = progress.model_dump() | {
            "attempt": self._attempt,
            "elapsed_seconds": round(max(progress.elapsed_seconds, self.elapsed()), 1),
            "updated_at": _utc(),
            "writer": self._store.writer,
        }
        self._store.save_progress(SolverRunStatus(**fields))
        self._told = progress

    def _pass(self, name: str, now: float) -> bool:
        throttle = self._throttles[name]
        if not throttle.is_due(now):
            return False
        throttle.passed(now)
        return True

    def _end(self) -> None:
        """Write the farewell, again and again until the deadline."""
        while True:
            try:
                self._write_farewell()
            except (RejectedError, TooLargeError) as error:
                self._inbox.put(NotSaved(str(error), isinstance(error, TooLargeError)))
                return
            except UnavailableError as error:
                if self._clock() + END_BACKOFF_SECONDS >= self._deadline:
                    self._inbox.put(NotSaved(str(error)))
                    return
                log.warning("not saved yet: %s", error)
                self._sleep(END_BACKOFF_SECONDS)
            else:
                self._inbox.put(Saved())
                return

    def _write_farewell(self) -> None:
        last = self._farewell
        if last is None:
            return
        schedule, writer = last.schedule, self._store.writer
        if schedule is not None and last.is_final:
            self._store.save_schedule(final(schedule, writer, _utc(), last.quality))
        elif schedule is not None and schedule is not self._saved:
            self._save(schedule, lambda: checkpoint(schedule, writer, _utc()))
        self._tell(_last_progress(self._newest.latest, last))

    def _log_progress(self, now: float) -> None:
        latest = self._newest.latest
        if latest is self._told or not self._pass("log", now):
            return
        log.info("%.0f s: %s", self.elapsed(), describe(latest))


def _last_progress(progress: Progress, last: Farewell) -> Progress:
    """The search's progress with the numbers of the schedule that is saved last."""
    message = (last.message or progress.message)[:1024]
    update: dict[str, object] = {"message": message}
    if last.is_final:
        update["percent"] = 100
    if last.schedule is not None:
        objective = last.schedule.objective
        update["games_placed"] = len(last.schedule.games)
        update |= {"objective": objective.total, "bound": objective.bound, "gap": objective.gap}
    return progress.model_copy(update=update)


def describe(progress: Progress) -> str:
    """Progress in one short line."""
    parts = [f"{progress.games_placed} of {progress.games_total} games"]
    if progress.objective is not None:
        parts.append(f"cost {progress.objective}")
    if progress.gap is not None:
        parts.append(f"gap {progress.gap:.1%}")
    if progress.message:
        parts.append(" ".join(progress.message.split())[:120])
    return ", ".join(parts)


def _utc() -> datetime:
    return datetime.now(UTC)
