"""Solves that go on from a schedule that an earlier attempt has left."""

import time

from matchday_api.problem import Problem
from tests.solver.solving import Told, problem, repair_of, schedule_of, solved


def beside_a_closed_date() -> Problem:
    """The repair of a schedule whose first game is on a date on which the gym is closed by now."""
    earlier = schedule_of(problem("ABCDEF"))
    closed = [{"name": "Gym", "courts": 1, "closedDates": [f"{earlier.games[0].date}"]}]
    return repair_of(problem("ABCDEF", venues=closed), earlier)


def test_seconds_of_earlier_attempts_count() -> None:
    told = Told()
    begun = time.monotonic()
    solved(problem("ABCD", time_limit_seconds=600), told, elapsed=599.8, attempt=2)
    assert time.monotonic() - begun < 60
    assert told.steps[-1].attempt == 2
    assert told.steps[-1].elapsed_seconds > 599


def test_a_resumed_solve_is_never_worse_than_its_start() -> None:
    of = problem("ABCDEF", time_limit_seconds=2)
    start = schedule_of(of)
    outcome = solved(of, start=start, elapsed=1.9)
    assert outcome.schedule is not None
    assert outcome.schedule.objective.total <= start.objective.total


def test_a_resumed_solve_tells_from_the_begin_what_there_is() -> None:
    of, told = problem("ABCDEF", time_limit_seconds=2), Told()
    start = schedule_of(of)
    solved(of, told, start=start, elapsed=1.0)
    assert {step.games_placed for step in told.steps} == {len(start.games)}


def test_a_resumed_repair_keeps_the_proof_of_its_changes() -> None:
    repair = beside_a_closed_date()
    start = schedule_of(repair)
    resumed = solved(repair, start=start, elapsed=0.1, attempt=2).schedule
    assert resumed is not None
    assert resumed.objective.tiers == start.objective.tiers
    assert (resumed.objective.tiers.changes_bound or 0) > 0


def test_a_resumed_repair_proves_what_has_to_change_in_any_case() -> None:
    """The schedule that it goes on from may be from elsewhere, with nothing proven."""
    repair = beside_a_closed_date()
    start = schedule_of(repair)
    tiers = start.objective.tiers.model_copy(update={"changes_bound": 0})
    unproven = start.objective.model_copy(update={"tiers": tiers})
    start = start.model_copy(update={"objective": unproven})
    resumed = solved(repair, start=start, elapsed=0.1, attempt=2).schedule
    assert resumed is not None
    assert (resumed.objective.tiers.changes_bound or 0) > 0
