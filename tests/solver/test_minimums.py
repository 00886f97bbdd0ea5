"""Hard `minGames`: every team plays enough in every window, or it is said that it cannot."""

import threading
from typing import Any

import pytest

from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.request import Completeness
from matchday_solver.build import build
from matchday_solver.candidate import Proof, make_schedule, new_info
from matchday_solver.choice.fewest import any_schedule
from matchday_solver.cooling import Counted, Extent
from matchday_solver.crew import Crew
from matchday_solver.exact.run import Budget
from matchday_solver.kernel.layout import MISSING, SHORT
from matchday_solver.kernel.make import short_cost
from matchday_solver.outcome import Ending
from matchday_solver.search import Search
from matchday_solver.starting import fresh
from tests.builders import division
from tests.solver.solving import BEST_EFFORT, problem, schedule_of, solved

WEEK = {"start": "2026-01-05", "end": "2026-01-11"}
EVERY_DAY = {"minGames": [{"days": 2, "games": 1}]}


def week(games: int, of: Any = "ABCD", **changed: Any) -> Any:
    """So many games a team in a week."""
    return problem(of, season=WEEK, divisions=[division(gamesPerTeam=games)], **changed)


@pytest.mark.parametrize("workers", [1, 2])
def test_minimums_that_no_schedule_can_meet_are_infeasible(workers: int) -> None:
    # Saturdays and Sundays: A closes on the one, and nobody plays on the other.
    of = [{"name": "A", "closedDates": ["2026-01-10"]}, *"BCD"]
    outcome = solved(week(5, of, rules=EVERY_DAY, workers=workers, time_limit_seconds=5))
    assert outcome.ending is Ending.INFEASIBLE


@pytest.mark.parametrize("workers", [1, 2])
def test_best_effort_chooses_opponents_for_which_all_meet_their_minimums(workers: int) -> None:
    outcome = solved(
        week(
            3,
            "ABC",
            forbiddenPairs=[["B", "C"]],
            rules={"minGames": [{"days": 7, "games": 1}]},
            completeness=BEST_EFFORT,
            workers=workers,
            time_limit_seconds=3,
        )
    )
    assert outcome.schedule is not None, outcome.message
    assert {team for game in outcome.schedule.games for team in (game.home, game.away)} == set(
        "ABC"
    )
    assert outcome.schedule.objective.tiers.missing == 1


def test_a_schedule_that_lacks_more_games_but_keeps_minimums_is_not_lost() -> None:
    """Four starts for an hour, of which Z's long game takes two of the one date that it can have:
    with one game missing X or V would not play at all."""
    pairs = [("A", "X"), ("B", "X"), ("C", "V"), ("D", "V"), ("E", "Z"), ("F", "Z")]
    teams: list[dict[str, Any]] = [{"name": name, "division": of} for name, of in pairs]
    teams[4]["closedDates"] = ["2026-01-06"]
    outcome = solved(
        problem(
            teams,
            season={"start": "2026-01-05", "end": "2026-01-06"},
            gameMinutes=60,
            slots=[{"days": ["Mon", "Tue"], "starts": ["22:00", "23:00"]}],
            divisions=[
                division("X", gamesPerTeam=2, maxMeetings=2),
                division("V", gamesPerTeam=2, maxMeetings=2),
                division("Z", gamesPerTeam=1, gameMinutes=120),
            ],
            venues=[{"name": "Gym"}],
            rules={"minGames": [{"days": 2, "games": 1}]},
            completeness=BEST_EFFORT,
            time_limit_seconds=5,
        )
    )
    assert outcome.schedule is not None, outcome.message
    tiers = outcome.schedule.objective.tiers
    assert (tiers.missing, tiers.missing_bound) == (2, 2)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_begins_with_a_schedule_that_lacks_a_game_finds_that_all_must(
    workers: int,
) -> None:
    """One start on each of five dates, and one coach of A and C. C and D have to play on one of any
    three dates in a row, so not on the first and the last alone; A and B need the three others."""
    ends, inner = ["2026-01-05", "2026-01-09"], ["2026-01-07"]
    pairs = [("A", "X", ends), ("B", "X", ends), ("C", "V", inner), ("D", "V", inner)]
    of = problem(
        [
            {
                "name": name,
                "division": of,
                "closedDates": dates,
                "coaches": ["Kim"] if name in "AC" else [],
            }
            for name, of, dates in pairs
        ],
        season={"start": "2026-01-05", "end": "2026-01-09"},
        slots=[{"days": ["Mon", "Tue", "Wed", "Thu", "Fri"], "starts": ["17:00"]}],
        divisions=[
            division("X", gamesPerTeam=3, maxMeetings=3),
            division("V", gamesPerTeam=2, maxMeetings=2),
        ],
        venues=[{"name": "Gym", "courts": 2}],
        rules={"coachOneGameAtATime": True, "minGames": [{"days": 3, "games": 1}]},
        completeness=BEST_EFFORT,
        workers=workers,
        time_limit_seconds=3,
    )
    lacking = schedule_of(of)
    assert lacking.objective.tiers.missing == 1
    required = of.model_copy(update={"completeness": Completeness.REQUIRED})
    assert solved(required, start=lacking).ending is Ending.INFEASIBLE


