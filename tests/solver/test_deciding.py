"""Proof and refutation where the search cannot place its last games."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from matchday_api.league import League
from matchday_api.problem import Problem
from matchday_solver.build import build
from matchday_solver.choice.feasible import rows_needed
from matchday_solver.clock import Clock
from matchday_solver.deciding import Deciding
from matchday_solver.demand import Demand
from matchday_solver.explain import explain
from matchday_solver.outcome import Ending
from tests.builders import division, league
from tests.solver.solving import problem, solved

SECONDS = 60.0

BEYOND_COUNTING: dict[str, Any] = {
    "season": {"start": "2026-01-10", "end": "2026-01-10"},
    "slots": [{"days": ["Sat"], "starts": ["09:00", "10:00", "11:00"]}],
    "divisions": [division(gamesPerTeam=2, maxMeetings=1)],
    "rules": {"doubleheaders": {"maxPerTeam": 1, "minBreakMinutes": 60}},
}
"""Three teams that each play twice, with a break, in three starts that follow each other."""


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model is built without waiting."""
    monkeypatch.setattr("matchday_solver.deciding.PATIENCE_SECONDS", 0.0)


def decided(of: Problem, until: Callable[[Deciding], bool]) -> Deciding:
    """The answer, waited for."""
    clock = Clock(SECONDS, 0, threading.Event())
    with Deciding(build(of), clock) as deciding:
        while not until(deciding) and clock.goes_on():
            threading.Event().wait(0.01)
        return deciding


@pytest.mark.usefixtures("at_once")
def test_a_league_beyond_counting_is_refuted() -> None:
    of = Problem(league=league("ABC", **BEYOND_COUNTING))
    assert decided(of, lambda deciding: deciding.is_refuted).found is None


@pytest.mark.usefixtures("at_once")
def test_a_complete_schedule_is_found() -> None:
    deciding = decided(Problem(league=league()), lambda deciding: deciding.found is not None)
    assert deciding.found is not None
    assert len(deciding.found) == 16
    assert not deciding.is_refuted


@pytest.fixture
def two_divisions(monkeypatch: pytest.MonkeyPatch) -> League:
    """A league of which only one division, the impossible one, is small enough for the model."""
    large = {"name": "Large", "gamesPerTeam": 1}
    teams = [*"ABC", *({"name": f"L{n}", "division": "Large"} for n in range(6))]
    divisions = [*BEYOND_COUNTING["divisions"], large]
    document = league(teams, **BEYOND_COUNTING | {"divisions": divisions})
    instance = build(Problem(league=document))
    most = rows_needed(instance, Demand.alone(instance, 0))
    monkeypatch.setattr("matchday_solver.choice.feasible.MAX_ROWS", most)
    return document


@pytest.mark.usefixtures("at_once")
def test_one_impossible_division_refutes_a_league_too_large_for_the_model(
    two_divisions: League,
) -> None:
    of = Problem(league=two_divisions)
    assert decided(of, lambda deciding: deciding.is_refuted).is_refuted


def test_one_impossible_division_explains_a_league_too_large_for_the_model(
    two_divisions: League,
) -> None:
    found = explain(two_divisions, seconds=SECONDS)
    paths = {path for conflict in found.conflicts for path in conflict.paths}
    assert "rules.doubleheaders" in paths
    assert "divisions[0].gamesPerTeam" in paths
    assert "divisions[1].gamesPerTeam" not in paths


@pytest.mark.usefixtures("at_once")
def test_games_that_must_be_missing_are_counted_before_the_model_is_asked() -> None:
    crowded = league("ABCD", venues=[{"name": "Gym", "courts": 1, "openDates": ["2026-01-05"]}])
    deciding = decided(Problem(league=crowded), lambda deciding: deciding.is_refuted)
    assert deciding.lacking > 0


def test_nothing_is_asked_where_the_games_are_placed_at_once() -> None:
    with Deciding(
        build(Problem(league=league())), Clock(SECONDS, 0, threading.Event())
    ) as deciding:
        pass
    assert (deciding.found, deciding.is_refuted) == (None, False)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_solve_ends_once_its_league_is_refuted(workers: int) -> None:
    of = problem("ABC", **BEYOND_COUNTING, time_limit_seconds=600, workers=workers)
    outcome = solved(of)
    assert outcome.ending is Ending.INFEASIBLE
    assert "rules.doubleheaders" in outcome.message


@pytest.mark.usefixtures("at_once")
def test_the_best_schedule_of_a_refuted_league_tells_that_games_must_be_missing() -> None:
    outcome = solved(problem("ABC", **BEYOND_COUNTING, time_limit_seconds=600, workers=1))
    assert outcome.schedule is not None
    assert outcome.schedule.objective.tiers.missing_bound == 1


@pytest.mark.usefixtures("at_once")
def test_the_best_schedule_of_a_refuted_league_has_all_games_that_there_is_room_for() -> None:
    outcome = solved(problem("ABC", **BEYOND_COUNTING, time_limit_seconds=600, workers=1))
    assert outcome.schedule is not None
    reasons = [entry.reason for entry in outcome.schedule.unplaced]
    assert not any("nothing forbids it" in reason for reason in reasons)
