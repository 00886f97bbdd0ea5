"""The compact relaxation against optima and against the venue-day bound."""

import threading
import time
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.families import Family, league
from matchday_api.problem import Problem
from matchday_api.read import read_league
from matchday_solver.bounds import compact
from matchday_solver.bounds.compact import Compact, offers
from matchday_solver.bounds.compact.formulation import Formulation
from matchday_solver.bounds.compact.offers import Offers
from matchday_solver.bounds.compact.proof import Trial, prove
from matchday_solver.bounds.compact.sharing import shared
from matchday_solver.bounds.counting import count
from matchday_solver.bounds.duals import SCALE, sign_correct, uniform
from matchday_solver.bounds.generate import Generation
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays, venue_days
from matchday_solver.build import build
from matchday_solver.lp import solve_lp
from tests.builders import division, only
from tests.solver.bounding import MANY, cheapest, optimum, random_duals, stopping
from tests.solver.solving import problem
from tests.solver.test_bounds import frozen_at
from tests.solver.test_exact import complete
from tests.solver.tiny_leagues import START, tiny_leagues, valid


def bounds_of(data: VenueDays) -> list[int]:
    """All that the relaxation proves."""
    return list(Compact(data, stopping(60), -1).run())


def data_of(family: Family) -> VenueDays:
    """The relaxations' data of a league like the first user's."""
    return venue_days(build(Problem(league=read_league(league(family)))))


@MANY
@given(tiny_leagues(), st.booleans())
def test_the_bounds_grow_and_never_exceed_the_optimum(document: dict[str, Any], few: bool) -> None:
    of = valid(document)
    cost = optimum(of)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offers, "MOST", 0 if few else offers.MOST)
        patch.setattr(offers, "MORE", 1)
        found = bounds_of(venue_days(build(of)))
    assert found == sorted(set(found))
    assert all(bound <= cost for bound in found)


@MANY
@given(tiny_leagues(), st.integers(0, 1000))
def test_any_prices_and_shares_prove_a_bound(document: dict[str, Any], seed: int) -> None:
    of = valid(document)
    cost, data, rng = optimum(of), venue_days(build(of)), np.random.default_rng(seed)
    duals, kinds = random_duals(data, rng), len(data.kinds)
    shares = shared(data, duals, rng.exponential(30, (len(data.needed), kinds)))
    trial = Trial(duals, shares, np.zeros(kinds))
    proof = prove(data, trial, offers.all_offers(data), stopping())
    assert proof is not None
    assert proof.bound <= cost * SCALE


@MANY
@given(tiny_leagues())
def test_frozen_games_do_not_let_a_bound_exceed_the_optimum(document: dict[str, Any]) -> None:
    of = valid(document)
    repaired = frozen_at(of, complete(of), START + timedelta(days=2))
    cost = cheapest(repaired).bound
    assert all(bound <= cost for bound in bounds_of(venue_days(build(repaired))))


def test_it_comes_near_the_venue_day_bound() -> None:
    data = data_of(Family(40))
    *_, columns = Generation(data, stopping(60), -1).run()
    assert 0.97 * columns <= bounds_of(data)[-1] <= columns


def test_it_comes_there_from_few_games_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    data = data_of(Family(40))
    every = bounds_of(data)[-1]
    monkeypatch.setattr(offers, "MOST", 0)
    monkeypatch.setattr(offers, "MORE", 5)
    assert bounds_of(data)[-1] >= 0.99 * every


def test_it_proves_much_of_1000_teams() -> None:
    data = data_of(Family(1000))
    found = Compact(data, stopping(200), count(data)).run()
    assert any(bound > 1.2 * count(data) for bound in found)


def test_shares_of_a_clubs_teams_are_what_a_date_costs() -> None:
    teams = [{"name": name, "club": "Eagles"} for name in "AB"]
    of = problem(
        [*teams, "C", "D"],
        clubs=[{"name": "Eagles"}],
        rules={"doubleheaders": {"maxPerTeam": 0}},
        preferences=only(clubDays=100),
    )
    data = venue_days(build(of))
    duals = sign_correct(data, uniform(data, 0.0))
    for wanted in ((30.0, 10.0), (79.0, 26.0), (0.0, 0.0)):
        given = np.zeros((4, len(data.kinds)))
        given[:2] = np.array(wanted)[:, None]
        shares = shared(data, duals, given).of_team
        assert np.abs(shares[:2].sum(axis=0) - 100 * SCALE).max() <= 2
        assert not shares[2:].any()


def test_shares_keep_to_what_is_wanted() -> None:
    teams = [{"name": name, "club": "Eagles"} for name in "AB"]
    of = problem([*teams, "C"], clubs=[{"name": "Eagles"}], preferences=only(clubDays=100))
    data = venue_days(build(of))
    given = np.zeros((3, len(data.kinds)))
    given[:2] = [[60.0], [20.0]]
    shares = shared(data, sign_correct(data, uniform(data, 0.0)), given).of_team
    assert (shares[0] > 2 * shares[1]).all()


