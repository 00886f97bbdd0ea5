"""One subgradient step at a time, by hand."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from matchday_solver.bounds.ascent import stepped
from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.duals import sign_correct, uniform
from matchday_solver.bounds.venue_days import VenueDays, venue_days
from matchday_solver.build import build
from tests.builders import division, only
from tests.solver.repairing import EVENING, MONDAY, TUESDAY
from tests.solver.solving import problem

MEETING = Column(0, (0,))
"""A and B meet on both dates, which are of one kind."""


def two_evenings(games: int = 2, **changed: Any) -> VenueDays:
    """A and B, of a club each, can meet on Monday and on Tuesday, which is far enough apart."""
    weights = {"clubDays": 100, "rematchGap": {"days": 1, "weight": 0}}
    fields = {
        "season": {"start": MONDAY, "end": TUESDAY},
        "slots": EVENING,
        "divisions": [division(gamesPerTeam=games, maxMeetings=games)],
        "clubs": [{"name": "K"}, {"name": "L"}],
        "venues": [{"name": "Gym"}],
        "preferences": only(**weights | changed.pop("preferences", {})),
    }
    home = {"homeVenue": "Gym"} if changed.pop("at_home", False) else {}
    teams = [{"name": "A", "club": "K"} | home, {"name": "B", "club": "L"}]
    return venue_days(build(problem(teams, **fields | changed)))


def step(
    data: VenueDays, columns: list[Column], distance: float, **prices: Any
) -> dict[str, list[float]]:
    """Prices that are not all 0 after a step from those given, the others being 0."""
    here = uniform(data, 0.0)
    given = {
        name: np.broadcast_to(np.array(price, float), getattr(here, name).shape)
        for name, price in prices.items()
    }
    there = stepped(data, sign_correct(data, replace(here, **given)), columns, distance)
    parts = {field.name: getattr(there, field.name).ravel().tolist() for field in fields(there)}
    return {name: part for name, part in parts.items() if any(part)}


def test_prices_stay_where_the_columns_use_what_is_asked_for() -> None:
    """Two games of each team, and two dates of each club."""
    assert step(two_evenings(), [MEETING], 8, team=4) == {"team": [4, 4]}


def test_prices_rise_with_what_is_lacking_and_the_distance_over_its_square() -> None:
    """Each team lacks two games and each club two dates: the square is 16, and half of 2 is 1."""
    assert step(two_evenings(), [], 8) == {"team": [1, 1], "club": [1, 1]}
    assert step(two_evenings(), [], 16, team=3) == {"team": [5, 5], "club": [2, 2]}


def test_prices_that_can_go_no_further_do_not_shorten_the_step() -> None:
    """Dates of clubs that cost nothing, or are at their cost: the square is that of the teams, 8.
    Two teams with a game too many have no price to fall."""
    for free in (two_evenings(preferences={"clubDays": 0}), two_evenings(preferences={})):
        found = step(free, [], 8, club=free.club_cost[0])
        assert found["team"] == [2, 2]
    found = step(two_evenings(games=1), [MEETING], 3, club=50)
    assert found == {"pair": [-1], "club": [49, 49]}


def test_prices_fall_with_what_is_too_much() -> None:
    """A meeting on both dates is one too many for the teams, the pair and the clubs."""
    found = step(two_evenings(games=1), [MEETING], 5, team=4, club=50)
    assert found == {"team": [3, 3], "pair": [-1], "club": [49, 49]}


@pytest.mark.parametrize(
    ("changed", "price", "risen"),
    [
        ({}, 0, 0),  # nobody asks for a meeting
        ({}, -20, 2),  # but the price of too many falls
        ({"rivals": [["A", "B"]]}, 0, 1),
        ({"rivals": [["A", "B"]]}, 20, 1),
        ({"divisions": [division(gamesPerTeam=2, maxMeetings=2, minMeetings=2)]}, 0, 2),
    ],
)
def test_a_meeting_that_is_lacking_is_priced_where_one_is_wanted(
    changed: dict[str, Any], price: int, risen: int
) -> None:
    """Beside the two games and dates that are lacking, at a step of once the slopes."""
    data = two_evenings(preferences={"rivals": 80}, **changed)
    found = step(data, [], 16 + risen**2, pair=price)
    assert found.pop("pair", [0]) == [price + risen]
    assert found == {"team": [2, 2], "club": [2, 2]}


@pytest.mark.parametrize(("price", "after"), [(20, {"pair": [19]}), (0, {})])
def test_the_price_of_a_meeting_falls_where_rivals_meet_once_more(
    price: int, after: dict[str, list[float]]
) -> None:
    """They may meet twice, though once is all that is wanted; at 0 it stays."""
    data = two_evenings(preferences={"rivals": 80}, rivals=[["A", "B"]])
    assert step(data, [MEETING], 1, pair=price) == after


@pytest.mark.parametrize(
    ("changed", "fallen"),
    [
        ({"rules": {"maxGames": [{"days": 2, "games": 1}]}}, {"days": [-1, -1]}),
        ({"preferences": {"rematchGap": {"days": 2, "weight": 40}}}, {"rematch": [-1]}),
    ],
)
def test_games_too_many_for_the_dates_cost(
    changed: dict[str, Any], fallen: dict[str, list[float]]
) -> None:
    """One of two in a window of one, or of two meetings that are too close."""
    distance = float(sum(map(len, fallen.values())))
    assert step(two_evenings(**changed), [MEETING], distance) == fallen
    assert step(two_evenings(**changed), [], 16) == {"team": [2, 2], "club": [2, 2]}


def balanced(at_home: bool = False) -> VenueDays:
    """With 50 for a game at home too many."""
    return two_evenings(at_home=at_home, preferences={"homeAwayBalance": 50})


@pytest.mark.parametrize(
    ("at_home", "before", "after"),
    [
        (False, [0, 0], [-2, 2]),  # either may host, and A does
        (False, [-2, 2], [0, 0]),  # B hosts, whose price is better
        (True, [-2, 2], [-4, 4]),  # at home A must
    ],
)
def test_the_price_of_hosting_falls_for_who_hosts(
    at_home: bool, before: list[float], after: list[float]
) -> None:
    """Twice at home is two more than away: the square is 8."""
    found = step(balanced(at_home), [MEETING], 8, lead=before)
    assert found == ({"lead": after} if any(after) else {})


@pytest.mark.parametrize(("price", "after"), [(25, 25), (30, 28)])
def test_a_surplus_is_worth_its_cost_beyond_half_of_it(price: int, after: int) -> None:
    """Two games at home too few cost A 50, at 25 for each."""
    slopes = 24 if after < price else 16
    assert step(balanced(), [], slopes, lead=[price, -price]) == {
        "team": [2, 2], "club": [2, 2], "lead": [after, -after]
    }  # fmt: skip
