"""A search that does what a test says, and `matchday solve` with it."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from matchday_api.problem import Problem
from matchday_api.schedule import ScheduleFile
from matchday_api.status import Quality
from matchday_cli.__main__ import main
from matchday_solver.outcome import Ending, Outcome
from matchday_solver.report.best import Newest
from tests.unit.cli.builders import a_schedule, league_file

Act = Callable[[Newest, threading.Event], Outcome]


class Solver:
    """A search that does what a test says, and keeps the problem that it got."""

    def __init__(self) -> None:
        self.problem: Problem | None = None
        self.start: ScheduleFile | None = None
        self.act: Act = lambda *_: ended(Ending.SOLVED, a_schedule())

    def __call__(
        self,
        problem: Problem,
        reporter: Newest,
        stop: threading.Event,
        *,
        start: ScheduleFile | None,
    ) -> Outcome:
        self.problem, self.start = problem, start
        return self.act(reporter, stop)


def ended(how: Ending, schedule: ScheduleFile | None = None, message: str = "") -> Outcome:
    """How the search came to its end."""
    return Outcome(how, schedule, Quality.TIME_LIMIT if how is Ending.SOLVED else None, message)


def solve(folder: Path, *options: str, league: Any = None) -> int:
    """Run `matchday solve` on a league; its files go to `out` in the folder."""
    file = league_file(folder, league)
    return main(["solve", file, "-o", str(folder / "out"), *options])


def problem_of(solver: Solver) -> Problem:
    """What the search was asked for; fails where it was not asked."""
    assert solver.problem is not None
    return solver.problem
