"""Columns with common teams are on different dates: rows over three teams at a time.

On one date no team is at two venues, so of three teams two can be together at one venue only. So
columns with two or three of them are at most as many as a group has dates: subset rows, after
Jepsen, Petersen, Spoorendonk and Pisinger, Oper. Res. 56, 2008.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.instance import Longs, Mask

FEW_TEAMS = 14
"""Teams up to which all such rows are there at once."""
MOST_ROWS = 500
"""Rows that are added at a time."""

Triple = tuple[int, int, int]
Overlap = tuple[Longs, int]
"""Columns by place, and on how many dates they are at most, all together."""


class Overlaps:
    """The rows over some columns."""

    def __init__(self, data: VenueDays, columns: Sequence[Column]) -> None:
        self._data = data
        self._there = np.zeros((len(columns), len(data.needed)), np.bool_)
        for place, column in enumerate(columns):
            pairs = list(column.pairs)
            self._there[place, data.first[pairs]] = self._there[place, data.second[pairs]] = True
        self._group = np.array([data.kinds[column.kind].group for column in columns], np.int64)

    def all(self) -> Iterator[Overlap]:
        """All rows that can be broken, where the teams are few."""
        if len(self._data.needed) <= FEW_TEAMS:
            for triple in combinations(range(len(self._data.needed)), 3):
                yield from self._rows(triple)

    def broken(self, dates: Mapping[int, int]) -> Iterator[Overlap]:
        """Rows that columns break, if not all; columns by place, and on how many dates."""
        there, number = self._there[list(dates)], np.array(list(dates.values()), np.int64)
        groups = self._group[list(dates)]
        for group, most in enumerate(self._data.offered.tolist()):
            mine = groups == group
            yield from self._broken(there[mine], number[mine], most)

    def _broken(self, there: Mask, dates: Longs, most: int) -> Iterator[Overlap]:
        met = there.astype(np.int64).T @ (there * dates[:, None])
        found = 0
        for one, other in zip(*np.nonzero(np.triu(met, 1)), strict=True):
            # Columns with both, and those with one of them and the third.
            either = (there[:, one] ^ there[:, other]) * dates
            used = met[one, other] + either @ there
            used[: other + 1] = 0
            for third in np.flatnonzero(used > most).tolist():
                yield from self._rows((int(one), int(other), third))
                found += 1
                if found >= MOST_ROWS:
                    return

    def _rows(self, triple: Triple) -> Iterator[Overlap]:
        """In each group, where the teams have more games than there are dates."""
        together = self._there[:, triple].sum(axis=1) >= 2
        games = int(self._data.needed[list(triple)].sum()) // 2
        for group, most in enumerate(self._data.offered.tolist()):
            mine = together & (self._group == group)
            if games > most and mine.any():
                yield np.flatnonzero(mine), most
