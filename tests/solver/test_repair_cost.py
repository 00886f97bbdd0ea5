"""What a new game costs beside games that stay, by hand."""

from typing import Any

import pytest

from matchday_api.schedule import Game
from matchday_solver.build import build, known_games
from matchday_solver.names import Names
from matchday_solver.repair.cost import row_costs
from matchday_solver.repair.stay import earlier_rows
from tests.builders import game, only
from tests.solver.repairing import MONDAY, TUESDAY, problem, small

TEAMS: list[dict[str, Any]] = [
    {"name": "A", "club": "K", "tier": 1, "region": "East", "homeVenue": "Gym"},
    {"name": "B", "club": "L", "tier": 2, "region": "West"},
    {"name": "C", "club": "K", "tier": 2, "region": "East"},
    {"name": "D"},
]


def new_game(pair: str, day: str, venue: str) -> Game:
    """Another game of an evening."""
    return game(pair, day, "19:00", venue)


def costs(staying: list[Game], *new: Game, **rules: Any) -> list[int]:
    """What each of the new games costs, of the terms that `row_costs` is about."""
    of = small(
        TEAMS,
        clubs=[{"name": "K"}, {"name": "L"}],
        rules=rules,
        slots=[{"days": ["Mon", "Tue"], "starts": ["18:00", "19:00"]}],
        venues=[{"name": "Gym"}, {"name": "Hall", "region": "North"}, {"name": "Arena"}],
        preferences=only(clubDays=100, tierMatch=70, homeVenue=60, region=30, rivals=500),
    )
    wanted = problem(of, staying)
    instance, names = build(wanted), Names(wanted)
    there, rows = (earlier_rows(instance, known_games(names, games)) for games in (staying, new))
    assert len(there) == len(staying)
    found: list[int] = row_costs(instance, rows, there).tolist()
    return found


@pytest.mark.parametrize(
    ("pair", "venue", "cost"),
    [
        ("A-B", "Gym", 70 + 30),  # two tiers and two regions, at the home of A
        ("A-B", "Arena", 70 + 30 + 60),
        ("A-B", "Hall", 70 + 30 + 60 + 30),  # and in a third region
        ("B-C", "Arena", 30),  # one tier, and nobody has a home
        ("C-D", "Hall", 30),
        ("C-D", "Arena", 0),
    ],
)
def test_a_new_game_costs_what_its_opponents_and_its_venue_do(
    pair: str, venue: str, cost: int
) -> None:
    """Beside a date for each club of the two."""
    clubs = {"A": 100, "B": 100, "C": 100, "D": 0}
    (found,) = costs([], new_game(pair, MONDAY, venue))
    assert found == cost + sum(clubs[name] for name in pair.split("-"))


@pytest.mark.parametrize(
    ("day", "venue", "cost"),
    [(MONDAY, "Arena", 0), (TUESDAY, "Arena", 100), (MONDAY, "Gym", 100), (MONDAY, "Hall", 130)],
)
@pytest.mark.parametrize("pair", ["C-D", "D-C"])
def test_a_club_that_is_there_anyway_has_no_further_date(
    pair: str, day: str, venue: str, cost: int
) -> None:
    """A of the same club plays in the arena on Monday; the hall is in a third region."""
    for staying in ("A-D", "D-A"):
        there = game(staying, MONDAY, "18:00", "Arena")
        assert costs([there], new_game(pair, day, venue)) == [cost]


def test_each_of_several_new_games_costs_by_itself() -> None:
    """Both bring the club of C to the arena on Tuesday: for each it is a further date."""
    games = [new_game("C-D", TUESDAY, "Arena"), game("C-D", TUESDAY, "18:00", "Arena")]
    alone = new_game("D-B", TUESDAY, "Arena")
    assert costs([], *games, alone) == [100, 100, 100]


def test_two_teams_of_a_club_are_there_on_one_day_of_it() -> None:
    """Beside their different tiers."""
    found = costs([], new_game("A-C", MONDAY, "Arena"), sameClubMeets=True)
    assert found == [100 + 70 + 60]
