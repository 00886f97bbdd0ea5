"""The one model of a whole league against the checker, on random leagues."""

import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matchday_api.checker import CheckReport, check
from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver.build import build
from matchday_solver.decode import missing, to_games
from matchday_solver.exact.model import Model, Range
from matchday_solver.exact.run import Budget
from matchday_solver.exact.whole import Whole, solve_best_effort, solve_complete
from matchday_solver.search import Search
from matchday_solver.starting import fresh
from tests.builders import division, game, only
from tests.solver.solving import no_room, problem, schedule_of
from tests.solver.tiny_leagues import tiny_leagues, valid

MANY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
SECONDS = 20.0


def complete(of: Problem) -> Whole:
    """The optimum among the complete schedules."""
    return solve_complete(build(of), Budget(SECONDS), threading.Event())


def can_be_complete(of: Problem) -> bool:
    """Whether there is a complete schedule: the first one is enough."""
    stop = threading.Event()
    whole = solve_complete(build(of), Budget(SECONDS), stop, found=lambda _: stop.set())
    return whole.placed is not None


def best_effort(of: Problem) -> Whole:
    """The optimum among the schedules with the fewest missing games."""
    return solve_best_effort(build(of), Budget(SECONDS), threading.Event())


def checked(of: Problem, whole: Whole) -> CheckReport:
    """What the checker finds in a solution."""
    assert whole.placed is not None
    instance = build(of)
    games = to_games(instance, whole.placed)
    return check(of.league, games, missing(instance, whole.placed, (), no_room), of.earlier)


@MANY
@given(tiny_leagues())
def test_an_optimum_keeps_every_rule_and_costs_what_the_checker_says(
    document: dict[str, Any],
) -> None:
    of = valid(document)
    whole = complete(of)
    assume(whole.placed is not None)
    report = checked(of, whole)
    assert report.violations == ()
    assert (report.missing, report.total) == (0, whole.cost)


@MANY
@given(tiny_leagues(), st.integers(0, 100))
def test_a_schedule_of_the_search_is_one_of_the_model_and_costs_the_same(
    document: dict[str, Any], seed: int
) -> None:
    of = valid(document)
    instance = build(of)
    start = fresh(instance, seed, complete=True)
    assume(start is not None)
    assert start is not None
    search = Search(instance, start, seed)
    assume(search.settle(2000) == 0)
    report = check(of.league, to_games(instance, search.placed()))
    assume(not report.violations)
    model = Model(instance, complete=True)
    cost = model.start_from(search.placed(), Budget(SECONDS), threading.Event())
    assert cost == report.total


@MANY
@given(tiny_leagues())
def test_the_fewest_missing_games_are_none_where_a_schedule_is_complete(
    document: dict[str, Any],
) -> None:
    of = valid(document)
    effort = best_effort(of)
    assume(not effort.is_infeasible)
    assert effort.missing == effort.missing_bound
    assert (effort.missing == 0) == can_be_complete(of)


@MANY
@given(tiny_leagues())
def test_a_schedule_with_missing_games_keeps_every_rule_too(document: dict[str, Any]) -> None:
    of = valid(document)
    assume(not any(division.min_meetings for division in of.league.divisions))
    effort = best_effort(of)
    assume(effort.placed is not None)
    report = checked(of, effort)
    assert report.violations == ()
    assert report.missing == effort.missing
    assert effort.cost is None or report.total == effort.cost


def test_a_league_without_room_is_proven_infeasible() -> None:
    crowded = problem("ABCD", venues=[{"name": "Gym", "courts": 1, "openDates": ["2026-01-05"]}])
    assert complete(crowded).is_infeasible


def test_the_games_that_find_no_room_are_counted() -> None:
    """Of 16 games two are on the only date: no team plays twice there."""
    crowded = problem("ABCD", venues=[{"name": "Gym", "courts": 1, "openDates": ["2026-01-05"]}])
    effort = best_effort(crowded)
    assert (effort.missing, effort.missing_bound) == (14, 14)


def test_an_optimum_is_found_by_the_search_too() -> None:
    small = problem(
        "ABCD",
        season={"start": "2026-01-05", "end": "2026-01-09"},
        divisions=[{"name": "U12", "gamesPerTeam": 3, "maxMeetings": 1}],
    )
    assert complete(small).cost == schedule_of(small).objective.total


