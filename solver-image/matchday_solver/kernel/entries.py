"""What Python calls, on tables as `matchday_solver.kernel.table` makes them.

Types: p is a pointer to words of 64 bits, i an integer, f a floating-point number.
"""

from collections.abc import Callable
from typing import Any

from numba import carray

from matchday_solver.improve.anneal import anneal
from matchday_solver.kernel.club_sets import search_clubs
from matchday_solver.kernel.layout import Best, Pairing, Pricing, State, Static, Work
from matchday_solver.kernel.pairing import swap_opponents
from matchday_solver.kernel.place import put, put_fixed, reset
from matchday_solver.kernel.replay import replay
from matchday_solver.kernel.settle import fill, settle
from matchday_solver.kernel.view import view_of

static_view = view_of(Static)
state_view = view_of(State)
best_view = view_of(Best)
work_view = view_of(Work)
pairing_view = view_of(Pairing)
pricing_view = view_of(Pricing)


def start_entry(static: Any, state: Any, given: Any, rows: int) -> int:
    """Prepare an empty schedule and place the given games.

    Rows of five: game, slot, venue, host, and 1 where it never moves whatever rules it breaks.
    """
    s, st = static_view(static), state_view(state)
    reset(s, st)
    for row in carray(given, (rows, 5)):
        if row[4] != 0:
            put_fixed(s, st, row[0], row[1], row[2], row[3])
        else:
            put(s, st, row[0], row[1], row[2], row[3])
    return 0


def settle_entry(static: Any, state: Any, work: Any, best: Any, noise: int, steps: int) -> int:
    """See `settle`."""
    s, st = static_view(static), state_view(state)
    return settle(s, st, work_view(work), best_view(best), noise, steps)


def fill_entry(static: Any, state: Any, work: Any, best: Any, noise: int) -> int:
    """See `fill`."""
    s, st = static_view(static), state_view(state)
    return fill(s, st, work_view(work), best_view(best), noise)


def anneal_entry(
    static: Any, state: Any, work: Any, best: Any, noise: int, moves: int, temperature: float
) -> int:
    """See `anneal`."""
    s, st = static_view(static), state_view(state)
    anneal(s, st, work_view(work), best_view(best), moves, temperature, noise)
    return 0


def replay_entry(static: Any, state: Any, work: Any, best: Any, log: Any, rows: int) -> int:
    """See `replay`."""
    s, st = static_view(static), state_view(state)
    return replay(s, st, work_view(work), best_view(best), carray(log, (rows, 4)))


def pair_entry(pairing: Any, moves: int, heat: float) -> int:
    """See `swap_opponents`."""
    swap_opponents(pairing_view(pairing), moves, heat)
    return 0


def column_entry(pricing: Any, moves: int) -> int:
    """See `search_clubs`."""
    search_clubs(pricing_view(pricing), moves)
    return 0


ENTRIES: dict[str, Callable[..., int]] = {
    "start": start_entry,
    "settle": settle_entry,
    "fill": fill_entry,
    "anneal": anneal_entry,
    "replay": replay_entry,
    "pair": pair_entry,
    "column": column_entry,
}
