"""Where new games fit beside games that stay."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

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

    @cached_property
    def days(self) -> Mask:
        """(T, N) dates on which a team can have one more game."""
        held = self._held()
        free = held <= (1 if self.instance.limits.max_doubleheaders else 0)
        for days, games, _ in self.instance.limits.windows.max_hard.tolist():
            free &= _fullest(held, days) < games
        return np.asarray(free)

    def _held(self) -> Ints:
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
