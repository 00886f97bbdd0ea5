"""The searches of a solve."""

import threading
import time

import pytest

from matchday_api.problem import Problem
from matchday_solver import starting
from matchday_solver.build import build
from matchday_solver.clock import Clock
from matchday_solver.crew import Crew
from matchday_solver.prover import Prover
from tests.builders import division
from tests.solver.solving import problem


def crew_of(of: Problem) -> Crew:
    """A crew with all games placed."""
    instance = build(of)
    start = starting.fresh(instance, of.seed, complete=True)
    assert start is not None
    crew = Crew(instance, start, of)
    while crew.settle():
        pass
    return crew


def test_one_worker_is_kept_for_bounds_until_it_joins() -> None:
    crew = crew_of(problem(workers=2))
    assert crew.has_room
    crew.join()
    assert not crew.has_room


@pytest.mark.parametrize("options", [{"workers": 1}, {"workers": 2, "repeatable": True}])
def test_no_search_joins_by_chance_where_a_solve_is_to_be_repeatable(
    options: dict[str, object],
) -> None:
    crew = crew_of(problem(**options))
    assert not crew.has_room


def test_a_prover_is_idle_once_nothing_more_is_to_be_proven() -> None:
    clock = Clock(60, 0, threading.Event())
    short = problem("ABCD", divisions=[division(gamesPerTeam=1)])
    with Prover(build(short), clock, thorough=True) as prover:
        deadline = time.monotonic() + 30
        while not prover.is_idle and time.monotonic() < deadline:
            threading.Event().wait(0.01)
        assert prover.is_idle
