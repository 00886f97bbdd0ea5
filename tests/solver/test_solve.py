"""A solve from problem to outcome."""

import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from matchday_api.checker import check
from matchday_api.problem import Problem
from matchday_api.schedule import ScheduleFile
from matchday_api.status import Quality
from matchday_solver import bounds
from matchday_solver.build import build
from matchday_solver.clock import Clock
from matchday_solver.course import Course
from matchday_solver.outcome import Ending
from matchday_solver.record import Record
from matchday_solver.search import Search
from matchday_solver.solve import solve
from tests.builders import division, only
from tests.solver.solving import BEST_EFFORT, Told, places, problem, schedule_of, solved
from tests.solver.test_exact import complete
from tests.solver.tiny_leagues import TERMS


def test_a_league_with_room_gets_a_complete_valid_schedule() -> None:
    outcome = solved(problem("ABCDEF"))
    assert outcome.ending is Ending.SOLVED
    assert outcome.schedule is not None
    assert outcome.schedule.validation.valid
    assert (len(outcome.schedule.games), outcome.schedule.unplaced) == (24, ())


def test_each_reported_schedule_is_better_than_the_one_before() -> None:
    told = Told()
    solved(problem("ABCDEF", time_limit_seconds=2), told)
    costs = [s.objective.total for s in told.schedules]
    assert costs
    assert costs == sorted(set(costs), reverse=True)


def test_the_outcome_is_the_best_of_the_reported_schedules() -> None:
    told = Told()
    outcome = solved(problem("ABCDEF"), told)
    assert outcome.schedule is not None
    assert outcome.schedule.objective.total == min(s.objective.total for s in told.schedules)


def test_progress_counts_games_and_time() -> None:
    told = Told()
    solved(problem("ABCDEF"), told)
    last = told.steps[-1]
    assert (last.games_placed, last.games_total) == (24, 24)
    assert last.percent > 0
    assert last.elapsed_seconds > 0


def test_the_seconds_are_those_of_the_whole_solve() -> None:
    told = Told()
    outcome = solved(problem(workers=2), told)
    assert outcome.schedule is not None
    assert outcome.schedule.solver.seconds >= told.steps[-1].elapsed_seconds


def test_the_same_problem_and_seed_give_the_same_schedule_with_one_worker() -> None:
    of = problem("ABCDEF", workers=1, seed=7)
    assert schedule_of(of).games == schedule_of(of).games


