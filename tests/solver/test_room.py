"""Where new games fit beside games that stay, by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matchday_api.base import clock
from matchday_api.problem import EarlierSchedule
from matchday_api.schedule import Game
from matchday_solver.build import build
from matchday_solver.choice.room import Room
from matchday_solver.choice.table import candidates, fixed_rows, pairs_of
from matchday_solver.instance import Mask
from tests.builders import WEEKDAYS, game
from tests.solver.repairing import MONDAY, TUESDAY, WEDNESDAY
from tests.solver.solving import problem

HALF_HOURS = [f"{hour:02d}:{minute}" for hour in range(8, 13) for minute in ("00", "30")]


def room(*games: Game, **changed: Any) -> Room:
    """What frozen games of a week from Monday to Saturday leave."""
    fields = {
        "season": {"start": MONDAY, "end": "2026-01-10"},
        "slots": [{"days": WEEKDAYS, "starts": HALF_HOURS}],
        "venues": [{"name": "Gym"}, {"name": "Hall", "courts": 2}],
    }
    earlier = EarlierSchedule(games=games, frozen_before="2026-01-31")
    instance = build(problem("ABCD", **fields | changed, earlier=earlier))
    return Room(instance, fixed_rows(instance))


def length(of: Room) -> int:
    """Index of how long a new game is."""
    return int(of.instance.divisions.length[0])


def starts(of: Room, there: Mask, venue: int = 0, date: int = 0) -> list[str]:
    """The starts of places at a venue on a date."""
    cal = of.instance.calendar
    return [clock(m) for m in cal.slot_start[there[:, venue] & (cal.slot_date == date)].tolist()]


def dates(there: Mask, team: int = 0) -> list[int]:
    """Those of a team, from Monday as 0."""
    return np.flatnonzero(there[team]).tolist()


@pytest.mark.parametrize(
    ("lasts", "taken"),
    [
        (30, ["10:00", "10:30"]),
        (60, ["09:30", "10:00", "10:30"]),
        (90, ["09:00", "09:30", "10:00", "10:30"]),
    ],
)
def test_a_game_fits_where_a_court_is_free_all_the_time(lasts: int, taken: list[str]) -> None:
    """One of the hour from ten o'clock has the only court."""
    of = room(game("A-B", MONDAY, "10:00"), gameMinutes=lasts)
    free = of.places(length(of))
    assert starts(of, ~free) == taken
    assert starts(of, ~free, venue=1) == starts(of, ~free, date=1) == []


@pytest.mark.parametrize(("number", "taken"), [(1, []), (2, ["10:00"])])
def test_a_venue_is_full_when_all_its_courts_are_taken(number: int, taken: list[str]) -> None:
    games = [game(f"A-{x}", MONDAY, "10:00", "Hall", court=n) for n, x in enumerate("BC", 1)]
    of = room(*games[:number], slots=[{"days": WEEKDAYS, "starts": ["09:00", "10:00", "11:00"]}])
    assert starts(of, ~of.places(length(of)), venue=1) == taken


def test_games_one_after_another_take_one_court() -> None:
    """From nine to ten and from ten to eleven; at half past nine a new game would meet both."""
    games = [game("A-B", MONDAY, start, "Hall") for start in ("09:00", "10:00")]
    of = room(*games, game("C-D", MONDAY, "11:00", "Hall"))
    assert starts(of, ~of.places(length(of)), venue=1) == []


@pytest.mark.parametrize(
    ("minutes", "first", "last"),
    [(0, "09:30", "10:30"), (1, "09:00", "11:00"), (30, "09:00", "11:00"), (31, "08:30", "11:30")],
)
def test_a_start_is_near_a_game_where_the_time_between_is_too_short(
    minutes: int, first: str, last: str
) -> None:
    """The one game is from ten to eleven, and a new one lasts an hour as well."""
    of = room(game("A-B", MONDAY, "10:00"), game("A-C", TUESDAY, "10:00"))
    near = of.near(np.arange(1), length(of), minutes)
    wanted = [start for start in HALF_HOURS if first <= start <= last]
    assert starts(of, near == 1) == starts(of, near > 0) == wanted
    assert near.sum() == len(wanted)


