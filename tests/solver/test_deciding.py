"""The exact model is asked where the search cannot place its last games."""

import threading
from collections.abc import Callable

import pytest

from matchday_api.problem import Problem
from matchday_solver.build import build
from matchday_solver.clock import Clock
from matchday_solver.deciding import Deciding
from matchday_solver.outcome import Ending
from tests.builders import division, league
from tests.solver.solving import problem, solved

SECONDS = 60.0

BEYOND_COUNTING = {
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