def test_windows_of_frozen_dates_alone_cost_the_search_nothing() -> None:
    """Nobody has played in two weeks; no schedule can change that, and none breaks a rule by it."""
    of = problem(
        "AB",
        divisions=[division(gamesPerTeam=2)],
        season={"start": "2026-01-05", "end": "2026-01-25"},
        rules={"minGames": [{"days": 7, "games": 1}]},
        earlier=EarlierSchedule(games=(), frozen_before="2026-01-12"),
    )
    instance = build(of)
    start = fresh(instance, 0, complete=True)
    assert start is not None
    search = Search(instance, start, seed=0)
    search.settle(200)
    for _ in range(50):
        search.anneal(200, 1.0)
    assert search.cost < SHORT


def tight() -> Problem:
    """40 court starts for 48 games of 12 teams, each of which plays in every week."""
    days = ["2026-01-05", "2026-01-14"]
    return problem(
        [{"name": n, "club": "WXYZ"[k % 4]} for k, n in enumerate("ABCDEFGHIJKL")],
        clubs=[{"name": name} for name in "WXYZ"],
        divisions=[division(gamesPerTeam=8, maxMeetings=2)],
        season={"start": "2026-01-05", "end": "2026-02-15"},
        slots=[{"days": ["Mon", "Wed", "Sat"], "starts": ["17:00", "18:00"]}],
        venues=[{"name": "Gym"}, {"name": "Hall", "openDates": days}],
        rules={"maxGames": [{"days": 7, "games": 2}], "minGames": [{"days": 7, "games": 1}]},
        completeness=BEST_EFFORT,
    )


def test_annealing_finds_places_for_missing_games_where_minimums_are_hard() -> None:
    """It begins with a valid schedule that lacks more games than it must."""
    of = tight()
    instance = build(of)
    games = any_schedule(instance, Budget(60.0), threading.Event()).games
    start = fresh(instance, 0, complete=False)
    assert games is not None
    assert start is not None
    crew = Crew(instance, start, of).resumed(games.as_games(), lambda _: None)
    cooling = Counted(4.0, Extent.of(instance))
    while cooling.part() < 1:
        crew.anneal(cooling)
    info = new_info(0.0, 1, 0)
    assert make_schedule(of, instance, crew.best, Proof(), info).validation.valid
    assert crew.best.missing == instance.games_total - 40


@pytest.mark.parametrize(
    ("completeness", "least", "most"),
    [(Completeness.REQUIRED, 0, MISSING // 2), (BEST_EFFORT, 3 * MISSING, 1 << 50)],
)
def test_a_minimum_yields_to_a_missing_game_only_where_none_may_be_missing(
    completeness: Completeness, least: int, most: int
) -> None:
    of = tight().model_copy(update={"completeness": completeness})
    assert least < short_cost(build(of)) < most


def test_all_that_minimums_can_lack_is_a_number_that_can_be_counted() -> None:
    of = problem(
        [f"T{n}" for n in range(400)],
        season={"start": "2026-01-01", "end": "2026-12-31"},
        rules={"minGames": [{"days": 30, "games": 30}]},
        completeness=BEST_EFFORT,
    )
    assert short_cost(build(of)) * 400 * 336 * 30 < 1 << 62