@pytest.mark.parametrize("workers", [1, 2])
def test_what_the_model_finds_for_a_small_league_counts(
    monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(Search, "anneal", lambda *_, **__: None)
    of = two_gyms(workers=workers)
    proven, prove = list[int](), Record.prove_bound

    def remember(record: Record, bound: int) -> None:
        proven.append(bound)
        prove(record, bound)

    monkeypatch.setattr(Record, "prove_bound", remember)
    schedule = schedule_of(of)
    assert schedule.objective.total == complete(of).cost == max(proven)
    assert schedule.objective.gap == 0


def two_gyms(**changed: Any) -> Problem:
    """Six teams of three clubs, whose optimum counting does not prove."""
    return problem(
        [{"name": f"T{n}", "tier": 1 + n % 2, "club": f"C{n // 2}"} for n in range(6)],
        clubs=[{"name": f"C{n}"} for n in range(3)],
        divisions=[division(gamesPerTeam=3, maxMeetings=2)],
        season={"start": "2026-01-05", "end": "2026-01-09"},
        slots=[{"days": ["Mon", "Wed", "Fri"], "starts": ["18:00", "19:00"]}],
        venues=[{"name": "Gym", "courts": 1}, {"name": "Hall", "courts": 1}],
        time_limit_seconds=120.0,
        **changed,
    )


@pytest.mark.parametrize("repeatable", [False, True])
def test_one_worker_proves_bounds_in_the_rest_of_the_time(
    monkeypatch: pytest.MonkeyPatch, repeatable: bool
) -> None:
    monkeypatch.setattr(Search, "anneal", lambda *_, **__: None)
    monkeypatch.setattr(Course, "_solve_whole", lambda *_: None)
    of = two_gyms(workers=1, repeatable=repeatable)
    proven = schedule_of(of).objective.bound
    assert proven is not None
    assert (proven > bounds.bound(build(of))) != repeatable


def test_a_repeatable_solve_gives_the_same_schedule_with_several_workers() -> None:
    settings = {"workers": 3, "repeatable": True, "time_limit_seconds": 4.0}
    one, other = (schedule_of(problem("ABCDEFGH", **settings)) for _ in range(2))
    assert one.games == other.games


def test_a_stop_ends_the_search_soon_and_keeps_the_best() -> None:
    class Stops(Told):
        def improved(self, schedule: ScheduleFile) -> None:
            super().improved(schedule)
            stop.set()

    stop, begun = threading.Event(), time.monotonic()
    outcome = solve(problem("ABCDEF", time_limit_seconds=600, workers=2), Stops(), stop)
    assert time.monotonic() - begun < 60
    assert outcome.ending in (Ending.INTERRUPTED, Ending.SOLVED)
    assert outcome.schedule is not None


def test_opponents_that_cannot_be_found_are_infeasible() -> None:
    pairs = [["A", "B"], ["A", "C"], ["A", "D"]]
    outcome = solved(problem("ABCD", forbiddenPairs=pairs))
    assert outcome.ending is Ending.INFEASIBLE
    assert outcome.schedule is None
    assert "forbiddenPairs" in outcome.message


def test_best_effort_leaves_out_what_cannot_be_and_says_so() -> None:
    pairs = [["A", "B"], ["A", "C"], ["A", "D"]]
    outcome = solved(problem("ABCD", forbiddenPairs=pairs, completeness=BEST_EFFORT))
    assert outcome.ending is Ending.SOLVED
    assert outcome.schedule is not None
    assert outcome.schedule.validation.valid
    assert {team for entry in outcome.schedule.unplaced for team in entry.teams} >= {"A"}
    # Each of the others has eight games, an even number among three teams; A has none of its own.
    assert (len(outcome.schedule.games), outcome.schedule.objective.tiers.missing) == (12, 4)


def scarce() -> dict[str, object]:
    """Two games for each team, and one date."""
    return {"venues": [{"name": "Gym", "courts": 1, "openDates": ["2026-01-06"]}],
            "slots": [{"days": ["Tue"], "starts": [f"{h:02d}:00" for h in range(9, 19)]}],
            "divisions": [division(gamesPerTeam=2)]}  # fmt: skip


def test_more_games_than_court_starts_are_infeasible() -> None:
    few = {"slots": [{"days": ["Tue"], "starts": ["09:00", "10:00", "11:00"]}],
           "divisions": [division(gamesPerTeam=1)]}  # fmt: skip
    outcome = solved(problem("ABCDEFGH", **scarce() | few))
    assert outcome.ending is Ending.INFEASIBLE
    assert "U12 needs 4 court starts, but 3 can be used" in outcome.message


def test_more_games_of_a_team_than_dates_are_infeasible() -> None:
    outcome = solved(problem("ABCDEFGH", **scarce()))
    assert outcome.ending is Ending.INFEASIBLE
    assert "A needs 2 games, but the 1 date on which it can play holds at most 1" in outcome.message


def test_best_effort_places_as_many_games_as_there_are_court_starts() -> None:
    outcome = solved(problem("ABCDEFGH", completeness=BEST_EFFORT, **scarce()))
    assert outcome.ending is Ending.SOLVED
    assert outcome.schedule is not None
    assert len(outcome.schedule.games) == 4
    assert outcome.schedule.objective.bound is None


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("courts", [0, 1])
def test_a_schedule_with_games_missing_that_costs_nothing_ends_the_search_once_that_is_proven(
    courts: int, workers: int
) -> None:
    """On one date with one start there is a game for each court."""
    venues = [{"name": "Gym", "courts": courts}]
    slots = [{"days": ["Tue"], "starts": ["18:00"]}]
    season = {"start": "2026-01-05", "end": "2026-01-09"}
    rest: dict[str, Any] = {"workers": workers, "time_limit_seconds": 600.0, "preferences": only()}
    begun = time.monotonic()
    crowded = problem(season=season, slots=slots, venues=venues, completeness=BEST_EFFORT, **rest)
    outcome = solved(crowded)
    assert time.monotonic() - begun < 60
    assert outcome.schedule is not None
    assert len(outcome.schedule.games) == courts
    assert outcome.quality is Quality.OPTIMAL


def test_the_half_game_left_over_in_an_odd_division_is_not_missing() -> None:
    divisions = [division(gamesPerTeam=3)]
    outcome = solved(problem("ABCDE", divisions=divisions, completeness=BEST_EFFORT))
    assert outcome.schedule is not None
    assert len(outcome.schedule.games) == 7
    assert outcome.schedule.objective.tiers.missing == 0
    assert [e.reason.split(":")[0] for e in outcome.schedule.unplaced] == ["OddTeamGames"]


def test_locked_games_are_in_the_schedule() -> None:
    lock = {"home": "B", "away": "A", "date": "2026-01-10", "start": "09:00", "venue": "Gym"}
    games = schedule_of(problem("ABCDEF", lockedGames=[lock])).games
    assert ("B", "A", date(2026, 1, 10), "09:00", "Gym") in places(games)


def test_games_last_as_long_as_their_division_says() -> None:
    games = schedule_of(problem("ABCDEF", divisions=[division(gameMinutes=95)])).games
    assert len(games) == 24
    assert {(g.start, g.end) for g in games} <= {
        (f"{h:02d}:00", f"{h + 1:02d}:35") for h in range(9, 20)
    }


def test_pairs_of_a_home_and_away_league_host_each_other() -> None:
    teams = [{"name": name, "homeVenue": f"Gym {name}"} for name in "ABCD"]
    venues = [{"name": f"Gym {name}"} for name in "ABCD"]
    rule = division(gamesPerTeam=6, minMeetings=2, maxMeetings=2, playAt="HomeVenue")
    games = schedule_of(problem(teams, venues=venues, divisions=[rule])).games
    assert len(games) == 12
    assert {(g.home, g.away) for g in games} == {(x, y) for x in "ABCD" for y in "ABCD" if x != y}
    assert all(g.venue == f"Gym {g.home}" for g in games)


def test_the_checker_agrees_with_what_is_reported() -> None:
    of = problem("ABCDEF")
    schedule = schedule_of(of)
    report = check(of.league, schedule.games, schedule.unplaced)
    assert report.violations == ()
    assert report.total == schedule.objective.total


def test_a_league_without_any_preference_is_solved_optimally() -> None:
    off = dict.fromkeys(TERMS, 0)
    outcome = solved(problem("ABCDEF", preferences=off | {"rematchGap": {"weight": 0}}))
    assert outcome.schedule is not None
    assert (outcome.schedule.objective.total, outcome.schedule.objective.gap) == (0, 0.0)


def test_a_division_without_teams_has_no_games() -> None:
    divisions = [division(), division("Empty")]
    assert schedule_of(problem("ABCD", divisions=divisions)).objective.tiers.missing == 0


def test_compiling_the_search_takes_none_of_the_time_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, told = Clock(60.0, 5.0, threading.Event()), Told()
    solve_module = sys.modules[solve.__module__]

    def compile_slowly(_stop: threading.Event, going_on: Callable[[], None]) -> bool:
        going_on()
        clock.leave_out(-100.0)
        return True

    monkeypatch.setattr(solve_module, "compile_search", compile_slowly)
    assert solve_module._compile(clock, build(problem("AB")), told)
    assert clock.left == pytest.approx(55.0, abs=1.0)
    assert clock.elapsed_before == 5.0
    assert "Compiling" in told.steps[0].message


def test_a_season_without_any_start_lacks_all_games() -> None:
    of = problem(
        "AB",
        season={"start": "2026-01-05", "end": "2026-01-05"},
        slots=[{"days": ["Tue"], "starts": ["17:00"]}],
        divisions=[division(gamesPerTeam=1)],
        completeness=BEST_EFFORT,
    )
    assert schedule_of(of).objective.tiers.missing == 1
