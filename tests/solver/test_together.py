"""Searches of a large league that work on one schedule."""

import numpy as np
import pytest

from bench.families import Family, league
from matchday_solver import starting
from matchday_solver.build import build
from matchday_solver.cooling import Counted, Extent
from matchday_solver.crew import Crew
from matchday_solver.kernel import make_work
from matchday_solver.search import Search
from matchday_solver.together import Merging
from tests.solver.test_crew import Heated, crew_of, forty, with_few_starts
from tests.solver.tiny_leagues import valid


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
