"""A stop ends also what would only begin to take long: models in the making, listings, offers."""

import threading
from collections.abc import Callable

import pytest
from ortools.sat.python import cp_model

from matchday_solver.bounds import composing
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.build import build
from matchday_solver.choice import rules
from matchday_solver.choice.feasible import Answer, decide
from matchday_solver.choice.fewest import any_schedule, fewest_missing, more_games
from matchday_solver.choice.table import fixed_rows
from matchday_solver.clock import Clock
from matchday_solver.demand import Demand
from matchday_solver.exact.run import Budget
from matchday_solver.exact.whole import UNKNOWN, solve_best_effort, solve_complete
from matchday_solver.outcome import Ending
from matchday_solver.record import Record
from matchday_solver.search import Search
from matchday_solver.solve import solve
from matchday_solver.starting import fresh
from tests.builders import division
from tests.solver.bounding import proof_of
from tests.solver.solving import BEST_EFFORT, Told, problem

BUDGET = Budget(60.0)
OF = problem("ABCDEF")


@pytest.fixture
def stop() -> threading.Event:
    """It is set."""
    event = threading.Event()
    event.set()
    return event


@pytest.mark.usefixtures("engine_is_not_called")
@pytest.mark.parametrize(
    ("ask", "nothing"),
    [
        (lambda i, stop: decide(i, Demand.whole(i), BUDGET, stop), Answer()),
        (lambda i, stop: fewest_missing(i, (0,), 9, BUDGET, stop, lambda _: None), None),
        (lambda i, stop: any_schedule(i, BUDGET, stop), Answer()),
        (lambda i, stop: solve_complete(i, BUDGET, stop), UNKNOWN),
        (lambda i, stop: solve_best_effort(i, BUDGET, stop), UNKNOWN),
    ],
)
def test_a_model_in_the_making(
    ask: Callable[..., object], nothing: object, stop: threading.Event
) -> None:
    assert ask(build(OF), stop) == nothing


@pytest.mark.usefixtures("engine_is_not_called")
@pytest.mark.parametrize(
    "ask",
    [
        lambda i, stop: fewest_missing(i, (0,), 9, BUDGET, stop, lambda _: None),
        lambda i, stop: more_games(i, fixed_rows(i), 0, BUDGET, stop),
    ],
)
def test_a_model_whose_last_rule_is_in_the_making(
    ask: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    monkeypatch.setattr(rules, "home_balance", lambda _: stop.set())
    assert ask(build(OF), stop) is None


@pytest.fixture
def engine_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model comes so far that it is solved."""
    monkeypatch.setattr(cp_model, "CpSolver", lambda: pytest.fail("a model was solved"))


def test_drawing_columns(stop: threading.Event) -> None:
    data, proof = proof_of(OF)
    assert list(composing._alike(data, proof, Stopping(float("inf"), stop))) == []


def offered(stop: threading.Event, steps: int) -> Record:
    """A record after the offer of a search that has tried so many steps."""
    instance, of = build(OF), OF.model_copy(update={"completeness": BEST_EFFORT})
    record = Record(of, instance, Told(), Clock(60, 0, stop), 1)
    start = fresh(instance, 0, complete=True)
    assert start is not None
    search = Search(instance, start, 0)
    search.settle(steps)
    record.offer(search, now=True)
    return record


def test_a_schedule_is_offered_where_games_are_placed(stop: threading.Event) -> None:
    assert offered(stop, steps=1000).best is not None


def test_none_is_offered_where_the_stop_came_before_the_first_game(stop: threading.Event) -> None:
    assert offered(stop, steps=0).best is None


@pytest.mark.parametrize("workers", [1, 2])
def test_a_solve_that_is_stopped_at_once_has_no_schedule(
    stop: threading.Event, workers: int
) -> None:
    of = OF.model_copy(update={"completeness": BEST_EFFORT, "workers": workers})
    outcome = solve(of, Told(), stop)
    assert (outcome.ending, outcome.schedule) == (Ending.INTERRUPTED, None)


def test_a_schedule_without_games_counts_where_none_can_be_played() -> None:
    shut = [{"name": "Gym", "openDates": []}]
    of = problem("AB", venues=shut, divisions=[division(gamesPerTeam=1)], completeness=BEST_EFFORT)
    outcome = solve(of, Told(), threading.Event())
    assert outcome.schedule is not None
    assert outcome.schedule.objective.tiers.missing == 1
