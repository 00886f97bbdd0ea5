"""What tests of bounds share."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, reject, settings

from matchday_api.checker import check
from matchday_api.problem import Problem
from matchday_solver.bounds.duals import SCALE, Duals, Prices, price_scale, sign_correct, uniform
from matchday_solver.bounds.generate import Generation
from matchday_solver.bounds.incumbent import Incumbent
from matchday_solver.bounds.integer import IntegerBounds
from matchday_solver.bounds.pricing import Proof
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays, venue_days
from matchday_solver.build import build
from matchday_solver.decode import Placed, to_games
from matchday_solver.exact.whole import Found, Whole
from tests.builders import only
from tests.solver.solving import problem
from tests.solver.test_exact import complete
from tests.solver.tiny_leagues import valid

Improve = Callable[[VenueDays, IntegerBounds, Incumbent, Stopping], Iterator[int | Found]]
"""A method that proves bounds and finds schedules."""

MANY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
SECONDS = 10.0
ABOVE = 200
"""How much dearer than the optimum a schedule that is known is."""
STEPS = 200_000
"""Of a listing of columns: more than any takes here."""


def cheapest(of: Problem) -> Whole:
    """A complete schedule of the least cost; leagues that have none are not tried."""
    whole = complete(of)
    assume(whole.cost is not None and whole.cost == whole.bound)
    return whole


def optimum(of: Problem) -> int:
    """The least cost of a complete schedule; leagues that have none are not tried."""
    return cheapest(of).bound


def stopping(seconds: float = SECONDS) -> Stopping:
    """After so many seconds."""
    return Stopping(time.monotonic() + seconds, threading.Event())


def proof_of(of: Problem) -> tuple[VenueDays, Proof]:
    """What the LP of the relaxation proves."""
    data = venue_days(build(of))
    generation = Generation(data, stopping(), -1)
    list(generation.run())
    if generation.proof is None:
        reject()
    return data, generation.proof


def told_beside(of: Problem, cost: int, improve: Improve) -> list[int | Found]:
    """What is proven and found beside a schedule of a cost."""
    data, proof = proof_of(of)
    incumbent = knowing(cost)
    integer = IntegerBounds(data, proof, -(-proof.bound // SCALE), incumbent)
    return list(improve(data, integer, incumbent, stopping()))


def assert_true(document: dict[str, Any], improve: Improve) -> None:
    """What a method tells of a league beside a schedule that is dearer than it has to be.

    No bound is above the least cost, and schedules keep all rules and cost what is said.
    """
    of = valid(document)
    cost = optimum(of)
    # The checker is not told which game is left over.
    assume(not build(of).divisions.odd.any())
    for news in told_beside(of, cost + ABOVE, improve):
        if isinstance(news, int):
            assert news <= cost
        else:
            report = check(of.league, to_games(build(of), news.placed), ())
            assert (report.violations, report.total) == ((), news.cost)


def random_duals(data: VenueDays, rng: np.random.Generator) -> Duals:
    """Prices of no meaning."""
    like, spread = uniform(data, 0.0), price_scale(data) / 4
    return sign_correct(data, Prices(*(rng.normal(0, spread, x.shape) for x in like.parts())))


def one_home() -> Problem:
    """A hosts both of its games, B and C are away to A, and one of them is to the other as well:
    an imbalance of two teams, at 10 each.
    """
    teams = [{"name": "A", "homeVenue": "Gym"}, "B", "C"]
    division = {"name": "U12", "gamesPerTeam": 2, "maxMeetings": 1}
    return problem(teams, divisions=[division], preferences=only(homeAwayBalance=10))


@dataclass
class Dear:
    """A search far from the optimum."""

    preferences: int

    def placed(self) -> list[Placed]:
        """No games that are worth beginning with."""
        return []


def knowing(cost: int) -> Incumbent:
    """A schedule of such a cost is known."""
    incumbent = Incumbent()
    incumbent.take(Found(cost, ()))
    return incumbent
