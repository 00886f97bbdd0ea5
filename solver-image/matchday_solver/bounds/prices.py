"""What the prices of a linear programme prove, in whole numbers.

Any prices of its rows prove a bound (weak duality), so the engine's are rounded and what they prove
is added up without rounding.
"""

import threading
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from matchday_solver.exact.run import watching
from matchday_solver.instance import Longs, Mask
from matchday_solver.programme import UNLIMITED, Programme, proto_of

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
    duals = _duals(programme, seconds, stop)
    prices = np.zeros(len(programme.lower), np.int64)
    prices[list(duals)] = np.rint(np.array(list(duals.values())) * SCALE)
    prices[(prices > 0) & (programme.lower <= -UNLIMITED)] = 0
    prices[(prices < 0) & (programme.upper >= UNLIMITED)] = 0
    left = SCALE * programme.cost
    np.subtract.at(left, programme.column, prices[programme.row] * programme.number)
    rows = prices @ np.where(prices > 0, programme.lower, programme.upper)
    variables = left @ np.where(left > 0, programme.least, programme.most)
    return Priced(programme.constant, int(rows + variables), left)


def _duals(programme: Programme, seconds: float, stop: threading.Event) -> dict[int, float]:
    """Prices by row; none where the engine finds none in the time."""
    params = mathopt.SolveParameters(time_limit=timedelta(seconds=max(0.0, seconds)))
    model, solver = mathopt.Model.from_model_proto(proto_of(programme)), mathopt.SolverType.GLOP
    interrupter = SolveInterrupter()
    with watching(stop, interrupter.interrupt):
        try:
            result = mathopt.solve(model, solver, params=params, interrupter=interrupter)
        except AttributeError:
            # As in `Master`: what OR-Tools 9.15 raises where GLOP ends abnormally.
            return {}
    if result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
        return {}
    return {row.id: price for row, price in result.dual_values().items()}
