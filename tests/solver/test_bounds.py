"""Proven bounds against optima, on random leagues with every rule and term."""

import threading
import time
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from ortools.math_opt.python import mathopt

from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver import bounds
from matchday_solver.bounds.counting import count
from matchday_solver.bounds.duals import SCALE
from matchday_solver.bounds.generate import Generation
from matchday_solver.bounds.incumbent import Incumbent
from matchday_solver.bounds.pricing import prove
from matchday_solver.bounds.rounding import Rounding
from matchday_solver.bounds.venue_days import venue_days
from matchday_solver.bounds.whole_league import improve_whole
from matchday_solver.build import build
from matchday_solver.decode import to_games
from matchday_solver.exact.run import Budget
from matchday_solver.exact.whole import Whole, solve_complete
from matchday_solver.instance import Instance
from tests.builders import division, game, only
from tests.solver.bounding import (
    MANY,
    SECONDS,
    Dear,
    cheapest,
    one_home,
    optimum,
    random_duals,
    stopping,
)
from tests.solver.solving import problem, schedule_of
from tests.solver.test_exact import checked, complete
from tests.solver.tiny_leagues import START, tiny_leagues, valid

LONG = 120.0
"""For what ends by itself, long before that on an idle machine."""
SOON = 30.0
"""For random leagues: those that take longer are not tried."""


def all_bounds(instance: Instance, seconds: float = LONG) -> list[int]:
    """The bounds that `improve` gives until it ends by itself."""
    news = bounds.improve(instance, time.monotonic() + seconds, threading.Event())
    return [bound for bound in news if isinstance(bound, int)]


def bounds_soon(instance: Instance) -> list[int]:
    """The same for random leagues."""
    begun = time.monotonic()
    found = all_bounds(instance, SOON)
    assume(time.monotonic() - begun < SOON)
    return found


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
    found = list(Generation(venue_days(build(of)), stopping(), -1).run())
    assert found == sorted(set(found))
    assert all(bound <= cost for bound in found)


@MANY
@given(tiny_leagues(), st.integers(0, 1000))
def test_any_prices_prove_a_bound(document: dict[str, Any], seed: int) -> None:
    of = valid(document)
    cost, data = optimum(of), venue_days(build(of))
    duals = random_duals(data, np.random.default_rng(seed))
    proof, _ = prove(data, duals, stopping())
    assert proof is not None
    assert proof.bound <= cost * SCALE


@MANY
@given(tiny_leagues())
def test_no_relaxation_exceeds_the_optimum(document: dict[str, Any]) -> None:
    """Without the whole model at the end, which the optimum is told by."""
    of = valid(document)
    cost, instance = optimum(of), build(of)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "improve_whole", lambda *_: iter(()))
        assert all(bound <= cost for bound in all_bounds(instance, SOON))


@MANY
@given(tiny_leagues())
def test_the_last_bound_of_a_small_league_is_its_optimum(document: dict[str, Any]) -> None:
    of = valid(document)
    assert bounds_soon(build(of))[-1] == optimum(of)


@MANY
@given(tiny_leagues())
def test_frozen_games_do_not_let_a_bound_exceed_the_optimum(document: dict[str, Any]) -> None:
    of = valid(document)
    repaired = frozen_at(of, complete(of), START.replace(day=START.day + 2))
    whole, instance = cheapest(repaired), build(repaired)
    report, cost = checked(repaired, whole), whole.bound
    assert (report.violations, report.total) == ((), cost)
    assert count(venue_days(instance)) <= cost
    assert bounds_soon(instance)[-1] == cost


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


