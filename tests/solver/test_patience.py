"""How long a search tries to place its last games."""

import math
import threading
from typing import Any

import pytest

from matchday_api.checker.changes import placement
from matchday_api.problem import Problem
from matchday_api.request import Completeness
from matchday_solver.build import build
from matchday_solver.clock import Clock
from matchday_solver.course import Course
from matchday_solver.crew import Crew
from matchday_solver.deciding import Deciding
from matchday_solver.patience import ROUNDS, Patience, rounds_in
from matchday_solver.placing import missing_budget
from matchday_solver.starting import fresh
from tests.builders import division
from tests.solver.solving import problem, schedule_of

GAMES = 100


def patience(part: float = 0.4, spent: float = 0.0, **options: Any) -> Patience:
    """With a limit of 100 s, of which some are spent."""
    clock = Clock(100.0, spent, threading.Event())
    return Patience(part, clock, GAMES, repeatable=options.get("repeatable", False))


@pytest.mark.parametrize(("spent", "end"), [(0.0, 40.0), (90.0, 4.0)])
def test_it_ends_with_its_part_of_the_time_that_was_left(spent: float, end: float) -> None:
    clock = Clock(100.0, spent, threading.Event())
    timed = Patience(0.4, clock, GAMES, repeatable=False)
    clock.leave_out(-end / 2)
    assert timed.is_left
    clock.leave_out(-end / 2)
    assert not timed.is_left


def test_games_are_placed_whatever_time_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """A repair that has failed may have used most of it."""
    monkeypatch.setattr("matchday_solver.placing.PATIENCE", 0.0)
    of = problem("ABCDEF", completeness=Completeness.BEST_EFFORT, time_limit_seconds=1.0, workers=2)
    assert schedule_of(of).objective.tiers.missing == 0


def test_where_it_is_counted_it_ends_with_the_rounds_of_that_time() -> None:
    counted = patience(repeatable=True)
    most = int(rounds_in(40.0, GAMES))
    for _ in range(most):
        counted.count_round()
    assert counted.is_left
    counted.count_round()
    assert not counted.is_left


def test_what_earlier_attempts_have_spent_leaves_fewer_rounds() -> None:
    counted = patience(spent=99.0, repeatable=True)
    for _ in range(int(rounds_in(0.4, GAMES)) + 1):
        counted.count_round()
    assert not counted.is_left


@pytest.mark.parametrize("repeatable", [True, False])
def test_it_does_not_end_where_nothing_may_be_missing(repeatable: bool) -> None:
    endless = patience(part=1.0, spent=99.9, repeatable=repeatable)
    for _ in range(10_000):
        endless.count_round()
    assert endless.is_left


def test_the_model_is_asked_while_there_is_patience() -> None:
    short = patience(part=0.004, repeatable=True)
    rounds = short.rounds_before_asking
    assert rounds is not None
    for _ in range(rounds):
        short.count_round()
    assert short.is_left


def test_the_model_is_asked_at_the_latest_after_a_fixed_number_of_rounds() -> None:
    assert patience(part=1.0, repeatable=True).rounds_before_asking == ROUNDS


def too_few_starts() -> Problem:
    """64 games of 16 teams and 60 starts; clubs that do not meet themselves, and shared coaches."""
    teams = [
        {"name": name, "club": "XYZ"[n % 3], "coaches": [f"Coach {n % 5}"]}
        for n, name in enumerate("ABCDEFGHIJKLMNOP")
    ]
    return problem(
        teams,
        clubs=[{"name": name} for name in "XYZ"],
        divisions=[division(maxMeetings=2)],
        season={"start": "2026-01-05", "end": "2026-02-01"},
        slots=[{"days": ["Mon", "Wed", "Sat"], "starts": ["17:00", "18:00"]}],
        venues=[{"name": "Gym", "courts": 2}, {"name": "Hall", "courts": 1}],
        rules={"maxGames": [{"days": 7, "games": 2}]},
        completeness=Completeness.BEST_EFFORT,
        time_limit_seconds=4.0,
    )


def games_at(pace: float, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What one worker comes to where a round of placing takes so many seconds, and nothing else
    takes any: the machine's own pace must not matter here."""
    rounds, settle = [0], Crew.settle

    def counted(crew: Crew) -> int:
        rounds[0] += 1
        return settle(crew)

    with monkeypatch.context() as patch:
        patch.setattr(Clock, "here", property(lambda _: pace * rounds[0]))
        patch.setattr(Crew, "settle", counted)
        patch.setattr(Deciding, "count_round", lambda _: None)
        patch.setattr(Course, "_prove", lambda *_: None)
        schedule = schedule_of(too_few_starts())
    assert schedule.objective.tiers.missing > 0
    assert rounds[0] > 10
    return sorted(map(placement, schedule.games))


def test_one_worker_leaves_out_the_same_games_however_long_placing_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert games_at(0.002, monkeypatch) == games_at(0.04, monkeypatch)


@pytest.mark.parametrize(("repeatable", "workers"), [(True, 1), (False, 2)])
def test_missing_games_are_looked_for_by_one_thread_where_the_answer_is_to_be_the_same(
    repeatable: bool, workers: int
) -> None:
    of = problem(workers=2, repeatable=repeatable, time_limit_seconds=100.0)
    instance = build(of)
    start = fresh(instance, 0, complete=True)
    assert start is not None
    budget = missing_budget(of, Clock(100.0, 0.0, threading.Event()), Crew(instance, start, of))
    assert (budget.workers, math.isinf(budget.work)) == (workers, not repeatable)
