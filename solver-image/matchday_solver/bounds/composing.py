"""Schedules from the columns of the relaxation: columns first, then their dates, then starts.

What the relaxation proves is seldom beaten by much on small leagues, so a cheap selection of its
columns that has dates and starts is a schedule near the optimum, and often is one.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import product

import numpy as np

from matchday_solver import starting
from matchday_solver.bounds.columns import Column, ColumnSearch
from matchday_solver.bounds.dating import dated
from matchday_solver.bounds.duals import Prices, offer, price_scale, sign_correct
from matchday_solver.bounds.pricing import Proof
from matchday_solver.bounds.selection import Chosen, Selection
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.choice.table import Table, every_game
from matchday_solver.clock import Clock
from matchday_solver.exact.run import Budget
from matchday_solver.exact.whole import Found, rows_needed, solve_best_effort
from matchday_solver.instance import Instance
from matchday_solver.search import Search
from matchday_solver.size import room

MOST_COLUMNS = 5_000
"""Columns up to which this finds more in a minute than the search does."""
MEMORY = 500_000_000
"""Bytes that all this may take."""
MOST_GAMES = 2_000_000
"""Candidate games up to which all are listed, in less than a second and half of these bytes."""
SHARE, MOST_SECONDS = 0.15, 60.0
"""Part of the time left for one step, and the most."""
TRIES = 20
"""Selections tried."""
DRAWN, SPREADS = 3_000, (0.02, 0.05, 0.1, 0.2, 0.3, 0.4)
"""Further columns, the best ones at drawn prices, and how far apart these are, in units of their
scale."""
GAME_COST = 2
"""Of a game that a team lacks in a selection, in units of the price scale."""

ROUNDS, STEPS = 50, 500
"""How long games that lack a date or a start are placed."""
WARM, COOL, COOLER = 0.3, 0.1, 0.9
"""First and last temperature of the small changes, and the factor between two."""
MOVES = 200
"""Moves for every game at one temperature."""
SEED = 1


def compose(
    data: VenueDays, proof: Proof, columns: Iterable[Column], stopping: Stopping, enough: int
) -> Iterator[Found | None]:
    """Schedules, until one costs no more than what is enough; None after a try that gave no better.

    They are made of the columns that proved a bound, and of some like them.
    """
    if not _pays(data):
        return
    pool = sorted({*columns, *_alike(data, proof, stopping)})
    if len(pool) > MOST_COLUMNS or stopping.is_due():
        return
    lacking = GAME_COST * round(price_scale(data))
    games, selection, best = every_game(data.instance), Selection(data, pool, lacking), math.inf
    for _ in range(TRIES):
        chosen = selection.cheapest(_budget(stopping).seconds, stopping.stop)
        if chosen is None or selection.cost >= best:
            return
        found = _scheduled(data, games, chosen, stopping)
        if found is None or found.cost >= best:
            yield None
        else:
            best = found.cost
            yield found
        if stopping.is_due() or best <= enough:
            return
        selection.leave(chosen)


def _pays(data: VenueDays) -> bool:
    """Whether there is anything to choose, and room, and the league asks for nothing that only the
    one model keeps."""
    if not len(data.first) or len(data.instance.limits.windows.min_hard):
        return False
    return room() >= MEMORY and can_list(data.instance)


def can_list(instance: Instance) -> bool:
    """Whether there are few enough candidate games to list them all."""
    return rows_needed(instance) <= MOST_GAMES


def _alike(data: VenueDays, proof: Proof, stopping: Stopping) -> Iterator[Column]:
    """Columns that are the best at prices near those of a proof, until it is time to end."""
    rng, prices, scale = np.random.default_rng(SEED), proof.duals.prices(), price_scale(data)
    draws = DRAWN // (len(SPREADS) * max(1, len(data.kinds))) + 1
    for spread, draw in product(SPREADS, range(draws)):
        width = spread * scale
        near = Prices(*(part + rng.normal(0, width, part.shape) for part in prices.parts()))
        duals = sign_correct(data, near)
        for number, kind in enumerate(data.kinds):
            if stopping.is_due():
                return
            column, _ = ColumnSearch(data, kind, number, offer(data, duals, kind)).search(draw)
            if column is not None:
                yield column


def _scheduled(data: VenueDays, games: Table, chosen: Chosen, stopping: Stopping) -> Found | None:
    """A schedule that has most of the chosen columns."""
    there = dated(data, games, chosen, _budget(stopping), stopping.stop)
    return None if there is None else finished(data.instance, there, stopping)


def finished(instance: Instance, there: Table, stopping: Stopping) -> Found | None:
    """A schedule that has most of some candidate games, made cheaper by small changes."""
    end = solve_best_effort(instance, _budget(stopping), stopping.stop, there)
    if end.placed is None:
        return None
    clock = Clock(stopping.seconds(math.inf), 0.0, stopping.stop)
    start = starting.from_placed(instance, end.placed, SEED, clock)
    if start is None:
        return None
    search = Search(instance, start, SEED)
    _finish(search, instance.games_total, stopping)
    placed = tuple(search.placed())
    return Found(search.cost, placed) if len(placed) == instance.games_total else None


def _finish(search: Search, games: int, stopping: Stopping) -> None:
    """Place what lacks a date or a start, then try small changes."""
    for _ in range(ROUNDS):
        if not search.settle(STEPS) or stopping.is_due():
            break
    heat = WARM
    while heat > COOL and not search.missing and not stopping.is_due():
        search.anneal(MOVES * games, heat)
        heat *= COOLER


def _budget(stopping: Stopping) -> Budget:
    """Of one step."""
    return Budget(stopping.share(SHARE, MOST_SECONDS))
