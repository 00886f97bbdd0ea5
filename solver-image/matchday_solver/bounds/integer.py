"""The venue-day relaxation in whole numbers, over all columns that a cheap schedule can have.

It begins with schedules little above the LP's bound and goes on with dearer ones: either there is
none so cheap, which is a better bound, or the cheapest selection of columns is found.
"""

from collections.abc import Iterator

from matchday_solver.bounds.duals import SCALE, price_scale
from matchday_solver.bounds.enumeration import TooMany, columns_within
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
MOST_STEPS = 200_000
"""Steps of one enumeration, some five microseconds each."""
MOST_COLUMNS = 10_000
"""Columns of a selection; with more it takes minutes."""


def improve_integer(data: VenueDays, proof: Proof, stopping: Stopping, known: int) -> Iterator[int]:
    """Proven lower bounds above `known`, each above the one before."""
    distance = max(SCALE, round(NEAR * abs(proof.bound)))
    while distance < _farthest(data) and not stopping.is_due():
        try:
            columns = columns_within(data, proof, distance, MOST_STEPS, stopping)
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


def _farthest(data: VenueDays) -> float:
    """More than schedules differ by; beyond it there is no selection of columns at all."""
    return SCALE * DEAREST * price_scale(data) * (1 + int(data.needed.sum()))