def at_one_gym() -> Problem:
    """Six teams of a club, all at home in one gym with one court and shared coaches."""
    coaches: tuple[list[str], ...] = (["Ann", "Bob"], ["Ann", "Bob"], ["Bob"], ["Ann"], [], ["Ann"])
    teams: list[dict[str, Any]] = [
        {"name": f"T{n}", "club": "C", "homeVenue": "Gym", "coaches": names}
        for n, names in enumerate(coaches)
    ]
    for n in (0, 3):
        teams[n]["awayClosedDates"] = ["2026-01-09"]
    return problem(
        teams,
        season={"start": "2026-01-07", "end": "2026-01-11", "closedDates": ["2026-01-08"]},
        slots=[
            {"days": ["Wed", "Fri"], "starts": ["17:30", "18:00", "19:00"]},
            {"days": ["Sat"], "starts": ["09:00", "10:00", "11:30"], "unpopular": True},
        ],
        divisions=[division(gamesPerTeam=2, maxMeetings=3, playAt="HomeVenue")],
        clubs=[{"name": "C", "region": "East"}],
        venues=[{"name": "Gym", "courts": 1, "region": "East"}],
        rivals=[["T0", "T1"]],
        rules={
            "maxGames": [{"days": 4, "games": 3}, {"days": 2, "games": 1, "weight": 20}],
            "minGames": [{"days": 4, "games": 1, "weight": 7}],
            "sameClubMeets": True,
            "coachOneGameAtATime": True,
            "travelMinutes": 30,
            "doubleheaders": {"maxPerTeam": 2, "minBreakMinutes": 60},
        },
        preferences=only(
            coachBackToBack=10, doubleheaders=3, rivals=100, region=3, homeAwayBalance=10,
            fullEvenings=3, startFairness=10,
        ),
    )  # fmt: skip


def test_a_division_without_teams_asks_for_nothing() -> None:
    divisions = [division(gamesPerTeam=1), division("Empty")]
    of = problem("AB", divisions=divisions, preferences=only(startFairness=10))
    assert (complete(of).cost, best_effort(of).cost) == (0, 0)


def test_an_optimum_is_its_own_bound_where_the_engine_begins_with_it() -> None:
    of = at_one_gym()
    games = complete(of).placed
    assert games is not None
    again = solve_complete(build(of), Budget(SECONDS), threading.Event(), known=games)
    assert again.bound == again.cost


def test_the_model_begins_with_a_schedule_whose_locked_game_has_the_later_team_at_home() -> None:
    lock = {"home": "B", "away": "A", "date": "2026-01-10", "start": "09:00", "venue": "Gym"}
    of = problem(divisions=[division(gamesPerTeam=2)], lockedGames=[lock])
    instance, start = build(of), fresh(build(of), 0, complete=True)
    assert start is not None
    search = Search(instance, start, 0)
    assert search.settle(2000) == 0
    model = Model(instance, complete=True)
    cost = model.start_from(search.placed(), Budget(SECONDS), threading.Event())
    assert cost == search.cost


def test_a_doubleheader_is_next_to_another_game_at_the_time_of_its_first() -> None:
    """Ann has A-B and C-D at nine and A-D later: C-D comes last at nine, so both pairs count."""
    places = ("A-B 10 09:00", "C-D 10 09:00", "A-D 10 11:00", "B-C 17 09:00")
    locks = [
        {"home": pair[0], "away": pair[2], "date": f"2026-01-{day}", "start": at, "venue": "Gym"}
        for pair, day, at in map(str.split, places)
    ]
    of = problem(
        [{"name": name, "coaches": ["Ann"] if name in "AC" else []} for name in "ABCD"],
        divisions=[division(gamesPerTeam=2, gameMinutes=60)],
        venues=[{"name": "Gym", "courts": 2}],
        lockedGames=locks,
        rules={"coachOneGameAtATime": False, "doubleheaders": {"maxPerTeam": 1}},
        preferences=only(coachBackToBack=90),
    )
    assert complete(of).cost == 180


