"""The linear relaxation of a model, and what its prices prove in whole numbers."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model
from ortools.util.python.solve_interrupter import SolveInterrupter

from matchday_solver.exact.run import watching
from matchday_solver.instance import Longs

SCALE = 1_000_000
"""Prices are whole multiples of 1/SCALE."""
LARGEST = 10**9
"""Sides of a row beyond it limit nothing."""

Side = tuple[list[int], list[int], int, int]
"""Variables and their numbers, and the least and the most that their sum may be."""


@dataclass(frozen=True, slots=True)
class _Programme:
    least: Longs
    most: Longs
    """(variables,) between which each is."""
    cost: Longs
    row: Longs
    column: Longs
    number: Longs
    """(entries,) of the matrix."""
    lower: Longs
    upper: Longs
    """(rows,) between which each sum is."""


def linear_bound(model: cp_model.CpModel, seconds: float, stop: threading.Event) -> int | None:
    """What no solution of a model of linear rows and at-most-ones costs less than.

    Any prices prove something: each row, and each variable by what it costs beside its rows, is
    taken at its cheaper side (Lagrange). None where the engine finds no prices in the time.
    """
    programme = _programme(model)
    duals = _duals(_proto(programme), seconds, stop)
    if duals is None:
        return None
    return _proven(programme, duals) + int(model.proto.objective.offset)


def _proven(programme: _Programme, duals: dict[int, float]) -> int:
    prices = np.zeros(len(programme.lower), np.int64)
    prices[list(duals)] = np.rint(np.array(list(duals.values())) * SCALE)
    prices[(prices > 0) & (programme.lower <= -LARGEST)] = 0
    prices[(prices < 0) & (programme.upper >= LARGEST)] = 0
    left = SCALE * programme.cost
    np.subtract.at(left, programme.column, prices[programme.row] * programme.number)
    rows = prices * np.where(prices > 0, programme.lower, programme.upper)
    variables = left * np.where(left > 0, programme.least, programme.most)
    return -(-int(rows[prices != 0].sum() + variables.sum()) // SCALE)


def _programme(model: cp_model.CpModel) -> _Programme:
    proto = model.proto
    domains = [list(variable.domain) for variable in proto.variables]
    least = np.array([domain[0] for domain in domains], np.int64)
    most = np.array([domain[-1] for domain in domains], np.int64)
    cost = np.zeros(len(domains), np.int64)
    np.add.at(cost, list(proto.objective.vars), list(proto.objective.coeffs))
    sides = list(_sides(model))
    entries = [
        (row, column, number)
        for row, (columns, numbers, _, _) in enumerate(sides)
        for column, number in zip(columns, numbers, strict=True)
    ]
    row, column, number = np.array(entries, np.int64).reshape(-1, 3).T
    lower = np.array([max(-LARGEST, side[2]) for side in sides], np.int64)
    upper = np.array([min(LARGEST, side[3]) for side in sides], np.int64)
    return _Programme(least, most, cost, row, column, number, lower, upper)


def _sides(model: cp_model.CpModel) -> Iterator[Side]:
    """The rows; what is neither linear nor an at-most-one is left out."""
    for constraint in model.proto.constraints:
        if constraint.has_linear():
            linear = constraint.linear
            lower, *_, upper = linear.domain
            yield list(linear.vars), list(linear.coeffs), lower, upper
        elif constraint.has_at_most_one():
            literals = list(constraint.at_most_one.literals)
            yield literals, [1] * len(literals), -LARGEST, 1


def _duals(
    model: model_pb2.ModelProto, seconds: float, stop: threading.Event
) -> dict[int, float] | None:
    params = mathopt.SolveParameters(time_limit=timedelta(seconds=max(0.0, seconds)))
    programme, interrupter = mathopt.Model.from_model_proto(model), SolveInterrupter()
    with watching(stop, interrupter.interrupt):
        try:
            result = mathopt.solve(
                programme, mathopt.SolverType.GLOP, params=params, interrupter=interrupter
            )
        except AttributeError:
            # As in `Master`: what OR-Tools 9.15 raises where GLOP ends abnormally.
            return None
    if result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
        return None
    return {row.id: price for row, price in result.dual_values().items()}


def _proto(programme: _Programme) -> model_pb2.ModelProto:
    """The programme as OR-Tools takes it at once; row by row it would take many times as long."""
    model = model_pb2.ModelProto()
    model.variables.ids.extend(range(len(programme.cost)))
    model.variables.lower_bounds.extend(programme.least.tolist())
    model.variables.upper_bounds.extend(programme.most.tolist())
    model.variables.integers.extend([False] * len(programme.cost))
    costly = np.flatnonzero(programme.cost)
    model.objective.linear_coefficients.ids.extend(costly.tolist())
    model.objective.linear_coefficients.values.extend(programme.cost[costly].tolist())
    lower, upper = programme.lower, programme.upper
    model.linear_constraints.ids.extend(range(len(lower)))
    model.linear_constraints.lower_bounds.extend(
        np.where(lower <= -LARGEST, -np.inf, lower).tolist()
    )
    model.linear_constraints.upper_bounds.extend(np.where(upper >= LARGEST, np.inf, upper).tolist())
    width = len(programme.cost)
    place, inverse = np.unique(programme.row * width + programme.column, return_inverse=True)
    number = np.bincount(inverse, programme.number, len(place))
    model.linear_constraint_matrix.row_ids.extend((place // width).tolist())
    model.linear_constraint_matrix.column_ids.extend((place % width).tolist())
    model.linear_constraint_matrix.coefficients.extend(number.tolist())
    return model
