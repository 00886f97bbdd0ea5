"""The compiled search against the checker, on random leagues with every rule and term."""

from typing import Any

from hypothesis import HealthCheck, assume, given, settings

from bench.families import Family, league
from matchday_api.checker import CheckReport, check
from matchday_api.problem import Problem
from matchday_solver.build import build
from matchday_solver.decode import missing, to_games
from matchday_solver.search import Search
from matchday_solver.starting import fresh
from tests.solver.solving import no_room
from tests.solver.tiny_leagues import tiny_leagues, valid

MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def searched(document: dict[str, Any], moves: int) -> tuple[Search, CheckReport]:
    """A search after some moves, and what the checker finds in its best schedule."""
    problem = valid(document)
    search = annealed(problem, moves)
    assume(search is not None)
    assert search is not None
    return search, judged(problem, search)


def annealed(problem: Problem, moves: int) -> Search | None:
    """A search after some moves; None where not even opponents exist."""
    instance = build(problem)
    start = fresh(instance, 0, complete=False)
    if start is None:
        return None
    search = Search(instance, start, seed=1)
    search.settle(200)
    search.anneal(moves, 1.0)
    return search


def judged(problem: Problem, search: Search) -> CheckReport:
    """The checker's report on the best schedule of a search."""
    instance, placed = search.instance, search.placed()
    games = to_games(instance, placed)
    return check(problem.league, games, missing(instance, placed, search.waiting(), no_room))


@MANY
@given(tiny_leagues())
def test_no_schedule_breaks_a_rule(document: dict[str, Any]) -> None:
    _, report = searched(document, moves=300)
    assert report.violations == ()


@MANY
@given(tiny_leagues())
def test_the_cost_is_the_checkers_after_any_moves(document: dict[str, Any]) -> None:
    search, report = searched(document, moves=300)
    assume(search.missing == 0)
    assert search.cost == report.total


def test_the_cost_is_the_checkers_where_clubs_trade_days() -> None:
    """Clubs of four teams and more: the tiny leagues have hardly a day that moves as a whole."""
    problem = valid(league(Family(40)))
    search = annealed(problem, moves=20_000)
    assert search is not None
    report = judged(problem, search)
    assert (report.violations, report.total) == ((), search.cost)
