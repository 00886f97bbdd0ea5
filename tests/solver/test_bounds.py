"""Proven bounds against optima, on random leagues with every rule and term."""

import threading
import time
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ortools.math_opt.python import mathopt

from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver import bounds
from matchday_solver.bounds.counting import count
from matchday_solver.bounds.duals import SCALE, Prices, price_scale, sign_correct, uniform
from matchday_solver.bounds.generate import improve_venue_days
from matchday_solver.bounds.pricing import proven
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import venue_days
from matchday_solver.bounds.whole_league import improve_whole
from matchday_solver.build import build
from matchday_solver.decode import to_games
from matchday_solver.exact.run import Budget
from matchday_solver.exact.whole import Whole, solve_complete
from matchday_solver.instance import Instance
from tests.solver.solving import problem, schedule_of
from tests.solver.test_exact import complete, valid
from tests.solver.tiny_leagues import START, tiny_leagues

MANY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
SECONDS = 10.0
LONG = 120.0
"""For what ends by itself, long before that on an idle machine."""


def optimum(of: Problem) -> int:
    """The least cost of a complete schedule; leagues that have none are not tried."""
    whole = complete(of)
    assume(whole.cost is not None and whole.cost == whole.bound)
    assert whole.cost is not None
    return whole.cost


def stopping(seconds: float = SECONDS) -> Stopping:
    """After so many seconds."""
    return Stopping(time.monotonic() + seconds, threading.Event())


def all_bounds(instance: Instance) -> list[int]:
    """The bounds that `improve` gives until it ends by itself."""
    news = bounds.improve(instance, time.monotonic() + LONG, threading.Event())
    return [bound for bound in news if isinstance(bound, int)]


@MANY
@given(tiny_leagues())
def test_counting_never_exceeds_the_optimum(document: dict[str, Any]) -> None:
    of = valid(document)
    assert count(venue_days(build(of))) <= optimum(of)


@MANY
@given(tiny_leagues())
def test_the_venue_day_bounds_grow_and_never_exceed_the_optimum(document: dict[str, Any]) -> None:
    of = valid(document)
    cost = optimum(of)
    found = list(improve_venue_days(venue_days(build(of)), stopping(), -1))
    assert found == sorted(set(found))
    assert all(bound <= cost for bound in found)


@MANY
@given(tiny_leagues(), st.integers(0, 1000))
def test_any_prices_prove_a_bound(document: dict[str, Any], seed: int) -> None:
    of = valid(document)
    cost, data = optimum(of), venue_days(build(of))
    rng = np.random.default_rng(seed)
    like = uniform(data, 0.0)
    prices = Prices(*(rng.normal(0, price_scale(data) / 4, part.shape) for part in like.parts()))
    bound, _ = proven(data, sign_correct(data, prices), stopping())
    assert bound is not None
    assert bound <= cost * SCALE


@MANY
@given(tiny_leagues())
def test_the_last_bound_of_a_small_league_is_its_optimum(document: dict[str, Any]) -> None:
    of = valid(document)
    assert all_bounds(build(of))[-1] == optimum(of)


@MANY
@given(tiny_leagues())
def test_frozen_games_do_not_let_a_bound_exceed_the_optimum(document: dict[str, Any]) -> None:
    of = valid(document)
    repaired = frozen_at(of, complete(of), START.replace(day=START.day + 2))
    cost = optimum(repaired)
    instance = build(repaired)
    assert count(venue_days(instance)) <= cost
    assert all_bounds(instance)[-1] == cost


def frozen_at(of: Problem, whole: Whole, day: date) -> Problem:
    """The problem of keeping an optimum's games before a date."""
    assume(whole.placed is not None)
    assert whole.placed is not None
    games = to_games(build(of), whole.placed)
    return of.model_copy(update={"earlier": EarlierSchedule(games=games, frozen_before=day)})


def test_a_bound_that_is_told_to_stop_ends() -> None:
    stop = threading.Event()
    stop.set()
    instance = build(problem("ABCDEFGH"))
    assert len(list(bounds.improve(instance, time.monotonic() + 60, stop))) == 1


def test_a_large_league_is_not_built_as_one_model() -> None:
    instance = build(problem([f"T{n}" for n in range(40)]))
    assert list(improve_whole(instance, stopping(), 0)) == []


def test_the_venue_day_bound_counts_dates_of_clubs_that_cannot_fill_them() -> None:
    teams = [{"name": f"{club}{n}", "club": club} for club in "AB" for n in range(2)]
    small = problem(
        teams,
        clubs=[{"name": "A"}, {"name": "B"}],
        divisions=[{"name": "U12", "gamesPerTeam": 4, "maxMeetings": 2}],
        venues=[{"name": "Gym", "courts": 1}],
        preferences={"fullEvenings": 0},
    )
    data = venue_days(build(small))
    assert list(improve_venue_days(data, stopping(), 0))[-1] == 800
    assert schedule_of(small).objective.total >= 800


def last_venue_day_bound(of: Problem) -> int:
    """What the venue-day relaxation comes to."""
    return list(improve_venue_days(venue_days(build(of)), stopping(), -1))[-1]


def only(**preferences: Any) -> dict[str, Any]:
    """Preferences of which only some are on."""
    terms = ["clubDays", "coachBackToBack", "doubleheaders", "rivals", "tierMatch", "homeVenue",
             "region", "homeAwayBalance", "fullEvenings"]  # fmt: skip
    return dict.fromkeys(terms, 0) | {"rematchGap": {"days": 14, "weight": 0}} | preferences


def test_the_venue_day_bound_counts_meetings_that_cannot_be_far_apart() -> None:
    # 55 dates have room for four meetings 14 dates apart, so six have two too close.
    division = {"name": "U12", "gamesPerTeam": 6, "maxMeetings": 6}
    close = only(rematchGap={"days": 14, "weight": 10})
    assert last_venue_day_bound(problem("AB", divisions=[division], preferences=close)) == 20


def one_home() -> Problem:
    """A hosts both of its games, B and C are away to A, and one of them is to the other as well:
    an imbalance of two teams, at 10 each.
    """
    teams = [{"name": "A", "homeVenue": "Gym"}, "B", "C"]
    division = {"name": "U12", "gamesPerTeam": 2, "maxMeetings": 1}
    return problem(teams, divisions=[division], preferences=only(homeAwayBalance=10))


def test_the_venue_day_bound_shares_out_who_hosts() -> None:
    assert last_venue_day_bound(one_home()) == complete(one_home()).cost == 20


def test_an_lp_that_breaks_is_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    solve = mathopt.IncrementalSolver.solve
    broken: list[Any] = []

    def breaks_at_first(solver: Any, **options: Any) -> Any:
        if not broken:
            broken.append(solver)
            raise AttributeError("canonical_code")
        return solve(solver, **options)

    monkeypatch.setattr(mathopt.IncrementalSolver, "solve", breaks_at_first)
    assert last_venue_day_bound(one_home()) == 20


def test_the_optimum_ends_the_bounds_of_a_small_league_early() -> None:
    small = build(problem("ABC", divisions=[{"name": "U12", "gamesPerTeam": 2}]))
    solved = solve_complete(small, Budget(SECONDS), threading.Event())
    assert all_bounds(small)[-1] == solved.cost
