"""The fewest missing games, against the one model of the whole league."""

import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from ortools.sat.python import cp_model

from matchday_api.checker import CheckReport, check
from matchday_api.problem import Problem
from matchday_solver.bounds.missing import improve_missing
from matchday_solver.build import build
from matchday_solver.choice import fewest as fewest_module
from matchday_solver.choice.fewest import fewest_missing, more_games
from matchday_solver.choice.table import Table, fixed_rows, size
from matchday_solver.decode import missing, to_games
from matchday_solver.exact.run import Budget
from matchday_solver.fewer import with_fewer_missing
from matchday_solver.instance import Instance
from matchday_solver.search import Search
from matchday_solver.starting import resumed
from tests.builders import division
from tests.solver.solving import BEST_EFFORT, no_room, problem, schedule_of, solved
from tests.solver.test_deciding import BEYOND_COUNTING
from tests.solver.test_exact import best_effort
from tests.solver.tiny_leagues import tiny_leagues, valid

MANY = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
SECONDS = 20.0
CROWDED: dict[str, Any] = {"venues": [{"name": "Gym", "courts": 1, "openDates": ["2026-01-05"]}]}
RARE = [{"name": "A", "closedDates": [f"2026-01-{day:02d}" for day in range(6, 17)]}, *"BCDEF"]
"""A is there on the first date of twelve only."""


def fewest(of: Problem) -> int:
    """How many games that lacks; leagues for which that is not proven are not tried."""
    whole = best_effort(of)
    assume(whole.placed is not None and whole.missing == whole.missing_bound)
    return whole.missing


def proven(of: Problem, known: int) -> tuple[int, Table | None]:
    """Games that every schedule lacks, and a schedule that lacks fewer than are known to do."""
    told = [0]
    instance, stop = build(of), threading.Event()
    every = range(len(instance.divisions.names))
    found = fewest_missing(instance, every, known, Budget(SECONDS), stop, told.append)
    return max(told), found


def improved(of: Problem) -> Table | None:
    """A schedule with more games than the fixed ones."""
    instance, stop = build(of), threading.Event()
    return with_fewer_missing(instance, fixed_rows(instance), Budget(SECONDS), stop)


def checked(of: Problem, found: Table) -> CheckReport | None:
    """What the checker finds when a search goes on from there; None where it cannot."""
    instance = build(of)
    start = resumed(instance, found.as_games(), 0)
    if start is None:
        return None
    search = Search(instance, start, 0)
    search.settle(steps=1)
    placed = search.placed()
    unplaced = missing(instance, placed, search.waiting(), no_room)
    return check(of.league, to_games(instance, placed), unplaced)


@MANY
@given(tiny_leagues())
def test_just_as_many_games_are_proven_missing_as_must_be(document: dict[str, Any]) -> None:
    of = valid(document)
    least = fewest(of)
    assume(least > 0)
    assert proven(of, known=least) == (least, None)


def test_no_more_are_proven_missing_than_are_known_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's bound of a model without a solution is none on what may be missing."""

    def without_solution(*arguments: Any, **_: Any) -> tuple[None, cp_model.CpSolverStatus]:
        arguments[4](5)
        return None, cp_model.INFEASIBLE

    monkeypatch.setattr(fewest_module, "run", without_solution)
    assert proven(problem("ABCD"), known=2) == (2, None)


@MANY
@given(tiny_leagues())
def test_a_schedule_with_fewer_missing_games_is_found_where_there_is_one(
    document: dict[str, Any],
) -> None:
    of = valid(document)
    least = fewest(of)
    _, found = proven(of, known=least + 1)
    assert found is not None
    assert len(found) == build(of).games_total - least


@MANY
@given(tiny_leagues())
def test_games_that_are_found_division_by_division_keep_every_rule(
    document: dict[str, Any],
) -> None:
    of = valid(document)
    least, found = fewest(of), improved(of)
    report = None if found is None else checked(of, found)
    if found is not None and report is not None:
        assert report.violations == ()
        assert report.missing >= least


@MANY
@given(tiny_leagues())
def test_divisions_by_themselves_prove_no_more_missing_than_must_be(
    document: dict[str, Any],
) -> None:
    of = valid(document)
    least, told = fewest(of), [0]
    instance, stop = build(of), threading.Event()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matchday_solver.choice.feasible.MAX_ROWS", most_rows_of_one(instance))
        improve_missing(instance, (), Budget(SECONDS), stop, told.append)
    assert max(told) <= least


def test_what_divisions_lack_by_themselves_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two divisions like BEYOND_COUNTING: in each one game has no start for its break."""
    teams = [{"name": f"{d}{n}", "division": d} for d in "XY" for n in range(3)]
    divisions = [division(name, gamesPerTeam=2, maxMeetings=1) for name in "XY"]
    of = problem(teams, **BEYOND_COUNTING | {"divisions": divisions})
    instance, told = build(of), [0]
    most = most_rows_of_one(instance)
    monkeypatch.setattr("matchday_solver.choice.feasible.MAX_ROWS", most)
    improve_missing(instance, (), Budget(SECONDS), threading.Event(), told.append)
    assert max(told) == best_effort(of).missing == 2


def most_rows_of_one(instance: Instance) -> int:
    """Candidate games of the largest division."""
    return max(size(instance, d) for d in range(len(instance.divisions.names)))


def test_opponents_of_a_team_that_is_rarely_there_play_each_other() -> None:
    season = {"start": "2026-01-05", "end": "2026-01-16"}
    divisions = [{"name": "U12", "gamesPerTeam": 4, "maxMeetings": 2}]
    outcome = solved(
        problem(
            RARE, season=season, divisions=divisions, completeness=BEST_EFFORT,
            time_limit_seconds=5.0,
        )
    )  # fmt: skip
    assert outcome.schedule is not None
    assert outcome.schedule.validation.valid
    assert outcome.schedule.objective.tiers.missing == 2


def test_games_that_no_schedule_has_room_for_are_proven_missing() -> None:
    crowded = problem("ABCD", **CROWDED)
    least = best_effort(crowded).missing
    assert proven(crowded, known=least) == (least, None)


def test_a_best_effort_says_how_many_games_must_be_missing() -> None:
    crowded = problem(
        "ABCD",
        **CROWDED,
        completeness="BestEffort",
        time_limit_seconds=10.0,
        workers=2,
    )
    tiers = schedule_of(crowded).objective.tiers
    assert tiers.missing == tiers.missing_bound == best_effort(crowded).missing


@pytest.mark.parametrize("is_set", [True, False])
def test_games_of_a_division_are_listed_only_while_there_is_time(is_set: bool) -> None:
    instance, stop = build(problem(RARE, **CROWDED)), threading.Event()
    if is_set:
        stop.set()
    budget = Budget(SECONDS if is_set else 0.0)
    assert more_games(instance, fixed_rows(instance), 0, budget, stop) is None


def test_more_games_of_a_division_than_a_model_may_have_are_not_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    instance, stop = build(problem(RARE)), threading.Event()
    assert more_games(instance, fixed_rows(instance), 0, Budget(SECONDS), stop) is not None
    monkeypatch.setattr("matchday_solver.choice.feasible.MAX_ROWS", 10)
    assert more_games(instance, fixed_rows(instance), 0, Budget(SECONDS), stop) is None
