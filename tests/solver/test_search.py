"""The compiled search against the checker, on random leagues with every rule and term."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bench.families import Family, families, league
from matchday_api.checker import CheckReport, check
from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver.build import build
from matchday_solver.decode import Placed, missing, to_games
from matchday_solver.instance import Instance
from matchday_solver.search import CONSTRUCTION_NOISE, Search, Start
from matchday_solver.starting import fresh
from tests.builders import division, game, only
from tests.solver.solving import no_room, problem
from tests.solver.tiny_leagues import tiny_leagues, valid

HOURS = ["17:00", "18:00"]
MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def searched(document: dict[str, Any], moves: int) -> tuple[Search, CheckReport]:
    """A search after some moves, and what the checker finds in its best schedule; without hard
    minimums, of which a search may keep some for later."""
    document["rules"]["minGames"] = [w for w in document["rules"]["minGames"] if "weight" in w]
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


@MANY
@given(tiny_leagues(), st.integers(0, 300))
def test_moves_of_another_search_keep_the_rules_and_the_checkers_cost(
    document: dict[str, Any], moves: int
) -> None:
    one, _ = searched(document, moves=300)
    other, shown = beside(one), beside(one)
    other.anneal(300, 1.0, note=True)
    one.anneal(moves, 1.0)
    one.make_moves_of(other)
    shown.go_on_from(one)
    shown.settle(0)
    report = judged(valid(document), shown)
    assert report.violations == ()
    assert shown.missing > 0 or one.current_cost == report.total


def beside(search: Search) -> Search:
    """Another search of what `annealed` gives, with the schedule in the making."""
    start = fresh(search.instance, 0, complete=False)
    assert start is not None
    other = Search(search.instance, start, seed=2)
    other.go_on_from(search)
    return other


def test_the_cost_is_the_checkers_where_clubs_trade_days() -> None:
    """Clubs of four teams and more: the tiny leagues have hardly a day that moves as a whole."""
    problem = valid(league(Family(40)))
    search = annealed(problem, moves=20_000)
    assert search is not None
    report = judged(problem, search)
    assert (report.violations, report.total) == ((), search.cost)


def test_a_day_moves_as_a_whole() -> None:
    """The evening at home is dearer for one game, two starts being idle, and free for all three."""
    home = {"homeVenue": "Home"}
    of = problem(
        [{"name": name, **home} for name in "ABCDEF"],
        season={"start": "2026-01-07", "end": "2026-01-10"},
        slots=[{"days": ["Wed", "Sat"], "starts": ["17:00", "18:00", "19:00"]}],
        divisions=[division(gamesPerTeam=1)],
        venues=[
            {"name": "Home", "openDates": ["2026-01-07"]},
            {"name": "Away", "openDates": ["2026-01-10"]},
        ],
        preferences=only(homeVenue=30, fullEvenings=50),
    )
    pairs = np.array([[0, 1], [2, 3], [4, 5]], np.int32)
    saturday = np.array([[3, 1, 0], [4, 1, 0], [5, 1, 0]], np.int32)
    search = Search(build(of), Start(pairs, positions=saturday), seed=1)
    search.settle(steps=0)
    assert search.cost == 90
    search.anneal(500, 0.0)
    assert (search.cost, judged(of, search).total) == (0, 0)


@pytest.mark.parametrize("most", [2, 3, 5])
def test_hosts_are_shared_also_where_opponents_are_exchanged(most: int) -> None:
    """Three meetings are at home twice and once; where one of them goes, one each is left."""
    teams = [{"name": f"T{n}", "homeVenue": f"Gym {n % 3}"} for n in range(8)]
    of = problem(
        teams,
        divisions=[division(gamesPerTeam=10, maxMeetings=most, playAt="HomeVenue")],
        venues=[{"name": f"Gym {n}"} for n in range(3)],
    )
    search = annealed(of, moves=0)
    assert search is not None
    for _ in range(20):
        search.anneal(500, 0.5)
        assert judged(of, search).violations == ()


@MANY
@given(tiny_leagues(), st.integers(0, 100))
def test_a_game_goes_where_the_checker_finds_it_cheapest(document: dict[str, Any], n: int) -> None:
    search, _ = searched(document, moves=300)
    placed = search.placed()
    assume(placed and search.missing == 0 and placed[n % len(placed)].fixed < 0)
    assert_goes_where_cheapest(valid(document), search, n % len(placed))


@pytest.mark.parametrize("n", [20, 60])
@pytest.mark.parametrize("mixed", [False, True])
def test_it_does_so_among_many_dates_and_clubs(mixed: bool, n: int) -> None:
    """The tiny leagues have too few of them for much to be left out of the search."""
    problem = valid(league(Family(24, mixed=mixed)))
    search = annealed(problem, moves=500)
    assert search is not None
    assert_goes_where_cheapest(problem, search, n)


def test_opponents_change_where_a_game_fits_nowhere() -> None:
    """A and C can only play on the first date, which has one start: they have to meet."""
    shut = ["2026-01-06"]
    of = problem(
        [{"name": "A", "closedDates": shut}, "B", {"name": "C", "closedDates": shut}, "D"],
        season={"start": "2026-01-05", "end": "2026-01-06"},
        slots=[{"days": ["Mon", "Tue"], "starts": ["17:00"]}],
        divisions=[division(gamesPerTeam=1)],
        venues=[{"name": "Gym"}],
    )
    search = Search(build(of), Start(np.array([[0, 1], [2, 3]], np.int32)), seed=1)
    assert search.settle(200) == 0
    assert judged(of, search).violations == ()


def test_a_tight_league_is_placed_soon() -> None:
    """With the opponents of the beginning one or two of its 320 games were left after a minute."""
    instance = build(valid(league(families()["tight-80"])))
    start = fresh(instance, 0, complete=True)
    assert start is not None
    assert Search(instance, start, seed=1).settle(20_000) == 0


def test_a_game_leaves_its_home_venue_where_it_fills_an_evening() -> None:
    """On Saturday at home it costs nothing, but leaves Monday's second start idle for 100."""
    home = [{"name": team, "homeVenue": "Home"} for team in "AB"]
    of = problem(
        [*home, "C", "D"],
        season={"start": "2026-01-10", "end": "2026-01-12"},
        slots=[{"days": ["Sat"], "starts": ["09:00"]}, {"days": ["Mon"], "starts": HOURS}],
        divisions=[division(gamesPerTeam=1)],
        venues=[{"name": "Gym"}, {"name": "Home", "openDates": ["2026-01-10"]}],
        preferences=only(fullEvenings=100, homeVenue=60),
    )
    instance = build(of)
    games = [Placed(1, 0, 2, 3, 0), Placed(0, 1, 0, 1, 0)]
    search = Search(instance, start_of(games), seed=1)
    assert (search.fill(), search.cost) == (0, 60)


