"""Selections of columns with dates, against optima of random leagues and by hand."""

from typing import Any

from hypothesis import HealthCheck, assume, given, settings

from matchday_api.problem import Problem
from matchday_solver.bounds.dated_selection import Dated, DatedSelection
from matchday_solver.bounds.duals import SCALE
from matchday_solver.bounds.enumeration import Most, columns_within
from matchday_solver.bounds.with_dates import improve_dated
from matchday_solver.build import build
from matchday_solver.exact.whole import Found
from tests.builders import division, only
from tests.solver.bounding import STEPS, assert_true, optimum, proof_of, stopping, told_beside
from tests.solver.solving import problem
from tests.solver.test_by_hand import too_many
from tests.solver.test_exact import complete
from tests.solver.tiny_leagues import tiny_leagues, valid

FEW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
WEEKLY = [{"days": 7, "games": 1, "weight": 30}]


def solved(of: Problem, end: int) -> Dated:
    """The cheapest selection with dates that costs less than an end."""
    data, proof = proof_of(of)
    columns = columns_within(data, proof, end * SCALE - proof.bound, Most(STEPS), stopping())
    return DatedSelection(data, columns).solve(0, -(-proof.bound // SCALE), end, stopping())


@FEW
@given(tiny_leagues())
def test_no_selection_with_dates_is_proven_dearer_than_an_optimum(document: dict[str, Any]) -> None:
    """Where the time does not suffice for one, what is proven is true for all that."""
    of = valid(document)
    cost = optimum(of)
    assume(not len(build(of).fixed))
    assert solved(of, cost + 1).bound <= cost


@FEW
@given(tiny_leagues())
def test_what_they_tell_is_true(document: dict[str, Any]) -> None:
    assert_true(document, improve_dated)


def saturdays(teams: Any = "AB", **changed: Any) -> Problem:
    """Two teams meet twice, on two of three Saturdays."""
    return problem(
        teams,
        season={"start": "2026-01-10", "end": "2026-01-24"},
        slots=[{"days": ["Sat"], "starts": ["09:00"]}],
        divisions=[division(gamesPerTeam=2)],
        **changed,
    )


def test_windows_without_games_are_counted() -> None:
    """In each of nine weeks both teams should play; with two Saturdays a week is left out."""
    of = saturdays(rules={"minGames": WEEKLY}, preferences=only())
    assert solved(of, 1000).bound == complete(of).cost == 60


def test_what_is_known_of_a_league_with_few_dates_is_its_optimum() -> None:
    of = saturdays(rules={"minGames": WEEKLY}, preferences=only())
    found = told_beside(of, 260, improve_dated)
    assert [news for news in found if isinstance(news, int)][-1] == 60
    assert min(news.cost for news in found if isinstance(news, Found)) == 60


def test_hard_windows_keep_dates_apart() -> None:
    """Only the first and the last Saturday are not within eight dates: seven weeks are empty."""
    of = saturdays(
        rules={"minGames": WEEKLY, "maxGames": [{"days": 8, "games": 1}]}, preferences=only()
    )
    assert solved(of, 1000).bound == complete(of).cost == 420


def test_games_too_many_in_a_window_of_two_are_counted() -> None:
    assert solved(too_many(), 1000).bound == 20


def test_rematches_that_come_too_soon_are_counted() -> None:
    """The first and the last Saturday are far enough apart, but on the last one A is away."""
    away = [{"name": "A", "closedDates": ["2026-01-24"]}, {"name": "B"}]
    of = saturdays(away, preferences=only(rematchGap={"days": 14, "weight": 40}))
    assert solved(of, 1000).bound == complete(of).cost == 40


def test_games_too_many_in_a_window_are_counted_beside_doubleheaders_once() -> None:
    of = problem(
        "ABC",
        season={"start": "2026-01-10", "end": "2026-01-11"},
        slots=[{"days": ["Sat", "Sun"], "starts": ["09:00", "12:00", "15:00"]}],
        divisions=[division(gamesPerTeam=2)],
        rules={
            "doubleheaders": {"maxPerTeam": 1},
            "maxGames": [{"days": 1, "games": 1, "weight": 10}],
        },
        preferences=only(doubleheaders=80),
    )
    assert solved(of, 1000).bound == complete(of).cost == 90