def test_what_shares_are_beyond_the_cost_of_a_date_is_told() -> None:
    teams = [{"name": name, "club": "Eagles"} for name in "AB"]
    weights = only(clubDays=100, doubleheaders=1000)
    of = problem([*teams, "C"], clubs=[{"name": "Eagles"}], preferences=weights)
    data = venue_days(build(of))
    given = np.zeros((3, len(data.kinds)))
    given[:, 0] = [500.0, 1.0, 7.0]
    shares = shared(data, sign_correct(data, uniform(data, 0.0)), given)
    assert (shares.of_team >= 0).all()
    assert shares.beyond.tolist() == [408 * SCALE] + [0] * (len(data.kinds) - 1)


def test_shares_that_are_too_much_are_scaled_down() -> None:
    teams = [{"name": name, "club": "Eagles"} for name in "AB"]
    of = problem([*teams, "C"], clubs=[{"name": "Eagles"}], preferences=only(clubDays=100))
    data = venue_days(build(of))
    given = np.zeros((3, len(data.kinds)))
    given[:, 0] = [500.0, 1.0, 7.0]
    shares = shared(data, sign_correct(data, uniform(data, 0.0)), given)
    assert (shares.of_team >= 0).all()
    assert shares.of_team.sum(axis=0).max() <= 100 * SCALE
    assert not shares.beyond.any()


def test_a_second_game_on_a_date_shares_no_more_than_it_costs() -> None:
    of = problem(
        [{"name": "A", "club": "Eagles"}, "B", "C"],
        clubs=[{"name": "Eagles"}],
        rules={"doubleheaders": {"maxPerTeam": 1}},
        preferences=only(clubDays=100, doubleheaders=80),
    )
    data = venue_days(build(of))
    given = np.zeros((3, len(data.kinds)))
    shares = shared(data, sign_correct(data, uniform(data, 0.0)), given)
    assert (shares.of_team[0] == 80 * SCALE).all()


def test_a_proof_is_what_follows_from_the_prices_by_hand() -> None:
    """At 20 for a team's game: 40 in all, less what the date gains, a game less an idle start."""
    of = problem(
        "AB",
        season={"start": "2026-01-05", "end": "2026-01-05"},
        slots=[{"days": ["Mon"], "starts": ["18:00", "19:00"]}],
        venues=[{"name": "Gym", "courts": 1}],
        divisions=[division(gamesPerTeam=1)],
        preferences=only(fullEvenings=10),
    )
    data = venue_days(build(of))
    duals = sign_correct(data, uniform(data, 20.0))
    trial = Trial(duals, shared(data, duals, np.zeros((2, 1))), np.zeros(1))
    proof = prove(data, trial, offers.all_offers(data), stopping())
    assert proof is not None
    assert proof.bound == 10 * SCALE


def test_what_is_told_to_stop_proves_nothing() -> None:
    stop = threading.Event()
    stop.set()
    data = data_of(Family(40))
    assert not list(Compact(data, Stopping(time.monotonic() + 60, stop), -1).run())


def test_a_programme_goes_on_from_one_of_fewer_games() -> None:
    data = data_of(Family(40))
    every = offers.all_offers(data)
    few, more = (Formulation(data, Offers(every.pair[::n], every.kind[::n])) for n in (3, 1))
    end = solve_lp(few.programme, 60.0, threading.Event(), 1e-3)
    assert end is not None
    begin = more.names.beginning(few.names, end)
    assert len(begin.values) == len(more.programme.cost)
    assert len(begin.duals) == len(more.programme.lower)
    assert more.programme.cost @ begin.values == pytest.approx(few.programme.cost @ end.values)
    assert np.isin(few.shares(end.duals), more.shares(begin.duals)).all()


def test_a_game_may_be_worth_a_doubleheader() -> None:
    """Three teams with two games on the one date that there is: 100 for each team."""
    of = problem(
        "ABC",
        season={"start": "2026-01-05", "end": "2026-01-05"},
        venues=[{"name": "Gym", "courts": 1}],
        divisions=[division(gamesPerTeam=2)],
        rules={"doubleheaders": {"maxPerTeam": 1}},
        preferences=only(doubleheaders=100),
    )
    assert bounds_of(venue_days(build(of)))[-1] == 300


def test_without_memory_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compact, "room", lambda: compact.OFFER_BYTES)
    assert not bounds_of(data_of(Family(40)))


def test_where_nobody_may_meet_nothing_is_proven() -> None:
    of = problem("AB", divisions=[division(gamesPerTeam=1)], forbiddenPairs=[["A", "B"]])
    assert not bounds_of(venue_days(build(of)))
