"""Pricing problems that are not solved to the end."""

import threading
import time
from typing import Any

import numpy as np
import pytest

from bench.families import Family, league
from matchday_api.problem import Problem
from matchday_solver.bounds.columns import Column, ColumnSearch
from matchday_solver.bounds.duals import SCALE, offer, price_scale, sign_correct, uniform
from matchday_solver.bounds.entries import entries_of
from matchday_solver.bounds.pricing import price_exactly
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import venue_days
from matchday_solver.build import build
from tests.builders import division, only
from tests.solver.bounding import proof_of
from tests.solver.solving import problem
from tests.solver.test_exact import complete
from tests.solver.tiny_leagues import valid


def kims_league(teams: int, starts: list[str], rules: dict[str, Any], cost: int = 10) -> Problem:
    """Teams of Kim's in as many divisions of two, which have one game each, on one date."""
    divisions = [f"U{n}" for n in range(teams)]
    return problem(
        [
            {"name": f"{side}{n}", "division": name, "coaches": ["Kim"] if side == "A" else []}
            for n, name in enumerate(divisions)
            for side in "AB"
        ],
        season={"start": "2026-01-05", "end": "2026-01-05"},
        slots=[{"days": ["Mon"], "starts": starts}],
        divisions=[division(name, gamesPerTeam=1) for name in divisions],
        rules=rules,
        preferences=only(coachBackToBack=cost),
    )


def test_a_pricing_problem_that_is_cut_short_proves_no_less_than_a_column_gains() -> None:
    data, stop = venue_days(build(valid(league(Family(200))))), threading.Event()
    stop.set()
    number = int(np.argmax([kind.games for kind in data.kinds]))
    kind = data.kinds[number]
    offered = offer(data, sign_correct(data, uniform(data, price_scale(data) / 2)), kind)
    _, gain = ColumnSearch(data, kind, number, offered).search(0)
    cut = price_exactly(data, kind, offered, number, Stopping(time.monotonic(), stop))
    assert cut.limit >= gain > 0


@pytest.mark.parametrize(
    ("starts", "rules", "units"),
    [
        (["17:00", "18:00", "19:00"], {}, 0),
        (["17:00", "18:30", "20:00"], {}, 2),
        (["17:00", "18:00", "20:00"], {}, 1),
        (["17:00", "18:30", "20:00"], {"coachOneGameAtATime": False}, 2),
    ],
)
def test_a_column_has_the_games_of_a_coach_that_cannot_follow_each_other_at_once(
    starts: list[str], rules: dict[str, Any], units: int
) -> None:
    """Kim coaches a team in each of the three games of an hour on the only date."""
    of = kims_league(3, starts, rules)
    _, proof = proof_of(of)
    assert (proof.bound, complete(of).cost) == (units * 10 * SCALE, units * 10)


def kims_evening(names: str) -> Problem:
    """Kim coaches A and C; all play two games on the only date, at starts that do not follow."""
    return problem(
        [{"name": name, "coaches": ["Kim"] if name in "AC" else []} for name in names],
        season={"start": "2026-01-05", "end": "2026-01-05"},
        slots=[{"days": ["Mon"], "starts": ["17:00", "18:30", "20:00"]}],
        divisions=[division("U12", gamesPerTeam=2, maxMeetings=1)],
        venues=[{"name": "Gym", "courts": 1}],
        rules={"doubleheaders": {"maxPerTeam": 1, "minBreakMinutes": 0}},
        preferences=only(coachBackToBack=10),
    )


def test_a_further_game_of_a_coach_never_makes_a_column_cheaper() -> None:
    """A-D and C-E are apart; with A-C between them they are a row that costs nothing."""
    data = venue_days(build(kims_evening("ABCDEF")))
    teams = [(0, 3), (0, 2), (2, 4)]
    places = {pair: n for n, pair in enumerate(zip(data.first, data.second, strict=True))}
    with_it = Column(0, tuple(sorted(places[pair] for pair in teams)))
    without = Column(0, tuple(sorted(places[pair] for pair in (teams[0], teams[2]))))
    assert entries_of(data, with_it)[0] >= entries_of(data, without)[0]


def test_two_games_of_one_team_of_a_coach_are_skipped_in_a_column() -> None:
    """A and D, A and C, then C and D costs nothing, though all are apart."""
    of = kims_evening("ACD")
    _, proof = proof_of(of)
    assert (proof.bound, complete(of).cost) == (0, 0)


@pytest.mark.parametrize(("one_game", "most"), [(True, 2), (False, 4)])
def test_a_column_has_no_more_games_of_a_coach_than_follow_each_other(
    one_game: bool, most: int
) -> None:
    """Kim coaches the four teams that have a game; the two courts have two starts."""
    of = kims_league(4, ["17:00", "18:00"], {"coachOneGameAtATime": one_game}, cost=0)
    data = venue_days(build(of))
    offered = offer(data, sign_correct(data, uniform(data, price_scale(data))), data.kinds[0])
    searched, gain = ColumnSearch(data, data.kinds[0], 0, offered).search(0)
    ends = Stopping(time.monotonic() + 60, threading.Event())
    priced = price_exactly(data, data.kinds[0], offered, 0, ends)
    assert searched is not None
    assert priced.column is not None
    assert (len(searched.pairs), len(priced.column.pairs), priced.limit) == (most, most, gain)
