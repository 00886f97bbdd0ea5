"""How games of several lengths share the starts of a day while they are placed."""

from typing import Any

from matchday_api.base import clock
from matchday_solver.build import build
from matchday_solver.search import Search
from matchday_solver.starting import fresh
from tests.builders import division, only
from tests.solver.solving import problem

HALF_HOURS = [f"{hour:02d}:{half}" for hour in range(9, 13) for half in ("00", "30")]
MONDAY, SATURDAY = {"days": ["Mon"], "starts": ["17:00"]}, {"days": ["Sat"], "starts": HALF_HOURS}


def starts(teams: str, minutes: int, **changed: Any) -> list[str]:
    """When the games of some teams begin, one each, by date, once they are placed."""
    divisions = [division(gamesPerTeam=1, gameMinutes=minutes)]
    gym = {"name": "Gym", "courts": 1}
    of = problem(teams, venues=[gym], divisions=divisions, preferences=only(), **changed)
    instance = build(of)
    start = fresh(instance, of.seed, complete=True)
    assert start is not None
    search = Search(instance, start, of.seed)
    assert search.settle(10) == 0
    slots = sorted(game.slot for game in search.placed())
    return [clock(int(instance.calendar.slot_start[slot])) for slot in slots]


def test_a_long_game_goes_where_it_takes_no_more_starts_than_a_short_one() -> None:
    season = {"start": "2026-01-10", "end": "2026-01-12"}
    assert starts("AB", 90, season=season, slots=[SATURDAY, MONDAY]) == ["17:00"]


def test_a_game_goes_where_it_leaves_no_gap() -> None:
    """Before the first of two games three half hours are free, between them two."""
    season = {"start": "2026-01-10", "end": "2026-01-10"}
    locked = [
        {"home": home, "away": away, "date": "2026-01-10", "start": start, "venue": "Gym"}
        for home, away, start in (("A", "B", "10:30"), ("C", "D", "12:30"))
    ]
    found = starts("ABCDEF", 60, season=season, slots=[SATURDAY], lockedGames=locked)
    assert found == ["10:30", "11:30", "12:30"]
