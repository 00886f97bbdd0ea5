"""Pricing problems that are not solved to the end."""

import threading
import time

import numpy as np

from bench.families import Family, league
from matchday_solver.bounds.columns import ColumnSearch
from matchday_solver.bounds.duals import offer, price_scale, sign_correct, uniform
from matchday_solver.bounds.pricing import price_exactly
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import venue_days
from matchday_solver.build import build
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
