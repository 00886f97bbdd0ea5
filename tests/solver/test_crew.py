"""The searches of a solve."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from bench.families import Family, league
from matchday_api.problem import Problem
from matchday_api.request import Completeness
from matchday_solver import starting
from matchday_solver.build import build
from matchday_solver.choice.fewest import fewest_missing
from matchday_solver.choice.table import Table, rows_of
from matchday_solver.clock import Clock
from matchday_solver.cooling import Counted, Extent
from matchday_solver.crew import Crew
from matchday_solver.decode import Placed
from matchday_solver.exact.run import Budget
from matchday_solver.instance import EarlierGames, Instance
from matchday_solver.kernel import make_work
from matchday_solver.outcome import Ending
from matchday_solver.prover import Prover
from matchday_solver.record import Record
from matchday_solver.search import Search
from matchday_solver.together import Merging
from tests.builders import division, only
from tests.solver.solving import problem, solved
from tests.solver.test_search import judged
from tests.solver.tiny_leagues import valid


def crew_of(of: Problem) -> Crew:
    """A crew with all games placed."""
    instance = build(of)
    start = starting.fresh(instance, of.seed, complete=True)
    assert start is not None
    crew = Crew(instance, start, of)
    while crew.settle():
        pass
    return crew


def test_one_worker_is_kept_for_bounds_until_it_joins() -> None:
    crew = crew_of(problem(workers=2))
    assert crew.has_room
    crew.join()
    assert not crew.has_room


@pytest.mark.parametrize("options", [{"workers": 1}, {"workers": 2, "repeatable": True}])
def test_no_search_joins_by_chance_where_a_solve_is_to_be_repeatable(
    options: dict[str, object],
) -> None:
    crew = crew_of(problem(**options))
    assert not crew.has_room


def forty(**options: object) -> Problem:
    """A league of 40 teams, whose schedules hardly ever cost the same."""
    return valid(league(Family(40))).model_copy(update=options)


def annealed(number: int, moves: int, teams: int = 40) -> Search:
    """A search of such a league after some moves."""
    instance = build(valid(league(Family(teams))))
    start = starting.fresh(instance, 0, complete=True)
    assert start is not None
    search = Search(instance, start, number)
    while search.settle(1000):
        pass
    search.anneal(moves, 2.0)
    return search


def test_a_search_goes_on_from_the_schedule_of_another() -> None:
    one, other = annealed(1, moves=50), annealed(2, moves=100)
    assert one.current_cost != other.current_cost
    one.go_on_from(other)
    assert one.current_cost == other.current_cost
    one.anneal(2000, 0.01)
    report = judged(forty(), one)
    assert (report.violations, report.total) == ((), one.cost)


def test_a_search_that_goes_on_from_another_keeps_its_best() -> None:
    one, other = annealed(1, moves=50), annealed(2, moves=1)
    best, placed = one.cost, one.placed()
    one.go_on_from(other)
    assert (one.cost, one.placed()) == (best, placed)


def test_two_searches_take_different_ways_from_one_schedule() -> None:
    one, other = annealed(1, moves=50), annealed(2, moves=50)
    one.go_on_from(other)
    ways: list[list[int]] = [[], []]
    for _ in range(5):
        for search, way in zip((one, other), ways, strict=True):
            search.anneal(50, 4.0)
            way.append(search.current_cost)
    assert ways[0] != ways[1]


class Heated:
    """An annealing at one temperature, of which so many calls are the whole."""

    def __init__(self, calls: int) -> None:
        self._calls, self._done = calls, 0

    def part(self) -> float:
        return self._done / self._calls

    def temperature(self) -> float:
        return 2.0

    def next_moves(self, paced: int) -> int:
        del paced
        self._done += 1
        return 20


@pytest.mark.parametrize(("calls", "shared"), [(10, 1), (1000, 2)])
def test_searches_share_the_best_schedule_now_and_then(calls: int, shared: int) -> None:
    crew = crew_of(forty(workers=3, repeatable=True))
    crew.anneal(Heated(calls))
    assert len({search.current_cost for search in crew._searches}) == shared


def test_searches_share_also_in_a_second_annealing() -> None:
    crew = crew_of(forty(workers=3, repeatable=True))
    crew.anneal(Heated(1))
    crew.anneal(Heated(1000))
    begun = {search.current_cost for search in crew._searches}
    crew.anneal(Heated(10))
    assert (len(begun), len({search.current_cost for search in crew._searches})) == (2, 1)


def test_a_search_joins_from_where_another_is() -> None:
    crew = crew_of(forty(workers=2))
    crew.anneal(Heated(10))
    crew.join()
    assert len({search.current_cost for search in crew._searches}) == 1


def large(**options: object) -> Crew:
    """Searches of a league with many games."""
    return crew_of(valid(league(Family(130))).model_copy(update=options))


def test_searches_of_a_large_league_go_on_as_one() -> None:
    crew = large(workers=4)
    for _ in range(3):
        crew.anneal(Heated(1000))
        assert len({search.current_cost for search in crew._searches}) == 1
    assert (crew.searches_as_one, crew_of(forty(workers=4)).searches_as_one) == (3, 1)


def test_searches_of_a_large_league_make_each_others_moves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = list[int]()
    replayed = Search.make_moves_of
    monkeypatch.setattr(
        Search, "make_moves_of", lambda one, other: made.append(replayed(one, other))
    )
    crew = large(workers=3)
    crew.anneal(Heated(1000))
    assert made == []
    for _ in range(10):
        crew.anneal(Heated(1000))
    assert sum(made) > 0


def test_searches_of_a_large_league_repeat() -> None:
    crews = [large(workers=4, repeatable=True) for _ in range(2)]
    for crew in crews:
        cooling = Counted(0.3, Extent.of(crew.best.instance), crew.searches_as_one)
        while cooling.part() < 1.0:
            crew.anneal(cooling)
    assert crews[0].best.placed() == crews[1].best.placed()


def test_searches_are_gathered_at_the_cheapest_schedule() -> None:
    searches = both()
    searches[1].anneal(1000, 0.01)
    cheapest = searches[1].current_cost
    searches[0].anneal(10, 4.0)
    Merging().help(searches, 0.0, 0.1)
    assert [search.current_cost for search in searches] == [cheapest] * 2


@pytest.mark.parametrize(
    ("searches", "paced", "most"), [(2, 100, 100), (1, 10_000, 10_000), (4, 10_000, 1000)]
)
def test_searches_merge_the_sooner_the_more_they_are(searches: int, paced: int, most: int) -> None:
    assert Merging().most_moves(searches, paced) == most


def test_what_each_of_merged_searches_has_saved_is_saved_in_all() -> None:
    searches, merging = both(), Merging()
    merging.help(searches, 0.0, 0.1)
    for search in searches:
        search.anneal(500, 0.01, note=True)
    alone = min(search.current_cost for search in searches)
    merging.help(searches, 0.1, 0.2)
    assert {search.current_cost < alone for search in searches} == {True}


def both() -> tuple[Search, Search]:
    """Two searches with the same schedule that note their moves."""
    instance = build(forty())
    start = starting.fresh(instance, 0, complete=True)
    assert start is not None
    one, other = (Search(instance, start, number) for number in (1, 2))
    while one.settle(1000):
        pass
    other.go_on_from(one)
    return one, other


def test_a_search_makes_the_moves_of_another() -> None:
    one, other = both()
    begun = one.current_cost
    other.anneal(3000, 0.01, note=True)
    made = one.make_moves_of(other)
    assert made > 100
    assert one.current_cost - other.current_cost < (begun - other.current_cost) / 4


def test_moves_of_another_that_make_a_schedule_too_dear_are_not_made() -> None:
    one, other = both()
    one.anneal(3000, 0.01)
    begun = one.current_cost
    other.anneal(100, 0.01, note=True)
    one.make_moves_of(other)
    assert one.current_cost <= begun + one.unit


def test_a_search_stops_where_it_can_note_no_more_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_work, "LOG_ROWS", 60)
    one, other = both()
    other.anneal(100_000, 2.0, note=True)
    tried, rows = int(other._work.tally[:, 0].sum()), int(other._work.logged[0])
    assert (tried < 1000, 0 < rows <= 60, one.make_moves_of(other) > 0) == (True, True, True)


def test_games_that_wait_go_with_the_schedule() -> None:
    of = with_few_starts()
    instance = build(of)
    start = starting.fresh(instance, 0, complete=False)
    assert start is not None
    one, other = Search(instance, start, 1), Search(instance, start, 2)
    for search, moves in ((one, 10), (other, 50)):
        search.fill()
        search.anneal(moves, 2.0)
    one.go_on_from(other)
    waiting = one._work.stack[: one._work.waiting[0]]
    assert sorted(waiting.tolist()) == np.flatnonzero(one._state.slot < 0).tolist()


def test_a_prover_is_idle_once_nothing_more_is_to_be_proven() -> None:
    clock = Clock(60, 0, threading.Event())
    short = problem("ABCD", divisions=[division(gamesPerTeam=1)])
    with Prover(build(short), clock, thorough=True) as prover:
        deadline = time.monotonic() + 30
        while not prover.is_idle and time.monotonic() < deadline:
            threading.Event().wait(0.01)
        assert prover.is_idle


def test_the_cost_is_bounded_once_a_schedule_without_missing_games_is_found() -> None:
    """Every game is between tiers; the proof begins where all games are missing."""
    short = problem(
        [{"name": name, "tier": n} for n, name in enumerate("ABCD", start=1)],
        divisions=[division(gamesPerTeam=1)],
        preferences=only(tierMatch=70),
    )
    clock = Clock(60, 0, threading.Event())
    with Prover(build(short), clock, thorough=True, lacking=True) as prover:
        deadline = time.monotonic() + 30
        while not prover.is_idle and time.monotonic() < deadline:
            threading.Event().wait(0.01)
    assert (prover.missing, prover.bound) == (0, 140)


def with_few_starts(**changed: Any) -> Problem:
    """Each of six teams wants four games, and there are four starts."""
    return problem(
        "ABCDEF",
        divisions=[division(gamesPerTeam=4)],
        season={"start": "2026-01-05", "end": "2026-01-06"},
        slots=[{"days": ["Mon", "Tue"], "starts": ["09:00"]}],
        completeness=Completeness.BEST_EFFORT,
        time_limit_seconds=2,
        workers=2,
        **changed,
    )


class Watched:
    """A solve in which a schedule with fewer missing games is found as the time ends."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, of: Problem) -> None:
        self.resumed = list[Crew]()
        """The searches that went on from a schedule of the engine."""
        self.offered = list[Search]()
        resumed, offer = Crew.resumed, Record.offer

        def note_resumed(crew: Crew, games: EarlierGames, told: Callable[[Search], None]) -> Crew:
            self.resumed.append(resumed(crew, games, told))
            return self.resumed[-1]

        def note_offered(record: Record, search: Search, **options: bool) -> None:
            self.offered.append(search)
            offer(record, search, **options)

        monkeypatch.setattr("matchday_solver.bounds.missing.improve_missing", found_at_last)
        monkeypatch.setattr(Crew, "resumed", note_resumed)
        monkeypatch.setattr(Record, "offer", note_offered)
        assert solved(of).ending is Ending.SOLVED


def found_at_last(
    instance: Instance, games: Sequence[Placed], _: Budget, stop: threading.Event, *told: Any
) -> None:
    """Find the games that there are, but not before the end."""
    stop.wait()
    told[1](rows_of(instance, games))


def test_a_fuller_schedule_counts_even_if_it_is_found_as_the_time_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watched = Watched(monkeypatch, with_few_starts())
    assert watched.offered[-1] is watched.resumed[-1].best


def test_a_fuller_schedule_that_is_found_by_chance_does_not_count_where_a_solve_is_repeatable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not Watched(monkeypatch, with_few_starts(repeatable=True)).resumed


def test_a_better_schedule_is_told_before_it_is_proven_the_best() -> None:
    instance, found = build(with_few_starts()), list[Table]()
    best = fewest_missing(
        instance, (0,), 12, Budget(20), threading.Event(), lambda _: None, found.append
    )
    assert best is not None
    assert len(found[-1]) == len(best)
