"""Work on this machine that takes long: in a thread, progress and signals in the main one."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from matchday_api.problem import Problem
from matchday_api.schedule import ScheduleFile
from matchday_api.status import ExitCode, Progress
from matchday_cli.leaving import handling

if TYPE_CHECKING:
    from matchday_solver.report.best import Newest
    from matchday_solver.solve import Outcome

T = TypeVar("T")

TICK_SECONDS = 0.1
"""How often the main thread looks at the work."""
WIND_DOWN_SECONDS = 10.0
"""How long the work may take to end after a signal; the best schedule is known anyway."""


class Solve(Protocol):
    """The search, as `matchday_solver.solve.solve`."""

    def __call__(
        self,
        problem: Problem,
        reporter: "Newest",
        stop: threading.Event,
        *,
        start: ScheduleFile | None,
    ) -> "Outcome":
        """Search until the time is up or `stop` is set."""


@dataclass(frozen=True)
class Ended:
    """How a search came to its end."""

    outcome: "Outcome | None"
    """None where the search failed, or did not end in time after a signal."""
    schedule: ScheduleFile | None
    """The best schedule, also without an outcome."""
    signal: int | None
    """The signal that ended it, if any."""


@dataclass
class Interrupts:
    """The signals that came in; a second one means: now."""

    stop: threading.Event
    number: int | None = None
    give_up_at: float = float("inf")

    def taken(self, number: int, _frame: FrameType | None) -> None:
        """Handle a signal."""
        patience = WIND_DOWN_SECONDS if self.number is None else 0.0
        self.number = self.number or number
        self.give_up_at = min(self.give_up_at, time.monotonic() + patience)
        self.stop.set()


class _Thread(threading.Thread, Generic[T]):
    """Work; a daemon, so that what does not end cannot hold the process."""

    def __init__(self, work: Callable[[], T]) -> None:
        super().__init__(name="search", daemon=True)
        self._work = work
        self.outcome: T | None = None

    def run(self) -> None:
        """Work; an error is printed with its trace, and leaves no outcome."""
        self.outcome = self._work()


@dataclass(frozen=True)
class Ran(Generic[T]):
    """How some work came to its end."""

    outcome: T | None
    """None where it failed, or did not end in time after a signal."""
    signal: int | None
    """The signal that ended it, if any."""


def until_signal(
    work: Callable[[], T], signals: Interrupts, tick: Callable[[], None] = lambda: None
) -> Ran[T]:
    """Work in a thread to the end, or so long as it takes after a signal has set the stop."""
    thread = _Thread(work)
    thread.start()
    while thread.is_alive() and time.monotonic() < signals.give_up_at:
        tick()
        thread.join(TICK_SECONDS)
    return Ran(thread.outcome, signals.number)


def search(
    solve: Solve,
    problem: Problem,
    newest: "Newest",
    signals: Interrupts,
    tick: Callable[[Progress, ScheduleFile | None], None],
) -> Ended:
    """Search to the end or to a signal; `tick` gets progress and the best schedule meanwhile.

    It begins with the schedule that `newest` has, if any.
    """
    start = newest.best
    ran = until_signal(
        lambda: solve(problem, newest, signals.stop, start=start),
        signals,
        lambda: tick(newest.latest, newest.best),
    )
    tick(newest.latest, newest.best)
    best = newest.settled(ran.outcome.schedule if ran.outcome else None)
    return Ended(ran.outcome, best, ran.signal)


def exit_code(number: int) -> int:
    """The exit code of a command that a signal has ended."""
    return ExitCode.INTERRUPTED if number == signal.SIGINT else ExitCode.TERMINATED


@contextmanager
def interrupts() -> Iterator[Interrupts]:
    """Have SIGINT, SIGTERM and SIGHUP set a stop in place of ending the process."""
    signals = Interrupts(threading.Event())
    with handling(signals.taken, signal.SIGINT, signal.SIGTERM):
        yield signals
