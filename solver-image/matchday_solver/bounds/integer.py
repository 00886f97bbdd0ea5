"""The venue-day relaxation in whole numbers, over all columns that a cheap schedule can have.

It begins with schedules little above the LP's bound and goes on with dearer ones: either there is
none so cheap, which is a better bound, or the cheapest selection of columns is found.
"""

import math
from collections.abc import Iterator

from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.duals import SCALE, price_scale
from matchday_solver.bounds.enumeration import Most, TooMany, columns_within
from matchday_solver.bounds.incumbent import Incumbent
from matchday_solver.bounds.pricing import Proof
from matchday_solver.bounds.selection import Selection
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays

NEAR = 0.004
"""Distance from the bound to begin with, in parts of it."""
FURTHER = 2.0
"""Growth of the distance."""
DEAREST = 4.0
"""Most that a team's game costs, in units of the price scale."""
MOST_COLUMNS = 10_000
"""Columns of a selection; with more it takes minutes."""


class IntegerBounds:
    """Bounds from selections of columns in whole numbers, step by step further from the LP's."""

    def __init__(self, data: VenueDays, proof: Proof, known: int, incumbent: Incumbent) -> None:
        self.known = known
        """The best bound so far."""
        self.selected = -(-proof.bound // SCALE)
        """The best bound on what a selection of columns costs, whatever their dates."""
        self.proof = proof
        """What proved the LP's bound."""
        self._data, self._incumbent = data, incumbent
        self._distance = max(SCALE, round(NEAR * abs(proof.bound)))
        self._is_reached = False

    def improve(self, most_steps: int, stopping: Stopping) -> Iterator[int]:
        """Better and better bounds, up to the cost of the best schedule that is known.

        They end earlier where a step takes too many steps to list its columns, about five
        microseconds each, or too long to prove; called again it goes on from there.
        """
        while not self._is_over(stopping):
            try:
                columns = self._columns(most_steps, stopping)
            except TooMany:
                return
            end = -(-(self.proof.bound + self._distance) // SCALE)
            least = Selection(self._data, columns).bound(end, stopping)
            self.selected = max(self.selected, least.bound)
            if least.bound > self.known:
                self.known = least.bound
                yield least.bound
            if not least.is_final:
                return
            self._is_reached = least.bound < end
            self._distance = round(FURTHER * self._distance)

    def _is_over(self, stopping: Stopping) -> bool:
        """Whether a selection that is as cheap as the bound is found, or nothing is left to do."""
        far = self._distance >= _farthest(self._data)
        return self._is_reached or far or self.known >= self._incumbent.cost or stopping.is_due()

    def _columns(self, most_steps: int, stopping: Stopping) -> list[Column]:
        """Columns of all schedules that are cheaper than the distance says and the incumbent."""
        if not math.isinf(self._incumbent.cost):
            enough = int(self._incumbent.cost) * SCALE - self.proof.bound
            self._distance = min(self._distance, enough)
        most = Most(most_steps, MOST_COLUMNS)
        return columns_within(self._data, self.proof, self._distance, most, stopping)


def _farthest(data: VenueDays) -> float:
    """More than schedules differ by; beyond it there is no selection of columns at all."""
    return SCALE * DEAREST * price_scale(data) * (1 + int(data.needed.sum()))
