"""Proven bounds against optima, on random leagues with every rule and term."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st
from ortools.math_opt.python import mathopt

from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver import bounds
from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.counting import count
from matchday_solver.bounds.duals import (
    SCALE,
    Prices,
    gains,
    offer,
    price_scale,
    sign_correct,
    uniform,
)
from matchday_solver.bounds.entries import entries_of
from matchday_solver.bounds.enumeration import TooMany, columns_within
from matchday_solver.bounds.generate import Generation
from matchday_solver.bounds.incumbent import Incumbent
from matchday_solver.bounds.integer import IntegerBounds
from matchday_solver.bounds.pricing import Proof, prove
from matchday_solver.bounds.rounding import Rounding
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays, venue_days
from matchday_solver.bounds.whole_league import improve_whole
from matchday_solver.build import build
from matchday_solver.decode import to_games
from matchday_solver.exact.run import Budget
from matchday_solver.exact.whole import Found, Whole, solve_complete
from matchday_solver.instance import Instance
from tests.builders import division, only
from tests.solver.solving import problem, schedule_of
from tests.solver.test_exact import complete
from tests.solver.tiny_leagues import START, tiny_leagues, valid

MANY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
SECONDS = 10.0
STEPS = 200_000
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
    found = list(Generation(venue_days(build(of)), stopping(), -1).run())
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
    proof, _ = prove(data, sign_correct(data, prices), stopping())
    assert proof is not None
    assert proof.bound <= cost * SCALE


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
    assert list(Generation(data, stopping(), 0).run())[-1] == 800
    assert schedule_of(small).objective.total >= 800


def last_venue_day_bound(of: Problem) -> int:
    """What the venue-day relaxation comes to."""
    return list(Generation(venue_days(build(of)), stopping(), -1).run())[-1]


def test_the_venue_day_bound_counts_meetings_that_cannot_be_far_apart() -> None:
    # 55 dates have room for four meetings 14 dates apart, so six have two too close.
    division = {"name": "U12", "gamesPerTeam": 6, "maxMeetings": 6}
    close = only(rematchGap={"days": 14, "weight": 10})
    assert last_venue_day_bound(problem("AB", divisions=[division], preferences=close)) == 20


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


def proof_of(of: Problem) -> tuple[VenueDays, Proof]:
    """What the LP of the relaxation proves."""
    data = venue_days(build(of))
    generation = Generation(data, stopping(), -1)
    list(generation.run())
    if generation.proof is None:
        reject()
    return data, generation.proof


@MANY
@given(tiny_leagues())
def test_whole_numbers_of_columns_never_prove_more_than_the_optimum(
    document: dict[str, Any],
) -> None:
    of = valid(document)
    cost = optimum(of)
    for bound in whole_numbers(of, Incumbent()).improve(STEPS, stopping()):
        assert bound <= cost


@MANY
@given(tiny_leagues())
def test_nor_where_the_optimum_is_known(document: dict[str, Any]) -> None:
    of = valid(document)
    cost = optimum(of)
    for bound in whole_numbers(of, knowing(cost)).improve(STEPS, stopping()):
        assert bound <= cost


@MANY
@given(tiny_leagues(), st.integers(1, 400))
def test_every_column_that_lacks_less_is_found(document: dict[str, Any], distance: int) -> None:
    data, proof = proof_of(valid(document))
    found = columns_within(data, proof, distance * SCALE, 100_000, stopping())
    assert len(found) == len(set(found))
    wanted = [
        column
        for number in range(len(data.kinds))
        for column in every_column(data, number)
        if gain_of(data, proof, column) > proof.limits[number] - distance * SCALE
    ]
    assert set(found) == set(wanted)


def every_column(data: VenueDays, number: int) -> Iterator[Column]:
    """All columns of a kind, by trying every set of pairs."""
    kind = data.kinds[number]
    pairs = np.flatnonzero(data.allowed(kind.venue) & (data.most > 0)).tolist()
    for size in range(1, min(kind.games, len(pairs)) + 1):
        for chosen in combinations(pairs, size):
            sides = Counter(
                [*data.first[list(chosen)].tolist(), *data.second[list(chosen)].tolist()]
            )
            if all(n == 1 or (n == 2 and data.doubles[team] > 0) for team, n in sides.items()):
                yield Column(number, chosen)


def gain_of(data: VenueDays, proof: Proof, column: Column) -> int:
    """What a column gains at the proof's prices: its price in all rows less its cost."""
    entries = entries_of(data, column)[1]
    duals, kind = proof.duals, data.kinds[column.kind]
    offered = offer(data, duals, kind)
    gain = gains(data, duals, kind)[list(column.pairs)].sum()
    owners = sum(offered.club_cost[n] for row, n in entries if row == "club")
    double = sum(offered.double_cost[n] for row, n in entries if row == "double")
    idle = max(0, kind.starts - kind.cover * len(column.pairs))
    return int(gain - owners - double - idle * offered.idle_cost)


def test_a_search_for_columns_that_takes_too_many_steps_is_given_up() -> None:
    data, proof = proof_of(one_home())
    with pytest.raises(TooMany):
        columns_within(data, proof, 10**6, 1, stopping())


def three_clubs() -> Problem:
    """The LP proves 400 and the optimum is 500.

    A pair that meets brings two clubs, and two dates have room for what three games need: with one
    and a half dates for each team the LP splits a date, which no schedule can.
    """
    return problem(
        [{"name": f"T{n}", "club": f"C{n}"} for n in range(3)],
        clubs=[{"name": f"C{n}"} for n in range(3)],
        divisions=[{"name": "U12", "gamesPerTeam": 3, "maxMeetings": 2}],
        venues=[{"name": "Gym", "courts": 1}],
        rules={"doubleheaders": {"maxPerTeam": 8}},
        preferences=only(clubDays=100),
    )


def whole_numbers(of: Problem, incumbent: Incumbent) -> IntegerBounds:
    """Bounds in whole numbers from the LP's on."""
    data, proof = proof_of(of)
    return IntegerBounds(data, proof, -(-proof.bound // SCALE), incumbent)


def knowing(cost: int) -> Incumbent:
    """A schedule of such a cost is known."""
    incumbent = Incumbent()
    incumbent.take(Found(cost, ()))
    return incumbent


def test_whole_numbers_of_columns_prove_an_optimum_that_the_lp_does_not() -> None:
    integer = whole_numbers(three_clubs(), Incumbent())
    assert (integer.known, list(integer.improve(STEPS, stopping()))[-1]) == (400, 500)
    assert complete(three_clubs()).cost == 500


def test_they_go_no_further_than_a_schedule_that_is_known() -> None:
    """What they prove is that none is cheaper, whatever the optimum is."""
    integer = whole_numbers(three_clubs(), knowing(450))
    assert list(integer.improve(STEPS, stopping()))[-1] == 450


def test_they_go_on_where_a_listing_was_too_long() -> None:
    integer = whole_numbers(three_clubs(), knowing(500))
    assert list(integer.improve(1, stopping())) == []
    assert list(integer.improve(STEPS, stopping()))[-1] == 500


def test_a_bound_is_rounded_up_to_what_a_cost_can_be() -> None:
    weighed = build(problem("ABC", preferences=only(clubDays=30, region=20)))
    assert [Rounding(weighed).up(bound) for bound in (0, 1, 10, 11)] == [0, 10, 10, 20]
    windows = {"maxGames": [{"days": 2, "games": 1, "weight": 4}]}
    finer = build(problem("ABC", preferences=only(clubDays=30), rules=windows))
    assert Rounding(finer).up(11) == 12


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