@pytest.mark.parametrize("one_game", [True, False])
@pytest.mark.parametrize(("other", "units"), [("A-D", 0), ("B-D", 1)])
def test_frozen_games_of_a_coach_at_one_time_and_place_count_unless_they_are_of_one_team(
    other: str, units: int, one_game: bool
) -> None:
    """Ann coaches A and B; A-C and the other game are at one time, whatever the rules say now."""
    at_once = (game("A-C", "2026-01-06"), game(other, "2026-01-06", court=2))
    of = problem(
        [{"name": name, "coaches": ["Ann"] if name in "AB" else []} for name in "ABCD"],
        divisions=[division(gamesPerTeam=2)],
        rules={"coachOneGameAtATime": one_game},
        preferences=only(coachBackToBack=90),
        earlier=EarlierSchedule(games=at_once, frozen_before="2026-01-07"),
    )
    whole = complete(of)
    assert (whole.cost, whole.bound, checked(of, whole).total) == (90 * units,) * 3


def test_a_frozen_game_that_is_there_twice_counts_twice() -> None:
    """Of the meetings of A and C there is a tier apart in both, and B and D are in one tier."""
    twice = [game("A-C", "2026-01-06", id=f"{n}", court=n) for n in (1, 2)]
    of = problem(
        [{"name": name, "tier": 2 if name == "C" else 1} for name in "ABCD"],
        divisions=[division(gamesPerTeam=2)],
        preferences=only(tierMatch=70),
        earlier=EarlierSchedule(games=tuple(twice), frozen_before="2026-01-07"),
    )
    whole = complete(of)
    assert (whole.cost, checked(of, whole).total) == (140, 140)


def test_one_thread_proves_the_optimum_with_doubleheaders() -> None:
    """With each candidate game implying its club's day the bound stayed at 800."""
    of = problem(
        [{"name": name, "club": "KLM"[n % 3]} for n, name in enumerate("ABCDEF")],
        clubs=[{"name": name} for name in "KLM"],
        divisions=[division(gamesPerTeam=4, maxMeetings=2)],
        season={"start": "2026-01-05", "end": "2026-01-31"},
        slots=[{"days": ["Wed", "Sat"], "starts": ["17:00", "18:00", "19:00"]}],
        venues=[{"name": "Gym"}, {"name": "Hall"}],
        rules={
            "doubleheaders": {"maxPerTeam": 1, "minBreakMinutes": 60},
            "maxGames": [{"days": 7, "games": 2}],
        },
    )
    found = solve_complete(build(of), Budget(120.0, 1, work=20.0), threading.Event())
    assert (found.bound, found.cost) == (1200, 1200)


@pytest.mark.parametrize(("end", "bound"), [(800, 800), (810, 800)])
def test_between_costs_the_engine_finds_what_is_cheaper_or_that_nothing_is(
    end: int, bound: int
) -> None:
    """Two teams of two clubs meet four times: four dates of each."""
    of = problem(
        [{"name": "A", "club": "K"}, {"name": "B", "club": "L"}],
        clubs=[{"name": "K"}, {"name": "L"}],
        divisions=[division(gamesPerTeam=4, maxMeetings=4)],
        preferences=only(clubDays=100),
    )
    told: list[int] = []
    found = solve_complete(
        build(of), Budget(60.0), threading.Event(), told.append, between=Range(0, end)
    )
    assert (found.bound, found.cost) == (bound, 800 if end > 800 else None)
    assert not found.is_infeasible
    assert max(told, default=0) <= bound


def test_one_thread_proves_the_optimum_with_soft_minimums_over_six_weeks() -> None:
    """With sums of candidate games in the windows the bound stayed at 610."""
    days = [{"days": ["Wed"], "starts": ["17:00", "18:30"]}]
    of = problem(
        [{"name": name, "club": "KL"[n % 2]} for n, name in enumerate("ABCDEF")],
        clubs=[{"name": "K"}, {"name": "L"}],
        divisions=[division(gamesPerTeam=2, maxMeetings=2)],
        season={"start": "2026-01-05", "end": "2026-02-08"},
        slots=[*days, {"days": ["Sat"], "starts": ["09:00", "10:30"]}],
        venues=[{"name": "Gym"}, {"name": "Hall"}],
        rules={
            "minGames": [{"days": 14, "games": 1, "weight": 30}],
            "maxGames": [{"days": 7, "games": 2}],
        },
    )
    found = solve_complete(build(of), Budget(120.0, 1, work=40.0), threading.Event())
    assert (found.bound, found.cost) == (800, 800)
