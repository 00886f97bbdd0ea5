"""Where new games fit beside games that stay."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matchday_solver.build import MIDNIGHT
from matchday_solver.choice.table import Table
from matchday_solver.instance import Instance, Ints, Longs, Mask


@dataclass(frozen=True)
class Room:
    """Places left by the games of a table, all of which stay."""

    instance: Instance
    staying: Table

    def places(self, length: int) -> Mask:
        """(K, V) starts at which a court is free for the whole of a game of this length."""
        cal, table = self.instance.calendar, self.staying
        busy = np.zeros((len(cal.slot_date) + 1, len(self.instance.venues.names)), np.int64)
        np.add.at(busy, (table.slot, table.venue), 1)
        np.add.at(busy, (cal.cover[table.slot, table.length], table.venue), -1)
        full = busy.cumsum(axis=0)[:-1] >= self.instance.venues.courts[cal.slot_date]
        before = np.concatenate([np.zeros((1, full.shape[1]), np.int64), full.cumsum(axis=0)])
        return np.asarray(before[cal.cover[:, length]] == before[:-1])

    def near(self, games: Longs, length: int, minutes: int) -> Longs:
        """(K, V) how many of some rows of the table are at v too near to a game begun at k.

        A game of this length overlaps them, or there are fewer minutes between it and them.
        """
        cal, slot, begun = self.instance.calendar, self.staying.slot[games], self._begun
        ended = begun[slot] + cal.lengths[self.staying.length[games]]
        first = np.searchsorted(begun, begun[slot] - cal.lengths[length] - minutes, side="right")
        after = np.searchsorted(begun, ended + minutes)
        date, venue = cal.slot_date[slot], self.staying.venue[games]
        found = np.zeros((len(begun) + 1, len(self.instance.venues.names)), np.int64)
        np.add.at(found, (np.maximum(first, cal.date_slots[date]), venue), 1)
        np.add.at(found, (np.minimum(after, cal.date_slots[date + 1]), venue), -1)
        return found.cumsum(axis=0)[:-1]

    @cached_property
    def _begun(self) -> Longs:
        """(K,) minutes from the first midnight of the season."""
        cal = self.instance.calendar
        return np.asarray(cal.slot_date.astype(np.int64) * MIDNIGHT + cal.slot_start)

    @cached_property
    def days(self) -> Mask:
        """(T, N) dates on which a team can have one more game."""
        allowed = 1 if self.instance.limits.max_doubleheaders else 0
        return np.asarray((self.held <= allowed) & ~self.crowded)

    @cached_property
    def taken(self) -> Mask:
        """(T, N) dates on which a team plays twice, or once and has no doubleheader left."""
        twice = self.held > 1
        spent = twice.sum(axis=1) >= self.instance.limits.max_doubleheaders
        return np.asarray(twice | (spent[:, None] & (self.held > 0)))

    @cached_property
    def crowded(self) -> Mask:
        """(T, N) dates in a window of `maxGames` that is full."""
        full = np.zeros(self.held.shape, np.bool_)
        for days, games, _ in self.instance.limits.windows.max_hard.tolist():
            full |= _fullest(self.held, days) >= games
        return full

    @cached_property
    def held(self) -> Ints:
        """(T, N) games that stay."""
        shape = (len(self.instance.teams.names), len(self.instance.calendar.dates))
        held, date = np.zeros(shape, np.int32), self.instance.calendar.slot_date[self.staying.slot]
        for side in (self.staying.home, self.staying.away):
            np.add.at(held, (side, date), 1)
        return held

    def fitting(self, table: Table) -> Table:
        """The candidate games whose teams have a free date; courts are not looked at."""
        days, date = self.days, self.instance.calendar.slot_date[table.slot]
        return table.where(days[table.home, date] & days[table.away, date])


def in_windows(held: Ints | Longs, days: int) -> Longs:
    """(T, windows) games in every window of so many dates."""
    sums = np.concatenate([np.zeros((len(held), 1), np.int64), held.cumsum(axis=1)], axis=1)
    return np.asarray(sums[:, days:] - sums[:, :-days])


def _fullest(held: Ints, days: int) -> Longs:
    """(T, N) most games in any window of so many dates that holds a date."""
    windows = in_windows(held, days)
    fullest = np.zeros(held.shape, np.int64)
    for first in range(windows.shape[1]):
        part = fullest[:, first : first + days]
        np.maximum(part, windows[:, first, None], out=part)
    return fullest
