"""The league by dates: paths, what their steps cost, and what is proven of random leagues."""

import threading
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchday_api.problem import Problem
from matchday_solver.bounds.by_dates import ByDates
from matchday_solver.bounds.paths import price_of_rematches, price_of_windows, together
from matchday_solver.bounds.venue_days import venue_days
from matchday_solver.bounds.with_paths import improve_by_dates
from matchday_solver.build import build
from matchday_solver.exact.whole import Found
from matchday_solver.milp import Solved
from tests.builders import division, game, league, only, units
from tests.solver.bounding import ABOVE, assert_true, optimum, told_beside
from tests.solver.solving import problem
from tests.solver.test_exact import complete
from tests.solver.tiny_leagues import tiny_leagues, valid

FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
SECONDS = 60.0

SEASON = {"start": "2026-01-05", "end": "2026-01-18"}
WINDOWS = {
    "minGames": [{"days": 4, "games": 1, "weight": 3}],
    "maxGames": [{"days": 3, "games": 1, "weight": 5}],
}
REMATCHES = only(rematchGap={"days": 5, "weight": 7})
DATES = st.sets(st.integers(0, 13), min_size=1)


def solved(of: Problem) -> Solved | None:
    """The league by dates."""
    return ByDates(venue_days(build(of)), threading.Event()).solve(SECONDS, threading.Event())


@settings(max_examples=100, deadline=None)
@given(DATES)
def test_the_steps_of_a_path_cost_what_the_checker_counts(dates: set[int]) -> None:
    of = league("AB", season=SEASON, rules=WINDOWS, preferences=REMATCHES)
    instance = build(Problem(league=of))
    price = together(
        price_of_windows(instance), price_of_windows(instance), price_of_rematches(instance)
    )
    days = [game("A-B", f"2026-01-{5 + date:02d}") for date in sorted(dates)]
    terms = {term: units(term, of, *days) for term in ("minGames", "maxGames", "rematchGap")}
    cost = terms["minGames"] + terms["maxGames"] + 7 * terms["rematchGap"]
    assert sum(price(*step) for step in pairwise([-1, *sorted(dates), 14])) == cost


@FEW
@given(tiny_leagues())
def test_no_schedule_costs_less_than_the_league_by_dates(document: dict[str, Any]) -> None:
    of = valid(document)
    cost = optimum(of)
    found = solved(of)
    assert found is not None
    assert found.bound <= cost


@FEW
@given(tiny_leagues())
def test_what_it_tells_is_true(document: dict[str, Any]) -> None:
    assert_true(document, improve_by_dates)


def weighted(days: int, games: int, weight: int) -> dict[str, int]:
    """A soft window."""
    return {"days": days, "games": games, "weight": weight}


def pairs() -> Problem:
    """Two divisions of two teams of the same two clubs, which meet four times in four weeks."""
    records = [
        {"name": f"{club}{name}", "club": club, "division": name, "homeVenue": f"Gym {club}"}
        for name in ("U8", "U10")
        for club in "XY"
    ]
    return problem(
        records,
        season={"start": "2026-01-05", "end": "2026-02-01"},
        slots=[{"days": ["Mon", "Thu"], "starts": ["17:00", "18:00"]}],
        divisions=[division(name, gamesPerTeam=4) for name in ("U8", "U10")],
        clubs=[{"name": "X"}, {"name": "Y"}],
        venues=[{"name": "Gym X"}, {"name": "Gym Y"}],
        rules={
            "minGames": [{"days": 6, "games": 1, "weight": 30}],
            "maxGames": [
                {"days": 4, "games": 1, "weight": 40},
                {"days": 9, "games": 2, "weight": 9},
            ],
        },
        preferences=only(
            clubDays=100, homeVenue=60, homeAwayBalance=50, rematchGap={"days": 8, "weight": 40}
        ),
    )


def test_where_pairs_meet_often_it_comes_to_the_optimum() -> None:
    best = complete(pairs())
    assert best.cost == best.bound
    found = solved(pairs())
    assert found is not None
    assert found.bound == best.cost


def test_a_schedule_is_made_of_its_solution() -> None:
    best = complete(pairs()).cost
    assert best is not None
    news = told_beside(pairs(), best + ABOVE, improve_by_dates)
    assert [found.cost for found in news if isinstance(found, Found)] == [best]
