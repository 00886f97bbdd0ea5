"""The searches of a solve."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from bench.families import Family, league
from matchday_api.problem import Problem
from matchday_api.request import Completeness
from matchday_solver import starting
from matchday_solver.build import build
from matchday_solver.choice.fewest import fewest_missing
from matchday_solver.choice.table import Table, rows_of
from matchday_solver.clock import Clock
from matchday_solver.crew import Crew
from matchday_solver.decode import Placed
from matchday_solver.exact.run import Budget
from matchday_solver.instance import EarlierGames, Instance
from matchday_solver.outcome import Ending
from matchday_solver.prover import Prover
from matchday_solver.record import Record
from matchday_solver.search import Search
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
    crew.part()
    assert crew.has_room


def test_the_best_search_stays_where_one_lets_go() -> None:
    crew = crew_of(forty(workers=2))
    crew.join()
    better = crew._searches[1]
    better.anneal(2000, 0.01)
    crew.part()
    assert crew._searches == [better]


@pytest.mark.parametrize("options", [{"workers": 1}, {"workers": 2, "repeatable": True}])
def test_no_search_joins_by_chance_where_a_solve_is_to_be_repeatable(
    options: dict[str, object],
) -> None:
    crew = crew_of(problem(**options))
    assert not crew.has_room


def test_all_workers_place_the_last_games_where_these_take_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("matchday_solver.placing.STALLED_SECONDS", 0.0)
    placing = watched(monkeypatch, "settle")
    improving = watched(monkeypatch, "anneal")
    solved(with_few_starts())
    assert (placing[0], max(placing), improving[0]) == (1, 2, 1)


def watched(monkeypatch: pytest.MonkeyPatch, method: str) -> list[int]:
    """How many searches there are at each call of a method of the crew."""
    numbers, call = list[int](), getattr(Crew, method)

    def told(crew: Crew, *given: Any) -> Any:
        numbers.append(len(crew._searches))
        return call(crew, *given)

    monkeypatch.setattr(Crew, method, told)
    return numbers


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
