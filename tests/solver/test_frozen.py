"""Frozen games that the league of today would not have: they stay, and deny nothing."""

import threading
import time
from typing import Any

import pytest

from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.schedule import Game
from matchday_solver import bounds
from matchday_solver.build import build
from matchday_solver.choice.feasible import is_feasible
from matchday_solver.demand import Demand
from matchday_solver.outcome import Ending
from tests.builders import division, game
from tests.solver.bounding import Dear
from tests.solver.solving import problem, schedule_of, solved


def after(*games: Game) -> Problem:
    """Four teams of a club each that now play two games, after those games."""
    return problem(
        [{"name": name, "club": name} for name in "ABCD"],
        clubs=[{"name": name} for name in "ABCD"],
        divisions=[division(gamesPerTeam=2, maxMeetings=2)],
        earlier=EarlierSchedule(games=games, frozen_before="2026-01-20"),
    )


def three_of_a() -> Problem:
    """B, C and D need one game each, so one of them is left over."""
    return after(*(game(f"A-{x}", f"2026-01-0{n}") for n, x in enumerate("BCD", start=6)))


def test_a_bound_does_not_ask_for_the_game_that_is_left_over() -> None:
    cost = schedule_of(three_of_a()).objective.total
    instance = build(three_of_a())
    news = bounds.improve(instance, time.monotonic() + 30, threading.Event(), Dear(5000))
    assert max(bound for bound in news if isinstance(bound, int)) <= cost


def test_the_game_that_is_left_over_is_told_and_is_not_missing() -> None:
    schedule = schedule_of(three_of_a())
    assert len(schedule.games) == 4
    assert [entry.missing for entry in schedule.unplaced] == [1]
    assert schedule.objective.tiers.missing == 0


def test_games_beyond_the_number_do_not_stand_for_those_of_others() -> None:
    of = after(
        *(game(f"A-{x}", f"2026-01-0{n}") for n, x in enumerate("BCD", start=6)),
        game("A-B", "2026-01-09"),
    )
    outcome = solved(of)
    assert outcome.ending is Ending.SOLVED
    assert outcome.schedule is not None
    assert sorted(f"{g.home}{g.away}" for g in outcome.schedule.games)[-1] in ("CD", "DC")
    assert len(outcome.schedule.games) == build(of).games_total == 5


def nothing_but(**changed: Any) -> Problem:
    """A short season, of which the first week is frozen."""
    games, teams = changed.pop("games"), changed.pop("teams")
    return problem(
        teams,
        season={"start": "2026-01-05", "end": "2026-01-31"},
        earlier=EarlierSchedule(games=games, frozen_before="2026-01-12"),
        **changed,
    )


ONCE = (game("A-B", "2026-01-05"),)
TWICE = (game("A-B", "2026-01-05"), game("A-B", "2026-01-06"))
CLUB = [{"name": "A", "club": "K"}, {"name": "B", "club": "K"}, {"name": "C"}, {"name": "D"}]
HOMES = [{"name": "A", "homeVenue": "Gym"}, {"name": "B", "homeVenue": "Hall"}]
HALL_CLOSED = [
    {"name": "Gym", "courts": 2},
    {"name": "Hall", "courts": 1, "openDates": ["2026-01-05"], "closedDates": ["2026-01-05"]},
]
LIKE_TODAY = {
    "a pair that is forbidden since": nothing_but(
        teams="ABC",
        games=ONCE,
        divisions=[division(gamesPerTeam=2, maxMeetings=1)],
        forbiddenPairs=[["A", "B"]],
    ),
    "a pair that has met too often": nothing_but(
        teams="ABCD",
        games=(*TWICE, *(g.model_copy(update={"home": "C", "away": "D", "court": 2, "id": g.id * 2})
                         for g in TWICE)),
        divisions=[division(gamesPerTeam=4, maxMeetings=1)],
    ),
    "teams that are of one club since": nothing_but(
        teams=CLUB,
        games=ONCE,
        clubs=[{"name": "K"}],
        divisions=[division(gamesPerTeam=3, maxMeetings=1)],
    ),
    "games at one home only": nothing_but(
        teams=HOMES,
        games=TWICE,
        venues=HALL_CLOSED,
        divisions=[division(gamesPerTeam=2, maxMeetings=2, minMeetings=2, playAt="HomeVenue")],
    ),
    "a division that is called otherwise since": nothing_but(
        teams=[{"name": name, "division": "U13"} for name in "ABCD"],
        games=ONCE,
        divisions=[division("U13", gamesPerTeam=2)],
    ),
    "teams that are of two divisions since": nothing_but(
        teams=[
            *({"name": name} for name in "AC"),
            *({"name": name, "division": "V"} for name in "MNOPQB"),
        ],
        games=ONCE,
        divisions=[division(gamesPerTeam=2), division("V", gamesPerTeam=2)],
    ),
    "teams that are of two divisions since, of which one plays elsewhere": problem(
        [*({"name": name} for name in "ABCD"), *({"name": n, "division": "V"} for n in "MNOP")],
        season={"start": "2026-01-05", "end": "2026-01-06"},
        slots=[{"days": ["Mon", "Tue"], "starts": ["18:00"]}],
        divisions=[division(gamesPerTeam=1), division("V", gamesPerTeam=1, venueFeatures=["f"])],
        venues=[
            {"name": "Gym", "courts": 2},
            {"name": "Hall", "features": ["f"], "openDates": ["2026-01-06"]},
        ],
        earlier=EarlierSchedule(
            games=(
                game("A-M", "2026-01-05", "18:00"),
                game("B-N", "2026-01-05", "18:00", court=2),
            ),
            frozen_before="2026-01-06",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("of", LIKE_TODAY.values(), ids=LIKE_TODAY)
def test_the_league_is_completed_beside_frozen_games(of: Problem) -> None:
    schedule = schedule_of(of)
    assert schedule.validation.valid
    assert schedule.objective.tiers.missing == 0
    assert of.earlier is not None
    assert set(of.earlier.games) <= set(schedule.games)


@pytest.mark.parametrize("of", LIKE_TODAY.values(), ids=LIKE_TODAY)
def test_the_exact_model_takes_frozen_games_as_they_are(of: Problem) -> None:
    instance = build(of)
    assert is_feasible(instance, Demand.whole(instance), 60, 1) is True


def test_locked_home_games_of_one_division_do_not_refute_another_alone() -> None:
    of = problem(
        [*HOMES, *({"name": name, "division": "V"} for name in "WXYZ")],
        venues=[{"name": "Gym"}, {"name": "Hall"}],
        divisions=[
            division(gamesPerTeam=4, maxMeetings=4, playAt="HomeVenue"),
            division("V", gamesPerTeam=2),
        ],
        lockedGames=[
            {"home": "A", "away": "B", "date": f"2026-01-0{n}", "start": "09:00", "venue": "Gym"}
            for n in (5, 6)
        ],
    )
    instance = build(of)
    assert is_feasible(instance, Demand.alone(instance, 1), 60, 1) is True
