"""What a record begins with after an earlier attempt."""

import threading
from typing import Any

import pytest

from matchday_api.schedule import ScheduleFile, SolverStatus, Tiers
from matchday_solver.build import build
from matchday_solver.candidate import Proof, with_proof
from matchday_solver.clock import Clock
from matchday_solver.record import Record
from tests.solver.solving import Told, problem, schedule_of

OF = problem("ABCDEF")


def saved(bound: int, **solver: Any) -> ScheduleFile:
    """A schedule of an earlier attempt that costs 1,000, with a bound."""
    found = schedule_of(OF)
    cost = found.objective.model_copy(update={"total": 1000, "bound": bound})
    info = found.solver.model_copy(update=solver)
    return found.model_copy(update={"objective": cost, "solver": info})


def adopted(schedule: ScheduleFile, newly_proven: int) -> ScheduleFile:
    """The best schedule of a second attempt that has proven a bound."""
    record = Record(OF, build(OF), Told(), Clock(60, 0, threading.Event()), 2)
    record.adopt(schedule)
    record.prove_bound(newly_proven)
    assert record.best is not None
    return record.best


def test_a_bound_of_an_earlier_attempt_counts_beside_a_lower_one() -> None:
    assert adopted(saved(bound=900), newly_proven=100).objective.bound == 900


def test_a_higher_bound_replaces_that_of_an_earlier_attempt() -> None:
    assert adopted(saved(bound=100), newly_proven=900).objective.bound == 900


def test_a_bound_of_another_version_is_proven_anew() -> None:
    assert adopted(saved(bound=900, version="0.0.1"), newly_proven=100).objective.bound == 100


def test_the_attempt_that_ends_with_a_schedule_of_an_earlier_one_is_told() -> None:
    assert adopted(saved(bound=900, attempts=1), newly_proven=0).solver.attempts == 2


def with_missing(total: int = 0, changes: int | None = None) -> ScheduleFile:
    """A schedule that lacks two games."""
    found = schedule_of(OF)
    tiers = Tiers(missing=2, changes=changes)
    cost = found.objective.model_copy(update={"total": total, "tiers": tiers})
    return found.model_copy(update={"objective": cost})


@pytest.mark.parametrize(
    ("schedule", "proof"),
    [
        (with_missing(), Proof(missing=2)),
        (with_missing(changes=3), Proof(missing=2, changes=3)),
    ],
)
def test_the_fewest_missing_games_and_changes_are_optimal_where_they_cost_nothing(
    schedule: ScheduleFile, proof: Proof
) -> None:
    proven = with_proof(schedule, proof)
    assert proven.solver.status is SolverStatus.OPTIMAL
    assert (proven.objective.bound, proven.objective.gap) == (None, None)


@pytest.mark.parametrize(
    ("schedule", "proof"),
    [
        (with_missing(), Proof(missing=1)),
        (with_missing(changes=3), Proof(missing=2, changes=2)),
        (with_missing(total=10), Proof(missing=2)),
        (with_missing(total=10), Proof(missing=2, bound=10)),
    ],
)
def test_a_schedule_with_games_missing_is_not_optimal_where_it_may_be_better(
    schedule: ScheduleFile, proof: Proof
) -> None:
    assert with_proof(schedule, proof).solver.status is SolverStatus.FEASIBLE
