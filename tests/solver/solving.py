"""Solve small leagues in tests, with a reporter that remembers what it is told."""

import threading
from typing import Any

from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.request import Completeness
from matchday_api.schedule import Game, ScheduleFile
from matchday_api.status import Progress
from matchday_solver.outcome import Outcome
from matchday_solver.solve import solve
from tests.builders import league

ENOUGH = 0.5
"""Seconds in which the leagues of the tests are solved many times over."""


class Told:
    """A reporter that keeps everything."""

    def __init__(self) -> None:
        self.steps: list[Progress] = []
        self.schedules: list[ScheduleFile] = []

    def progress(self, progress: Progress) -> None:
        """Keep it."""
        self.steps.append(progress)

    def improved(self, schedule: ScheduleFile) -> None:
        """Keep it."""
        self.schedules.append(schedule)


def problem(teams: Any = "ABCD", **changed: Any) -> Problem:
    """The problem of `tests.builders.league`; what is not of the league goes to the problem."""
    own = {key: changed.pop(key) for key in list(changed) if key in Problem.model_fields}
    defaults: dict[str, Any] = {"time_limit_seconds": ENOUGH, "workers": 1}
    return Problem(league=league(teams, **changed), **defaults | own)


def solved(of: Problem, told: Told | None = None, **options: Any) -> Outcome:
    """The outcome of a solve that nobody stops."""
    return solve(of, told or Told(), threading.Event(), **options)


def schedule_of(of: Problem) -> ScheduleFile:
    """The schedule that a solve ends with; fails where there is none."""
    outcome = solved(of)
    assert outcome.schedule is not None, outcome.message
    return outcome.schedule


def repair_of(of: Problem, earlier: ScheduleFile, **changed: Any) -> Problem:
    """The problem of repairing a schedule."""
    frozen = changed.pop("frozen_before", None)
    wanted = EarlierSchedule(games=earlier.games, frozen_before=frozen)
    return of.model_copy(update={"earlier": wanted, **changed})


def places(games: tuple[Game, ...]) -> set[tuple[object, ...]]:
    """Games without courts and ids."""
    return {(g.home, g.away, g.date, g.start, g.venue) for g in games}


def no_room(_teams: tuple[int, ...]) -> str:
    """A reason for any game."""
    return "no room"


BEST_EFFORT = Completeness.BEST_EFFORT
