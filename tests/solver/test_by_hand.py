"""Leagues whose least cost is computed by hand: the search, the exact model and bounds know it."""

from datetime import date
from itertools import combinations
from typing import Any

import pytest

from matchday_api.checker import check
from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver.bounds.counting import count
from matchday_solver.bounds.generate import Generation
from matchday_solver.bounds.venue_days import venue_days
from matchday_solver.build import build
from matchday_solver.choice.feasible import is_feasible
from matchday_solver.decode import to_games
from matchday_solver.demand import Demand
from tests.builders import checked, division, game, lacking, only
from tests.solver.bounding import stopping
from tests.solver.repairing import all_schedules
from tests.solver.solving import problem
from tests.solver.test_exact import best_effort, complete
from tests.solver.test_search import annealed

EVENING = [{"days": ["Mon", "Tue", "Wed", "Thu"], "starts": ["18:00"]}]


def days(last: str) -> dict[str, str]:
    """A season from Monday on."""
    return {"start": "2026-01-05", "end": last}


def too_many() -> Problem:
    """Three games on three dates; two are free, and both teams play."""
    return problem(
        "AB",
        season=days("2026-01-07"),
        slots=EVENING,
        divisions=[division(gamesPerTeam=3)],
        rules={"maxGames": [{"days": 3, "games": 2, "weight": 10}]},
        preferences=only(),
    )


def too_few() -> Problem:
    """One game on four dates: in both windows of three dates each team lacks one of two."""
    return problem(
        "AB",
        season=days("2026-01-08"),
        slots=EVENING,
        divisions=[division(gamesPerTeam=1)],
        rules={"minGames": [{"days": 3, "games": 2, "weight": 7}]},
        preferences=only(),
    )


def foreign() -> Problem:
    """A is from the east, B from the west, and the gym in the north."""
    return problem(
        [{"name": "A", "region": "East"}, {"name": "B", "region": "West"}],
        divisions=[division(gamesPerTeam=1)],
        venues=[{"name": "Gym", "region": "North"}],
        preferences=only(region=60),
    )


def homeless() -> Problem:
    """The home of A is closed."""
    return problem(
        [{"name": "A", "homeVenue": "Shut"}, {"name": "B"}],
        divisions=[division(gamesPerTeam=1)],
        venues=[{"name": "Gym"}, {"name": "Shut", "openDates": []}],
        preferences=only(homeVenue=60),
    )


def two_rivals() -> Problem:
    """A has one game and two rivals."""
    return problem(
        divisions=[division(gamesPerTeam=1)],
        rivals=[["A", "B"], ["A", "C"]],
        preferences=only(rivals=80),
    )


def four_tiers() -> Problem:
    """Both games are between tiers."""
    return problem(
        [{"name": name, "tier": tier} for tier, name in enumerate("ABCD", 1)],
        divisions=[division(gamesPerTeam=1)],
        preferences=only(tierMatch=70),
    )


def frozen_game() -> Problem:
    """One game, frozen on a Tuesday with eleven starts: two club days, a tier, ten idle starts."""
    first = EarlierSchedule(
        games=(game("A-B", "2026-01-06"),), frozen_before=date.fromisoformat("2026-01-07")
    )
    return problem(
        [{"name": "A", "club": "K", "tier": 1}, {"name": "B", "club": "L", "tier": 2}],
        clubs=[{"name": "K"}, {"name": "L"}],
        divisions=[division(gamesPerTeam=1)],
        preferences=only(clubDays=100, tierMatch=70, fullEvenings=10),
        earlier=first,
    )


COSTS = (
    (too_many, 20), (too_few, 28), (foreign, 120), (homeless, 60), (two_rivals, 80),
    (four_tiers, 140), (frozen_game, 370),
)  # fmt: skip
COUNTED = (too_few, foreign, homeless, four_tiers, frozen_game)


