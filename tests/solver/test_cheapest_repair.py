"""The cheapest of the repairs with the fewest missing games and changes, by the whole model."""

import threading
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.schedule import SolverStatus
from matchday_solver.build import build, known_games
from matchday_solver.clock import Clock
from matchday_solver.decode import to_games
from matchday_solver.exact.model import Range
from matchday_solver.exact.run import Budget
from matchday_solver.exact.whole import solve_complete
from matchday_solver.names import Names
from matchday_solver.record import Record
from matchday_solver.repair import repair
from matchday_solver.search import Search
from matchday_solver.starting import resumed
from tests.builders import only
from tests.solver.repairing import MONDAY, TUESDAY, WEDNESDAY, evening, problem, shut, small
from tests.solver.solving import BEST_EFFORT, Told, schedule_of
from tests.solver.test_exact import best_effort, checked
from tests.solver.tiny_leagues import tiny_leagues, valid

FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
THURSDAY, FRIDAY = "2026-01-08", "2026-01-09"
EARLIER = (
    evening("A-B", MONDAY),
    evening("C-D", TUESDAY),
    evening("A-C", WEDNESDAY),
    evening("D-B", THURSDAY),
)
"""Two of the games are between the tiers of `two_tiers`; without A-B, all are at home as often as
away only if B is at home to A."""


def two_tiers(*closed: str, **preferences: Any) -> Problem:
    """A and B, and C and D, are of a tier; they go on from EARLIER with the gym closed on dates.

    C does not play on Friday.
    """
    teams: list[dict[str, Any]] = [
        {"name": name, "tier": 1 if name in "AB" else 2} for name in "ABCD"
    ]
    teams[2]["closedDates"] = [FRIDAY]
    on = {"tierMatch": 70} | preferences
    of = small(teams, **shut(*closed), preferences=only(**on))
    more = {"time_limit_seconds": 10.0, "workers": 1, "completeness": BEST_EFFORT}
    return problem(of, EARLIER).model_copy(update=more)


@pytest.mark.parametrize(("closed", "lacking"), [((MONDAY,), 0), ((MONDAY, TUESDAY), 1)])
def test_one_worker_has_the_cheapest_of_the_fewest_changes(
    closed: tuple[str, ...], lacking: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The games between tiers stay; A and B could meet twice, as could C and D, for nothing."""
    monkeypatch.setattr(Search, "anneal", lambda *_, **__: None)
    of = two_tiers(*closed, homeAwayBalance=50)
    assert best_effort(of.model_copy(update={"earlier": None})).cost == 0
    objective = schedule_of(of).objective
    assert (objective.tiers.missing, objective.tiers.changes) == (lacking, 1 + lacking)
    assert objective.total == 140


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("closed", "missing", "bound"), [((MONDAY,), 0, 140), ((MONDAY, TUESDAY), 1, None)]
)
def test_a_repair_is_proven_to_be_the_cheapest_of_those_with_the_fewest_changes(
    closed: tuple[str, ...], missing: int, bound: int | None, workers: int
) -> None:
    """Without an earlier schedule it would cost nothing."""
    of = two_tiers(*closed, homeAwayBalance=50)
    schedule = schedule_of(of.model_copy(update={"workers": workers, "time_limit_seconds": 60.0}))
    objective = schedule.objective
    assert (objective.total, objective.bound) == (140, bound)
    assert (objective.tiers.missing, objective.tiers.changes) == (missing, 1 + missing)
    assert schedule.solver.status is SolverStatus.OPTIMAL


def test_where_nobody_asks_who_hosts_an_earlier_host_still_does() -> None:
    """Of two teams the model has the first one at home where both can be."""
    of = problem(small(), [evening("B-A", MONDAY), *EARLIER[1:]])
    assert checked(of, best_effort(of)).changes == 0


def test_no_more_changes_than_those_of_a_schedule_are_made_for_a_lower_cost() -> None:
    of = two_tiers()
    instance, stop = build(of), threading.Event()
    known = resumed(instance, known_games(Names(of), EARLIER), 0)
    assert known is not None
    search = Search(instance, known, seed=0)
    search.settle(0)
    budget = Budget(20)
    kept = solve_complete(instance, budget, stop, known=search.placed())
    assert (kept.cost, checked(of, kept).changes, kept.bound) == (140, 0, 140)
    assert solve_complete(instance, budget, stop).cost == 0


@pytest.mark.parametrize("between", [None, Range(0, 140)])
def test_what_is_no_schedule_does_not_limit_the_changes(between: Range | None) -> None:
    """As it may be read while a search writes it: a pair meets twice and others play too little."""
    of = two_tiers(MONDAY)
    instance = build(of)
    known = resumed(instance, known_games(Names(of), EARLIER[1:]), 0)
    assert known is not None
    search = Search(instance, known, seed=0)
    search.settle(steps=50)
    first, *others = search.placed()
    torn = [replace(others[0], home=first.home, away=first.away), *others]
    found = solve_complete(instance, Budget(20), threading.Event(), known=torn, between=between)
    assert found.cost == 0


def test_what_a_model_finds_counts_though_a_search_counts_more_changes() -> None:
    """C and D have met on another date: a search takes that for a change, and A and D for none."""
    of = two_tiers(MONDAY, TUESDAY, FRIDAY)
    instance = build(of)
    record = Record(of, instance, Told(), Clock(60, 0, threading.Event()), 1)
    searches = []
    for pair in ("A-D", "C-D"):
        games = known_games(Names(of), [EARLIER[3], evening(pair, WEDNESDAY)])
        start = resumed(instance, games, 0)
        assert start is not None
        searches.append(Search(instance, start, 0))
        searches[-1].settle(0)
    new, again = searches
    record.offer_now(new)
    record.offer_found(again)
    assert record.best is not None
    assert record.best.objective.total == 70


@FEW
@given(tiny_leagues(), st.integers(0, 9))
def test_fewest_missing_games_then_fewest_changes(document: dict[str, Any], which: int) -> None:
    of = valid(document)
    assume(not any(division.min_meetings for division in of.league.divisions))
    before = best_effort(of)
    assume(before.placed)
    games = to_games(build(of), before.placed or ())
    closed = f"{games[which % len(games)].date}"
    season = {**document["season"]}
    season["closedDates"] = [*season.get("closedDates", ()), closed]
    today = valid(document | {"season": season}).model_copy(
        update={"earlier": EarlierSchedule(games=games)}
    )
    effort = best_effort(today)
    assume(effort.cost is not None)
    report = checked(today, effort)
    assert report.violations == ()
    assert (report.missing, report.total) == (effort.missing, effort.cost)
    found = repair(build(today), 60, 1, threading.Event(), complete=False)
    assert found is not None
    assert report.changes == found.changes == found.changes_bound