def test_a_start_is_near_as_many_games_as_are_there() -> None:
    """From nine to ten and from ten to eleven: half past nine meets both."""
    of = room(*(game("A-B", MONDAY, start) for start in ("09:00", "10:00")))
    near = of.near(np.arange(2), length(of), 0)
    assert starts(of, near == 2) == ["09:30"]
    assert starts(of, near == 1) == ["08:30", "09:00", "10:00", "10:30"]


def test_no_time_is_so_long_that_a_game_is_near_the_next_date() -> None:
    of = room(game("A-B", TUESDAY, "10:00"))
    near = of.near(np.arange(1), length(of), 24 * 60)
    assert starts(of, near > 0, date=1) == HALF_HOURS
    assert near.sum() == len(HALF_HOURS)


def two_and_one(most: int, **rules: Any) -> Room:
    """A has two games on Monday and one on Wednesday, B one on Monday."""
    games = game("A-B", MONDAY), game("A-C", MONDAY, "10:00"), game("A-D", WEDNESDAY)
    return room(*games, rules={"doubleheaders": {"maxPerTeam": most}} | rules)


def test_games_are_held_by_their_teams_on_their_dates() -> None:
    assert two_and_one(1).held.tolist() == [
        [2, 0, 1, 0, 0, 0],
        [1, 0, 0, 0, 0, 0],
        [1, 0, 0, 0, 0, 0],
        [0, 0, 1, 0, 0, 0],
    ]


@pytest.mark.parametrize(
    ("most", "of_a", "of_b"),
    [(0, [1, 3, 4, 5], [1, 2, 3, 4, 5]), (2, [1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5])],
)
def test_a_date_holds_one_more_game_where_doubleheaders_leave_it(
    most: int, of_a: list[int], of_b: list[int]
) -> None:
    days = two_and_one(most).days
    assert (dates(days), dates(days, 1)) == (of_a, of_b)


@pytest.mark.parametrize(("most", "of_a", "of_b"), [(1, [0, 2], []), (2, [0], [])])
def test_dates_are_taken_that_hold_two_games_or_one_without_a_doubleheader_left(
    most: int, of_a: list[int], of_b: list[int]
) -> None:
    taken = two_and_one(most).taken
    assert (dates(taken), dates(taken, 1)) == (of_a, of_b)


@pytest.mark.parametrize(
    ("windows", "full"),
    [
        ([(2, 3)], []),  # nowhere three games in two dates
        ([(2, 2)], [0, 1]),  # Monday and Tuesday
        ([(3, 3)], [0, 1, 2]),  # Monday to Wednesday
        ([(2, 1)], [0, 1, 2, 3]),
        ([(2, 2), (1, 1)], [0, 1, 2]),
    ],
)
def test_dates_are_crowded_in_a_window_that_is_full(
    windows: list[tuple[int, int]], full: list[int]
) -> None:
    entries = [{"days": days, "games": games} for days, games in windows]
    of = two_and_one(2, maxGames=entries)
    assert dates(of.crowded) == full
    assert set(dates(of.days)) == set(range(6)) - {0, *full}


def test_games_fit_on_dates_that_both_teams_have_left() -> None:
    """Of C and D the one played on Monday and the other on Wednesday; none may play twice."""
    of = two_and_one(0)
    pair = pairs_of(of.instance, 0)[-1:]
    within = np.ones((len(of.instance.calendar.slot_date), 2), np.bool_)
    instance = replace(of.instance, venues=replace(of.instance.venues, open=within))
    fitting = of.fitting(candidates(instance, 0, pair))
    assert np.unique(of.instance.calendar.slot_date[fitting.slot]).tolist() == [1, 3, 4, 5]