@pytest.mark.parametrize(("league", "cost"), COSTS)
def test_the_exact_model_comes_to_the_least_cost(league: Any, cost: int) -> None:
    whole = complete(league())
    assert whole.placed is not None
    games = to_games(build(league()), whole.placed)
    report = check(league().league, games, (), league().earlier)
    assert (report.violations, report.total) == ((), cost)
    assert (whole.cost, whole.bound) == (cost, cost)


@pytest.mark.parametrize(("league", "cost"), COSTS)
def test_the_search_comes_to_the_least_cost(league: Any, cost: int) -> None:
    search = annealed(league(), moves=2000)
    assert search is not None
    assert (search.missing, search.cost) == (0, cost)


@pytest.mark.parametrize(("league", "cost"), [pair for pair in COSTS if pair[0] in COUNTED])
def test_counting_comes_to_the_least_cost(league: Any, cost: int) -> None:
    assert count(venue_days(build(league()))) == cost


@pytest.mark.parametrize(("league", "cost"), [pair for pair in COSTS if pair[0] in COUNTED])
def test_the_venue_day_bound_comes_to_the_least_cost(league: Any, cost: int) -> None:
    data = venue_days(build(league()))
    assert max(Generation(data, stopping(), -1).run(), default=count(data)) == cost


@pytest.mark.parametrize(("most", "lacking_games"), [(2, 0), (1, 2)])
def test_teams_have_as_many_doubleheaders_as_they_may(most: int, lacking_games: int) -> None:
    """Four games on two dates are two doubleheaders; with one a team plays three."""
    of = problem(
        season=days("2026-01-06"),
        divisions=[division(gamesPerTeam=4, maxMeetings=2)],
        rules={"doubleheaders": {"maxPerTeam": most, "minBreakMinutes": 0}},
    )
    instance = build(of)
    feasible = is_feasible(instance, Demand.whole(instance), 60, 1)
    assert feasible is (lacking_games == 0)
    assert best_effort(of).missing == lacking_games


def test_a_pair_that_cannot_meet_for_want_of_starts_is_missing() -> None:
    """Three games, two starts; the pair that does not meet is named, and no other rule broken."""
    of = problem(
        "ABC",
        season=days("2026-01-06"),
        slots=EVENING,
        divisions=[division(gamesPerTeam=2, minMeetings=1, maxMeetings=1)],
        venues=[{"name": "Gym", "courts": 1}],
    )
    effort = best_effort(of)
    assert (effort.missing, effort.missing_bound) == (1, 1)
    assert effort.placed is not None
    games = to_games(build(of), effort.placed)
    met = {frozenset((g.home, g.away)) for g in games}
    (apart,) = (pair for pair in combinations("ABC", 2) if frozenset(pair) not in met)
    assert check(of.league, games, [lacking(1, *apart)]).violations == ()


def test_no_schedule_is_cheaper_than_the_optimum() -> None:
    """All 2,024 schedules of three games on four evenings, judged by the checker."""
    teams = [{"name": "A", "club": "K", "tier": 1}, {"name": "B", "tier": 2}]
    of = problem(
        [*teams, {"name": "C", "club": "K", "tier": 1}],
        season=days("2026-01-08"),
        slots=EVENING,
        clubs=[{"name": "K", "closedDates": ["2026-01-07"]}],
        divisions=[division(gamesPerTeam=2, maxMeetings=2)],
        rules={
            "sameClubMeets": True,
            "maxGames": [{"days": 2, "games": 1, "weight": 15}, {"days": 4, "games": 2}],
            "minGames": [{"days": 2, "games": 1, "weight": 7}],
        },
        preferences=only(clubDays=20, homeAwayBalance=11, tierMatch=5),
    )
    reports = (checked(of.league, *games) for games in all_schedules(of.league, 3))
    costs = [r.total for r in reports if not r.violations and not r.missing]
    whole = complete(of)
    assert (whole.cost, whole.bound) == (min(costs), min(costs))
