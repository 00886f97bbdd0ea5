"""A small league and its earlier schedule, for tests of repairs."""

import threading
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from matchday_api.league import League
from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.schedule import Game
from matchday_solver.build import build
from matchday_solver.decode import Placed, to_games
from matchday_solver.repair import Repaired, repair
from tests.builders import division, game, league

FIVE_DAYS = {"start": "2026-01-05", "end": "2026-01-09"}
EVENING: list[dict[str, Any]] = [{"days": ["Mon", "Tue", "Wed", "Thu", "Fri"], "starts": ["18:00"]}]
WEEK = [f"2026-01-0{day}" for day in range(5, 10)]
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, _ = WEEK


def small(teams: Any = "ABCD", **changed: Any) -> League:
    """A league of one evening start a day from Monday to Friday; two games a team."""
    fields: dict[str, Any] = {
        "season": FIVE_DAYS,
        "slots": EVENING,
        "divisions": [division(gamesPerTeam=2, maxMeetings=2)],
        "venues": [{"name": "Gym", "courts": 1}],
    }
    return league(teams, **fields | changed)


def shut(*dates: str, courts: int = 1) -> dict[str, Any]:
    """The gym, closed on some dates."""
    return {"venues": [{"name": "Gym", "courts": courts, "closedDates": list(dates)}]}


def evening(pair: str, day: str) -> Game:
    """A game at 18:00."""
    return game(pair, day, start="18:00")


def all_schedules(of: League, number: int) -> Iterator[tuple[Game, ...]]:
    """Every set of so many games on the dates of the league, valid or not."""
    pairs = [f"{a.name}-{b.name}" for a in of.teams for b in of.teams if a is not b]
    every = [evening(pair, str(day)) for pair in pairs for day in of.season.dates()]
    return combinations(every, number)


def repaired(of: League, games: Sequence[Game], frozen: str | None = None) -> Repaired:
    """The repair of games; fails where there is none."""
    found = repair(build(problem(of, games, frozen)), 60, 1, threading.Event())
    assert found is not None
    return found


def problem(of: League, games: Sequence[Game], frozen: str | None = None) -> Problem:
    """The problem of repairing games."""
    before = None if frozen is None else date.fromisoformat(frozen)
    return Problem(league=of, earlier=EarlierSchedule(games=tuple(games), frozen_before=before))


def games_of(of: Problem, found: Repaired) -> tuple[Game, ...]:
    """A repair's games with their ids."""
    instance = build(of)
    fixed = {
        (int(h), int(a), int(k)): n
        for n, (h, a, k) in enumerate(
            zip(instance.fixed.home, instance.fixed.away, instance.fixed.slot, strict=True)
        )
    }
    rows = zip(found.games.slot, found.games.venue, found.games.home, found.games.away, strict=True)
    return to_games(
        instance,
        [
            Placed(int(k), int(v), int(h), int(a), 0, fixed.get((int(h), int(a), int(k)), -1))
            for k, v, h, a in rows
        ],
    )


EARLIER = (
    evening("A-B", MONDAY),
    evening("C-D", TUESDAY),
    evening("A-C", WEDNESDAY),
    evening("B-D", "2026-01-08"),
)
"""A complete schedule of the small league; Friday is free."""
