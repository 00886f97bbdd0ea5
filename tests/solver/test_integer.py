"""Bounds in whole numbers, and the listing of columns that they rest on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.duals import SCALE, gains, offer
from matchday_solver.bounds.entries import entries_of
from matchday_solver.bounds.enumeration import MOST_GAMES, Most, TooMany, columns_within
from matchday_solver.bounds.incumbent import Incumbent
from matchday_solver.bounds.integer import IntegerBounds
from matchday_solver.bounds.pricing import Proof
from matchday_solver.bounds.selection import Least, Selection
from matchday_solver.bounds.venue_days import VenueDays, venue_days
from matchday_solver.build import build
from tests.builders import division, game, only
from tests.solver.bounding import MANY, STEPS, knowing, one_home, optimum, proof_of, stopping
from tests.solver.solving import problem
from tests.solver.test_exact import complete
from tests.solver.tiny_leagues import tiny_leagues, valid


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
    found = columns_within(data, proof, distance * SCALE, Most(100_000), stopping())
    assert len(found) == len(set(found))
    wanted = [
        column
        for number in range(len(data.kinds))
        for column in every_column(data, number)
        if gain_of(data, proof, column) > proof.limits[number] - distance * SCALE
    ]
    assert set(found) == set(wanted)


@MANY
@given(tiny_leagues())
def test_a_proof_knows_what_the_best_column_of_each_kind_gains(document: dict[str, Any]) -> None:
    data, proof = proof_of(valid(document))
    assume(proof.is_exact)
    for number in range(len(data.kinds)):
        gains = [gain_of(data, proof, column) for column in every_column(data, number)]
        assert proof.limits[number] == max([0, *gains])


def every_column(data: VenueDays, number: int) -> Iterator[Column]:
    """All columns of a kind, by trying every set of pairs."""
    kind = data.kinds[number]
    pairs = np.flatnonzero(data.allowed(kind.venue) & (data.most > 0)).tolist()
    for size in range(1, min(kind.games, len(pairs)) + 1):
        for chosen in combinations(pairs, size):
            sides = Counter(
                [*data.first[list(chosen)].tolist(), *data.second[list(chosen)].tolist()]
            )
            turns = Counter(coach for pair in chosen for coach in data.coaches.of_pair(pair))
            often = (n == 1 or (n == 2 and data.doubles[team] > 0) for team, n in sides.items())
            if all(often) and max(turns.values(), default=0) <= kind.turns:
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
    apart = data.coaches.units(column.pairs, kind.links)
    return int(gain - owners - double - idle * offered.idle_cost - apart * offered.apart_cost)


@pytest.mark.parametrize("most", [Most(1), Most(STEPS, columns=1), Most(STEPS, dates=1)])
def test_a_listing_of_columns_that_comes_to_too_much_is_given_up(most: Most) -> None:
    data, proof = proof_of(one_home())
    with pytest.raises(TooMany):
        columns_within(data, proof, 10**6, most, stopping())


def test_columns_of_as_many_games_as_nobody_lists_are_not_listed() -> None:
    """Else the search goes deeper than Python does."""
    data, proof = proof_of(one_home())
    kind = replace(data.kinds[0], games=MOST_GAMES + 1)
    with pytest.raises(TooMany):
        columns_within(replace(data, kinds=(kind,)), proof, 10**6, Most(STEPS), stopping())


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


def test_whole_numbers_of_columns_prove_an_optimum_that_the_lp_does_not() -> None:
    integer = whole_numbers(three_clubs(), Incumbent())
    assert (integer.known, list(integer.improve(STEPS, stopping()))[-1]) == (400, 500)
    assert complete(three_clubs()).cost == 500


def test_a_proof_that_took_too_long_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    integer = whole_numbers(three_clubs(), Incumbent())
    with monkeypatch.context() as patched:
        patched.setattr(Selection, "bound", lambda *_: Least(410, is_final=False))
        assert list(integer.improve(STEPS, stopping())) == [410]
    assert list(integer.improve(STEPS, stopping()))[-1] == 500


def test_they_go_no_further_than_a_schedule_that_is_known() -> None:
    """What they prove is that none is cheaper, whatever the optimum is."""
    integer = whole_numbers(three_clubs(), knowing(450))
    assert list(integer.improve(STEPS, stopping()))[-1] == 450


def test_they_go_on_where_a_listing_was_too_long() -> None:
    integer = whole_numbers(three_clubs(), knowing(500))
    assert list(integer.improve(1, stopping())) == []
    assert list(integer.improve(STEPS, stopping()))[-1] == 500


def test_frozen_meetings_that_are_too_close_do_not_forbid_another() -> None:
    # No two dates are 100 apart: of three meetings two follow too soon, one of them frozen.
    earlier = (game("A-B", "2026-01-06"), game("B-A", "2026-01-07"))
    of = problem(
        "AB",
        divisions=[division(gamesPerTeam=3, maxMeetings=3)],
        preferences=only(rematchGap={"days": 100, "weight": 40}),
        earlier=EarlierSchedule(games=earlier, frozen_before="2026-01-20"),
    )
    data = venue_days(build(of))
    columns = [Column(kind, (0,)) for kind in range(len(data.kinds))]
    assert Selection(data, columns).bound(1000, stopping()).bound == complete(of).cost == 80