@pytest.mark.parametrize("of", [{"PACE": 0, "SMALL": 0}, {"room": lambda: bounds.PAIR_BYTES}])
def test_of_too_many_pairs_no_columns_are_made(
    of: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in of.items():
        monkeypatch.setattr(bounds, name, value)
    monkeypatch.setattr(bounds, "Generation", lambda *_: pytest.fail("they were"))
    instance = build(problem("ABC"))
    told = list(bounds.improve(instance, time.monotonic() + 60, threading.Event()))
    assert told[0] == bounds.bound(instance)


def test_where_nobody_may_meet_any_more_frozen_games_are_the_optimum() -> None:
    of = problem(
        "AB",
        divisions=[division(gamesPerTeam=2)],
        forbiddenPairs=[["A", "B"]],
        preferences=only(rematchGap={"days": 14, "weight": 40}),
        earlier=EarlierSchedule(
            games=(game("A-B"), game("B-A", day="2026-01-12")), frozen_before=date(2026, 2, 1)
        ),
    )
    *_, last = all_bounds(build(of))
    assert last == 40


def test_where_the_relaxation_says_little_no_schedules_are_made_of_its_columns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounds, "compose", lambda *_: pytest.fail("it was tried"))
    soft = {"minGames": [{"days": 7, "games": 1, "weight": 30}]}
    of = problem("AB", divisions=[division(gamesPerTeam=1)], rules=soft, preferences=only())
    news = bounds.improve(build(of), time.monotonic() + 60, threading.Event(), Dear(100_000))
    assert max(bound for bound in news if isinstance(bound, int)) == complete(of).cost


def test_a_large_league_is_not_built_as_one_model() -> None:
    instance = build(problem([f"T{n}" for n in range(40)]))
    assert list(improve_whole(instance, stopping(), 0, Incumbent())) == []


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
    assert list(Generation(data, stopping(), 0).run())[-1] == count(data) == 800
    assert schedule_of(small).objective.total >= 800


def last_venue_day_bound(of: Problem) -> int:
    """What the venue-day relaxation comes to."""
    return list(Generation(venue_days(build(of)), stopping(), -1).run())[-1]


def test_the_venue_day_bound_counts_meetings_that_cannot_be_far_apart() -> None:
    # 55 dates have room for four meetings 14 dates apart, so six have two too close.
    division = {"name": "U12", "gamesPerTeam": 6, "maxMeetings": 6}
    close = only(rematchGap={"days": 14, "weight": 10})
    assert last_venue_day_bound(problem("AB", divisions=[division], preferences=close)) == 20


def test_windows_that_few_games_cannot_fill_count() -> None:
    """A game is in seven windows of a week; all others lack one, for each of two teams."""
    soft = {"minGames": [{"days": 7, "games": 1, "weight": 30}]}
    of = problem("AB", divisions=[division(gamesPerTeam=1)], rules=soft, preferences=only())
    days = (of.league.season.end - of.league.season.start).days + 1
    least = 2 * 30 * (days - 6 - 7)
    assert least > 0
    assert count(venue_days(build(of))) == least == complete(of).cost


def test_a_game_that_only_fills_a_start_counts_although_it_gains_nothing() -> None:
    # Three dates with two starts for A and B, and one game of C and D that fills one of them: two
    # dates have an idle start.
    divisions = [division("U12", gamesPerTeam=3), division("U14", gamesPerTeam=1, maxMeetings=1)]
    teams = [{"name": "A"}, {"name": "B"}, *({"name": n, "division": "U14"} for n in "CD")]
    of = problem(
        teams,
        divisions=divisions,
        season={"start": "2026-01-05", "end": "2026-01-07"},
        slots=[{"days": ["Mon", "Tue", "Wed"], "starts": ["18:00", "19:00"]}],
        venues=[{"name": "Gym", "courts": 1}],
        rules={"doubleheaders": {"maxPerTeam": 0}},
        preferences=only(fullEvenings=100),
    )
    assert (last_venue_day_bound(of), complete(of).cost) == (200, 200)


def test_a_bound_is_rounded_up_to_what_a_cost_can_be() -> None:
    weighed = build(problem("ABC", preferences=only(clubDays=30, region=20)))
    assert [Rounding(weighed).up(bound) for bound in (0, 1, 10, 11)] == [0, 10, 10, 20]
    windows = {"maxGames": [{"days": 2, "games": 1, "weight": 4}]}
    finer = build(problem("ABC", preferences=only(clubDays=30), rules=windows))
    assert Rounding(finer).up(11) == 12


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
