"""What the prices of a linear programme prove, in whole numbers.

Any prices of its rows prove a bound (weak duality), so the engine's are rounded and what they prove
is added up without rounding.
"""

import threading
from dataclasses import dataclass

import numpy as np

from matchday_solver.instance import Longs, Mask
from matchday_solver.lp import solve_lp
from matchday_solver.programme import UNLIMITED, Programme

SCALE = 1 << 20
"""Prices are in parts of this."""


@dataclass(frozen=True, slots=True)
class Priced:
    """What prices prove of a programme."""

    constant: int
    rest: int
    """What no solution costs less than beside the constant, in parts of SCALE."""
    left: Longs
    """(variables,) what each unit of a variable costs beside its rows, in parts of SCALE."""

    @property
    def bound(self) -> int:
        """What no solution costs less than."""
        return self.constant - (-self.rest // SCALE)

    def idle(self, end: int) -> Mask:
        """(variables,) which are at their least in all solutions that cost less than the end."""
        room = (end - 1 - self.constant) * SCALE - self.rest
        return np.asarray((self.left > 0) & (self.left > room))


def least_cost(programme: Programme, seconds: float, stop: threading.Event) -> int:
    """What no solution costs less than."""
    return priced(programme, seconds, stop).bound


def priced(programme: Programme, seconds: float, stop: threading.Event) -> Priced:
    """What the engine's prices prove.

    Each row, and each variable by what it costs beside its rows, is taken at its cheaper side.
    Without prices, where the engine finds none in the time, that proves little.
    """
    found = solve_lp(programme, seconds, stop)
    prices = np.zeros(len(programme.lower), np.int64)
    if found is not None:
        prices += np.rint(found.duals * SCALE).astype(np.int64)
    prices[(prices > 0) & (programme.lower <= -UNLIMITED)] = 0
    prices[(prices < 0) & (programme.upper >= UNLIMITED)] = 0
    left = SCALE * programme.cost
    np.subtract.at(left, programme.column, prices[programme.row] * programme.number)
    rows = prices @ np.where(prices > 0, programme.lower, programme.upper)
    variables = left @ np.where(left > 0, programme.least, programme.most)
    return Priced(programme.constant, int(rows + variables), left)
