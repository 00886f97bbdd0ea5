"""A schedule in the making and the two searches on it: placing games, and improving them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchday_solver.decode import Placed
from matchday_solver.hosting import surplus
from matchday_solver.instance import Instance, Ints, Mask
from matchday_solver.kernel.layout import CHANGED, MISSING, SHORT, State
from matchday_solver.kernel.make import make_state, make_static, short_cost
from matchday_solver.kernel.make_work import make_best, make_work
from matchday_solver.kernel.native import native
from matchday_solver.kernel.table import table

CONSTRUCTION_NOISE = 0.05
"""Random additions to the cost of positions, in units of a typical weight."""
PACKING = 0.7
"""While games of several lengths are placed, what each start costs that one of them is in progress
at, and a gap beside it, in the same units: a long game goes where it takes no more starts than a
short one, and starts between games are not wasted."""


@dataclass(frozen=True, slots=True)
class Start:
    """The games to schedule and what is known of where they go.

    The instance's given games come first in `pairs`. Rows of `anchors` and `positions` are slot,
    venue and home team (anchors) or host, 0 for the first team (positions); slot -1 for none.
    """

    pairs: Ints
    anchors: Ints | None = None
    positions: Ints | None = None


class Search:
    """One search; every method changes the schedule in the making and keeps the best so far."""

    def __init__(self, instance: Instance, start: Start, seed: int) -> None:
        self.instance = instance
        fixed = instance.fixed
        lengths = instance.divisions.length[instance.teams.division[start.pairs[:, 0]]].copy()
        lengths[: len(fixed)] = fixed.length
        self._static = make_static(instance)
        self._state = make_state(instance, start.pairs, lengths, seed)
        self._best = make_best(self._state)
        self._work = make_work(self._state)
        self._tables = tuple(
            table(part) for part in (self._static, self._state, self._work, self._best)
        )
        self._addresses = [words.ctypes.data for words in self._tables]
        if start.anchors is not None:
            self._state.anchor[:] = start.anchors
        self.unit = _typical_weight(self._static.weight)
        self._noise = int(self.unit * CONSTRUCTION_NOISE)
        self._packing = max(1, int(self.unit * PACKING)) if _is_packed(instance) else 0
        self._begin(start, np.random.default_rng(seed))

    def _begin(self, start: Start, rng: np.random.Generator) -> None:
        """Place what is given and queue the rest, hard games and those with an anchor on top."""
        fixed, state = self.instance.fixed, self._state
        games = len(state.a)
        rows = [
            (g, fixed.slot[g], fixed.venue[g], int(state.a[g] != fixed.home[g]), 1)
            for g in range(len(fixed))
        ]
        known = np.zeros(games, np.bool_)
        known[: len(fixed)] = True
        if start.positions is not None:
            chosen = np.flatnonzero((start.positions[:, 0] >= 0) & ~known)
            rows += [(int(g), *start.positions[g].tolist(), 0) for g in chosen]
            known[chosen] = True
        given = np.array(rows, np.int64).ravel()
        native().start(*self._addresses[:2], given.ctypes.data, len(rows))
        state.cost[0] += self._static.weight[3] * _lonely_rivals(self.instance, start.pairs)
        state.cost[0] -= short_cost(self.instance) * _short_for_good(self.instance)
        waiting = np.flatnonzero(~known)
        choices = self.instance.divisions.suitable.sum(axis=1)
        ease = choices[self.instance.teams.division[state.a[waiting]]]
        stays = self._can_stay(waiting)
        order = np.lexsort((rng.random(len(waiting)), -ease, stays))
        self._work.stack[: len(waiting)] = waiting[order]
        self._work.waiting[0] = len(waiting)

    def _can_stay(self, games: NDArray[Any]) -> Mask:
        """Which games have an earlier position that is still open to their teams."""
        if not len(self.instance.calendar.slot_date):
            return np.zeros(len(games), np.bool_)
        slot, venue, _ = self._state.anchor[games].T
        day = self.instance.calendar.slot_date[slot]
        closed = self.instance.teams.closed
        free = ~closed[self._state.a[games], day] & ~closed[self._state.b[games], day]
        stays: Mask = (slot >= 0) & self.instance.venues.open[slot, venue] & free
        return stays

    def settle(self, steps: int) -> int:
        """Place waiting games, ejecting others where they must; how many still wait."""
        self._state.packing[:] = self._packing
        waiting = native().settle(*self._addresses, self._noise, steps)
        self._state.packing[:] = 0
        return waiting

    def fill(self) -> int:
        """Place what waits wherever there is room, ejecting nothing; how many still wait."""
        return native().fill(*self._addresses, self._noise)

    def anneal(self, moves: int, temperature: float, *, note: bool = False) -> None:
        """Try so many moves at a temperature in units of a typical weight.

        Positions are chosen with random additions to their cost, as large as the temperature.
        With `note` the moves that are accepted are noted, and fewer tried where the log is full.
        """
        if len(self._state.a) == 0:
            return
        heat = temperature * self.unit
        self._work.logged[:] = (0 if note else -1, 0)
        native().anneal(*self._addresses, int(heat), moves, heat)

    @property
    def current_cost(self) -> int:
        """Cost of the schedule in the making, as `cost` counts it."""
        return int(self._state.cost[0])

    @property
    def noted_changes(self) -> int:
        """Noted moves of the last annealing that changed the cost."""
        return int(self._work.logged[1])

    def make_moves_of(self, other: "Search") -> int:
        """Make the moves that another search with the same start has noted, where they are possible
        and still good enough; how many were made. None where none of them changed the cost."""
        if other.noted_changes == 0:
            return 0
        log, rows = other._work.log, int(other._work.logged[0])
        return native().replay(*self._addresses, log.ctypes.data, rows)

    def go_on_from(self, other: "Search") -> None:
        """Have the schedule in the making of another search with the same start, and its games that
        wait or are hard to place; the best schedule and the random numbers stay its own."""
        for field in set(State._fields) - {"random"}:
            np.copyto(getattr(self._state, field), getattr(other._state, field))
        for field in ("stack", "waiting", "weight"):
            np.copyto(getattr(self._work, field), getattr(other._work, field))

    @property
    def cost(self) -> int:
        """Cost of the best schedule: MISSING for each game that is not placed, and the rest."""
        return int(self._best.cost[0])

    @property
    def preferences(self) -> int:
        """The cost, but that changes of an earlier schedule do not count where all is placed."""
        counted = bool((self._state.anchor[:, 0] >= 0).any()) and self.cost < SHORT
        return self.cost % CHANGED if counted else self.cost

    @property
    def missing(self) -> int:
        """Games that the best schedule lacks of those to be scheduled."""
        return int((~self._shown()).sum()) if self.cost < MISSING * (1 << 22) else -1

    def placed(self) -> list[Placed]:
        """The games of the best schedule."""
        best, lengths = self._best, self._state.length
        first = len(self.instance.fixed)
        return [
            Placed(
                slot=int(best.slot[g]),
                venue=int(best.venue[g]),
                home=int(best.b[g] if best.host[g] else best.a[g]),
                away=int(best.a[g] if best.host[g] else best.b[g]),
                length=int(lengths[g]),
                fixed=int(g) if g < first else -1,
            )
            for g in np.flatnonzero(self._shown())
        ]

    def waiting(self) -> list[tuple[int, int]]:
        """Pairs of the games that the best schedule lacks."""
        best = self._best
        return [(int(best.a[g]), int(best.b[g])) for g in np.flatnonzero(~self._shown())]

    def _shown(self) -> Mask:
        """Games that are placed, without those that may not be played beside missing ones."""
        best = self._best
        shown: Mask = best.slot >= 0
        if not shown.all() and self.instance.divisions.home_only.any():
            rows = np.stack([best.a, best.b], axis=1).tolist()
            hosted = ((g, *rows[g][:: -1 if best.host[g] else 1]) for g in np.flatnonzero(shown))
            shown[surplus(self.instance, hosted)] = False
        return shown


def _typical_weight(weights: NDArray[Any]) -> float:
    """Median of the weights that are on; 1 where none is."""
    on = weights[weights > 0]
    return float(np.median(on)) if len(on) else 1.0


def _is_packed(instance: Instance) -> bool:
    """Whether a game may be in progress at more than the start that it begins at."""
    cover = instance.calendar.cover
    return bool((cover - np.arange(len(cover))[:, None] > 1).any())


def _short_for_good(instance: Instance) -> int:
    """Games that hard `minGames` lack in windows of frozen dates alone, which is no violation."""
    fixed, frozen = instance.fixed, instance.calendar.frozen
    held = np.zeros((len(instance.teams.names), frozen + 1), np.int64)
    for side in (fixed.home, fixed.away):
        date = instance.calendar.slot_date[fixed.slot][fixed.frozen]
        np.add.at(held, (side[fixed.frozen], date + 1), 1)
    before, short = held.cumsum(axis=1), 0
    for days, games, _ in instance.limits.windows.min_hard.tolist():
        if days <= frozen:
            short += int(np.maximum(0, games - (before[:, days:] - before[:, :-days])).sum())
    return short


def _lonely_rivals(instance: Instance, pairs: Ints) -> int:
    """Rival pairs that have no game."""
    met = {(min(x, y), max(x, y)) for x, y in pairs.tolist()}
    return sum((x, y) not in met for x, y in instance.rivals.tolist())
