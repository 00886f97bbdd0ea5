"""The venue-day relaxation in whole numbers, over all columns that a cheap schedule can have.

It begins with schedules little above the LP's bound and goes on with dearer ones: either there is
none so cheap, which is a better bound, or the cheapest selection of columns is found.
"""

import math
from collections.abc import Iterator

from matchday_solver.bounds.duals import SCALE, price_scale
from matchday_solver.bounds.enumeration import TooMany, columns_within
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
MOST_STEPS, MOST_STEPS_SMALL = 200_000, 4_000_000
"""Steps of one enumeration, some five microseconds each; more in small leagues, where they are less
often in vain."""
SMALL = 130
"""Games of a small league, at most."""
MOST_COLUMNS = 10_000
"""Columns of a selection; with more it takes minutes."""


def improve_integer(
    data: VenueDays, proof: Proof, stopping: Stopping, known: int, incumbent: Incumbent
) -> Iterator[int]:
    """Proven lower bounds above `known`, each above the one before.

    They end at the latest with the cost of the best schedule that is known.
    """
    distance = max(SCALE, round(NEAR * abs(proof.bound)))
    while distance < _farthest(data) and known < incumbent.cost and not stopping.is_due():
        if not math.isinf(incumbent.cost):
            distance = min(distance, int(incumbent.cost) * SCALE - proof.bound)
        try:
            columns = columns_within(data, proof, distance, _most_steps(data), stopping)
        except TooMany:
            return
        if len(columns) > MOST_COLUMNS:
            return
        end = -(-(proof.bound + distance) // SCALE)
        bound = Selection(data, columns).bound(end, stopping)
        if bound > known:
            known = bound
            yield bound
        if bound < end:
            return
        distance = round(FURTHER * distance)


def _most_steps(data: VenueDays) -> int:
    return MOST_STEPS_SMALL if data.instance.games_total <= SMALL else MOST_STEPS


def _farthest(data: VenueDays) -> float:
    """More than schedules differ by; beyond it there is no selection of columns at all."""
    return SCALE * DEAREST * price_scale(data) * (1 + int(data.needed.sum()))