def assert_goes_where_cheapest(problem: Problem, search: Search, n: int) -> None:
    """Take the n-th game out and let the search place it; its noise may mislead it so far."""
    placed = search.placed()
    moved = placed.pop(n)
    costs = costs_at_all_positions(problem, search.instance, placed, moved)
    without = Search(search.instance, start_of([*placed, moved]), seed=1)
    assert without.fill() == 0
    least, noise = min(costs), without.unit * CONSTRUCTION_NOISE
    assert least <= without.cost <= least + noise


def costs_at_all_positions(
    problem: Problem, instance: Instance, others: list[Placed], game: Placed
) -> list[int]:
    """The checker's totals with a game wherever it breaks no rule."""
    tried = [
        Placed(slot, venue, home, away, game.length)
        for slot in np.flatnonzero(instance.calendar.fits[:, game.length]).tolist()
        for venue in range(len(instance.venues.names))
        for home, away in ((game.home, game.away), (game.away, game.home))
    ]
    schedules = ([*others, row] for row in tried)
    reports = [
        check(problem.league, to_games(instance, rows), missing(instance, rows, (), no_room))
        for rows in schedules
    ]
    return [report.total for report in reports if not report.violations]


def start_of(placed: list[Placed]) -> Start:
    """These games at their positions, the last one without."""
    rows = [*((row.slot, row.venue, 0) for row in placed[:-1]), (-1, -1, 0)]
    return Start(
        np.array([(row.home, row.away) for row in placed], np.int32),
        positions=np.array(rows, np.int32),
    )


def test_frozen_games_of_a_coach_at_once_cost_what_the_checker_counts() -> None:
    teams = [{"name": name, "coaches": ["Kim"] if name in "AC" else []} for name in "ABCD"]
    frozen = (game("A-B", "2026-01-05"), game("C-D", "2026-01-05", court=2, venue="Hall"))
    of = problem(
        teams,
        venues=[{"name": "Gym"}, {"name": "Hall", "courts": 2}],
        slots=[{"days": ["Mon", "Wed"], "starts": ["09:00"]}],
        divisions=[division(gamesPerTeam=2)],
        earlier=EarlierSchedule(games=frozen, frozen_before="2026-01-06"),
        preferences=only(coachBackToBack=90),
    )
    search = annealed(of, 0)
    assert search is not None
    assert search.preferences == 90
