"""Pricing problems that are not solved to the end."""

import threading
import time

import numpy as np
import pytest

from bench.families import Family, league
from matchday_solver.bounds.columns import ColumnSearch
from matchday_solver.bounds.duals import offer, price_scale, sign_correct, uniform
from matchday_solver.bounds.pricing import price_exactly
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import venue_days
from matchday_solver.build import build
from tests.builders import division
from tests.solver.solving import problem
from tests.solver.tiny_leagues import valid


def test_a_pricing_problem_that_is_cut_short_proves_no_less_than_a_column_gains() -> None:
    data, stop = venue_days(build(valid(league(Family(200))))), threading.Event()
    stop.set()
    number = int(np.argmax([kind.games for kind in data.kinds]))
    kind = data.kinds[number]
    offered = offer(data, sign_correct(data, uniform(data, price_scale(data) / 2)), kind)
    _, gain = ColumnSearch(data, kind, number, offered).search(0)
    cut = price_exactly(data, kind, offered, number, Stopping(time.monotonic(), stop))
    assert cut.limit >= gain > 0


@pytest.mark.parametrize(("one_game", "most"), [(True, 2), (False, 4)])
def test_a_column_has_no_more_games_of_a_coach_than_follow_each_other(
    one_game: bool, most: int
) -> None:
    """Kim coaches the four teams that have a game; the two courts have two starts."""
    divisions = [f"U{n}" for n in range(4)]
    of = problem(
        [
            {"name": f"{side}{n}", "division": name, "coaches": ["Kim"] if side == "A" else []}
            for n, name in enumerate(divisions)
            for side in "AB"
        ],
        season={"start": "2026-01-05", "end": "2026-01-05"},
        slots=[{"days": ["Mon"], "starts": ["17:00", "18:00"]}],
        divisions=[division(name, gamesPerTeam=1) for name in divisions],
        rules={"coachOneGameAtATime": one_game},
    )
    data = venue_days(build(of))
    offered = offer(data, sign_correct(data, uniform(data, price_scale(data))), data.kinds[0])
    searched, gain = ColumnSearch(data, data.kinds[0], 0, offered).search(0)
    ends = Stopping(time.monotonic() + 60, threading.Event())
    priced = price_exactly(data, data.kinds[0], offered, 0, ends)
    assert searched is not None
    assert priced.column is not None
    assert (len(searched.pairs), len(priced.column.pairs), priced.limit) == (most, most, gain)
