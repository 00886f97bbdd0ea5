"""How hot the annealing is."""

import threading

import pytest

from matchday_solver.clock import Clock
from matchday_solver.cooling import (
    CHUNK_TOGETHER,
    COLD,
    COOL,
    CYCLE_MOVES,
    HOT,
    HOTTEST,
    WARM,
    Counted,
    Extent,
    Schedule,
    Timed,
    cycle_ends,
    first_temperature,
)

GAMES = 800


def test_with_few_moves_a_search_begins_colder() -> None:
    assert COLD <= first_temperature(10 * GAMES, GAMES) < HOT


def test_with_few_games_a_search_begins_hotter() -> None:
    many = 5000
    assert first_temperature(many * 40, 40) == HOTTEST
    assert first_temperature(many * GAMES, GAMES) == WARM


def test_a_league_without_games_has_a_temperature() -> None:
    assert first_temperature(1_000_000, 0) == HOTTEST


def test_it_ends_cold_after_one_cycle() -> None:
    schedule = Schedule(round(CYCLE_MOVES) * GAMES, GAMES)
    assert schedule.at(0.0) == WARM
    assert schedule.at(1.0) == pytest.approx(COOL)
    assert schedule.at(0.3) > schedule.at(0.6)


def test_with_many_moves_it_begins_hot_again() -> None:
    schedule = Schedule(round(4 * CYCLE_MOVES) * GAMES, GAMES)
    assert schedule.at(0.24) < schedule.at(0.26) > schedule.at(0.99)
    assert schedule.at(1.0) == pytest.approx(COOL)


def test_each_cycle_is_longer_than_the_one_before() -> None:
    ends = cycle_ends(round(13.5 * CYCLE_MOVES) * GAMES, GAMES)
    assert ends == pytest.approx((1 / 13, 4 / 13, 1.0))


def test_moves_are_counted_where_a_search_is_to_be_repeatable() -> None:
    cooling = Counted(1.0, Extent(GAMES, places=288))
    assert cooling.next_moves(1) == cooling.next_moves(100_000)
    assert 0 < cooling.part() < 1


def test_several_searches_of_one_schedule_begin_hotter_and_try_as_many_moves() -> None:
    extent = Extent(GAMES, places=288)
    alone, together = Counted(2.0, extent), Counted(2.0, extent, searches=4)
    assert alone.temperature() < together.temperature()
    calls = 0
    while together.part() < 1.0:
        calls += together.next_moves(1)
    assert calls - CHUNK_TOGETHER < extent.moves_in(2.0) <= calls


def test_so_they_do_by_the_clock() -> None:
    clock, extent = Clock(2.0, 0.0, threading.Event()), Extent(GAMES, places=288)
    alone, together = Timed(clock, 0.0, extent), Timed(clock, 0.0, extent, searches=4)
    assert alone.temperature() < together.temperature()


@pytest.mark.parametrize("larger", [Extent(8000, places=288), Extent(GAMES, places=35_000)])
def test_fewer_moves_are_counted_on_in_a_larger_league(larger: Extent) -> None:
    assert larger.moves_in(60.0) < Extent(GAMES, places=288).moves_in(60.0) / 1.5


def test_some_moves_are_tried_in_any_time() -> None:
    assert Extent(GAMES, places=288).moves_in(0.0) > 0
