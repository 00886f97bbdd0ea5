"""The new games that may fill the gaps of an earlier schedule."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from matchday_solver import size as memory
from matchday_solver.choice.room import Room
from matchday_solver.choice.table import (
    Table,
    candidates,
    collected,
    fixed_rows,
    in_parts,
    joined,
    pairs_of,
    size,
)
from matchday_solver.exact.run import Signal
from matchday_solver.instance import EarlierGames, Instance, Ints, Longs, Mask
from matchday_solver.repair.cost import row_costs
from matchday_solver.repair.fill import FEW_ROWS, Gaps

MAX_ROWS = 40_000
"""New candidate games up to which a model is built."""
WORKERS = 2
"""Workers for which there has to be memory."""
MOST_LISTED, LISTED_BYTES = 2_000_000, 200
"""Candidate games of which the cheapest are chosen, and memory for each."""

Games = tuple[Table, bool]
"""Candidate games, and whether none was left out."""


class Listing:
    """Candidate games beside the earlier ones that stay; None in place of more than there is room
    for, or when it is time to end."""

    def __init__(
        self, instance: Instance, earlier: EarlierGames, rows: Table, stays: Mask, ending: Signal
    ) -> None:
        """Of the `rows`, earlier games that may stay, those that do so together."""
        self._instance, self._rows, self._stays, self._ending = instance, rows, stays, ending
        self._earlier = earlier

    def own_pairings(self) -> Gaps | None:
        """New games of the pairs that lose one, with all that stays in its place."""
        instance, earlier = self._instance, self._earlier
        home, away, _ = zip(*earlier.spare, strict=True) if earlier.spare else ((), (), ())
        gone = _pair_keys(instance, np.array(home, np.int32), np.array(away, np.int32))
        here = _pair_keys(instance, earlier.home, earlier.away)
        every, times = np.unique(np.concatenate([here, gone]), return_counts=True)
        kept = np.sort(_pair_keys(instance, self._staying.home, self._staying.away))
        left = np.searchsorted(kept, every, "right") - np.searchsorted(kept, every)
        new = self._inserted(every[times > left])
        return None if new is None else self._gaps(self._stays, (new, False), FEW_ROWS)

    def few_insertions(self) -> Gaps | None:
        """The cheapest of `insertions`, for a quick answer."""
        return self._insertions(FEW_ROWS)

    def insertions(self) -> Gaps | None:
        """New games where courts and teams are free, with all that stays in its place.

        Only teams that lack games get new ones, so this loses no solution but for candidates beyond
        MAX_ROWS, the dearest ones.
        """
        return self._insertions(_most_rows(self._instance))

    def displacements(self) -> Gaps | None:
        """New games anywhere for pairs near the gaps, with the other games in their places."""
        rows, lacking = self._rows, self._lacking
        near = np.isin(rows.home, lacking) | np.isin(rows.away, lacking) | ~self._stays
        firm, moving = self._stays & ~near, rows.where(near)
        room = Room(self._instance, joined(fixed_rows(self._instance), rows.where(firm)))
        known = _pair_keys(self._instance, moving.home, moving.away)
        new = self._listed(room, known)
        return None if new is None else self._gaps(firm, (new, True), FEW_ROWS)

    def everything(self) -> Gaps | None:
        """All candidate games: the exact model."""
        instance, divisions = self._instance, range(len(self._instance.divisions.games))
        if sum(size(instance, d) for d in divisions) > _most_rows(instance):
            return None
        found = [candidates(instance, d, pairs_of(instance, d)) for d in divisions]
        free = np.zeros(len(self._rows), np.bool_)
        return self._gaps(free, (joined(*found), True), MAX_ROWS)

    @cached_property
    def _staying(self) -> Table:
        return joined(fixed_rows(self._instance), self._rows.where(self._stays))

    @cached_property
    def _lacking(self) -> Longs:
        """Teams with fewer games than they play."""
        teams, staying = self._instance.teams, self._staying
        both = np.concatenate([staying.home, staying.away])
        played = np.bincount(both, minlength=len(teams.names))
        return np.flatnonzero(played < self._instance.divisions.games[teams.division])

    def _insertions(self, most: int) -> Gaps | None:
        new = self._every_insertion
        return None if new is None else self._gaps(self._stays, (new, True), most)

    @cached_property
    def _every_insertion(self) -> Table | None:
        return self._inserted(None)

    def _inserted(self, only: Longs | None) -> Table | None:
        """Insertions, of pairs with some keys only."""
        none: Longs = np.zeros(0, np.int64)
        return self._listed(Room(self._instance, self._staying), none, only)

    def _listed(self, room: Room, known: Longs, only: Longs | None = None) -> Table | None:
        """Candidate games of two teams that lack games, and of pairs with known keys."""
        return collected(self._parts(room, known, only), _most_listed(), self._ending)

    def _parts(self, room: Room, known: Longs, only: Longs | None) -> Iterator[Table]:
        """The same, none first, then some pairs at a time."""
        instance = self._instance
        yield self._rows.where(np.zeros(len(self._rows), np.bool_))
        for d in np.unique(instance.teams.division[self._lacking]).tolist():
            pairs = pairs_of(instance, d)
            keys = _pair_keys(instance, pairs[:, 0], pairs[:, 1])
            wanted = np.isin(pairs, self._lacking).all(axis=1) | np.isin(keys, known)
            if only is not None:
                wanted &= np.isin(keys, only)
            within = room.places(int(instance.divisions.length[d]))
            for part in in_parts(instance, d, pairs[wanted], within):
                yield room.fitting(part)

    def _gaps(self, stays: Mask, games: Games, most: int) -> Gaps:
        """The cheapest candidates that are not there already."""
        instance, rows = self._instance, self._rows
        new, is_whole = games
        known = np.concatenate([rows.keys(instance), fixed_rows(instance).keys(instance)])
        new = new.where(~np.isin(new.keys(instance), known))
        cheap = _cheapest(instance, new, rows.where(stays), most)
        return Gaps(instance, rows, stays, cheap, is_whole and len(cheap) == len(new))


def _most_rows(instance: Instance) -> int:
    return min(MAX_ROWS, memory.rows_with_room(instance, WORKERS))


def _most_listed() -> int:
    return min(MOST_LISTED, memory.room() // LISTED_BYTES)


def _cheapest(instance: Instance, new: Table, staying: Table, most: int) -> Table:
    """As many candidates as a model may have: the cheapest of each pair, then the next ones."""
    if len(new) <= most:
        return new
    pair = _pair_keys(instance, new.home, new.away)
    costs = row_costs(instance, new, staying)
    order = np.lexsort((costs, pair))
    _, firsts, counts = np.unique(pair[order], return_index=True, return_counts=True)
    rank = np.arange(len(new)) - np.repeat(firsts, counts)
    return new.where(np.sort(order[np.lexsort((costs[order], rank))[:most]]))


def _pair_keys(instance: Instance, one: Ints, other: Ints) -> Longs:
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other)
    return np.asarray(low * len(instance.teams.names) + high)
