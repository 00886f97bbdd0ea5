"""Repairs, explanations and counts: what each tells, and how long after its process's start."""

from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from threading import Event

from bench.examples import conflicts
from bench.families import Document
from bench.measure import problem_of, run_process
from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.schedule import Game, ScheduleFile
from matchday_api.status import Progress

REPAIRED, COUNTED = "ncsaa-200-s1", "ncsaa-2000"
"""The leagues whose gyms close, and whose games and court starts are counted."""
CLOSED = 3
"""Busiest venue-days, each of which is closed in a task of its own."""
EARLIER_SECONDS = 20.0
"""Time limit of the schedule that is repaired."""
REPAIR_SECONDS, EXPLAIN_SECONDS = 10.0, 30.0


@dataclass(frozen=True)
class Task:
    """What is asked for."""

    name: str
    solver: str
    """What `bench.one` runs."""
    problem: Problem


@dataclass
class Told:
    """What was told, and when."""

    task: Task
    seconds: float | None = None
    """From the process's start; None where nothing was told."""
    result: str = ""
    peak_mib: int | None = None


def tasks(leagues: Mapping[str, Document], workers: int) -> Iterator[Task]:
    """The tasks; to make the schedule that is repaired takes EARLIER_SECONDS."""
    yield from _repairs(leagues[REPAIRED], workers)
    for name, document in conflicts().items():
        problem = problem_of(document, EXPLAIN_SECONDS, workers)
        yield Task(f"why not: `{name}`", "explain", problem)
    yield Task(f"counting: `{COUNTED}`", "count", problem_of(leagues[COUNTED], 1.0, workers))


def do(task: Task) -> Told:
    """Run a task in a process of its own."""
    told = Told(task)
    for seconds, event in run_process(task.solver, task.problem):
        if "failed" in event:
            told.result = f"{told.result} ended with exit code {event['failed']}".strip()
        elif event.get("end"):
            told.peak_mib = event["peak_mib"]
        elif event.get("result") and told.seconds is None:
            told.seconds, told.result = seconds, event["result"]
    return told


def _repairs(document: Document, workers: int) -> Iterator[Task]:
    """A venue closed on a date that had many games; one task for each of the busiest."""
    games = _schedule(problem_of(document, EARLIER_SECONDS, workers)).games
    earlier = EarlierSchedule(games=games)
    for venue, day, number in busiest(games, CLOSED):
        problem = problem_of(closed(document, venue, day), REPAIR_SECONDS, workers)
        name = f"repair: `{REPAIRED}`, {venue} with {number} games closed on {day}"
        yield Task(name, "matchday", problem.model_copy(update={"earlier": earlier}))


def busiest(games: tuple[Game, ...], number: int) -> list[tuple[str, date, int]]:
    """So many venues and dates with the most games, and how many these are."""
    found = Counter((game.venue, game.date) for game in games)
    ordered = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    return [(venue, day, games) for (venue, day), games in ordered[:number]]


def closed(document: Document, venue: str, day: date) -> Document:
    """The league with a venue closed on a date."""
    changed = deepcopy(document)
    for each in changed["venues"]:
        if each["name"] == venue:
            each["closedDates"] = [*each.get("closedDates", []), f"{day}"]
    return changed


def _schedule(problem: Problem) -> ScheduleFile:
    """A schedule to repair."""
    from matchday_solver.solve import solve

    schedule = solve(problem, _Silent(), Event()).schedule
    if schedule is None:
        raise RuntimeError(f"{REPAIRED} got no schedule in {EARLIER_SECONDS} s")
    return schedule


class _Silent:
    """A reporter that tells nobody."""

    def progress(self, _: Progress) -> None:
        """Nothing."""

    def improved(self, _: ScheduleFile) -> None:
        """Nothing."""
