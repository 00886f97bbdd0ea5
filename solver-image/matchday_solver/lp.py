"""Linear programmes by OR-Tools' core, which takes whole arrays.

Its classes for models would take some hundred bytes more for every entry, and hold the
interpreter's lock for many times as long while they are filled.
"""

import threading
from datetime import timedelta

import numpy as np
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    parameters_pb2,
    result_pb2,
    sparse_containers_pb2,
)
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt
from ortools.pdlp import solvers_pb2
from ortools.util.python.solve_interrupter import SolveInterrupter
from pybind11_abseil.status import StatusNotOk

from matchday_solver.assembly import Point
from matchday_solver.exact.run import watching
from matchday_solver.instance import Floats
from matchday_solver.programme import Programme, proto_of


def solve_lp(
    programme: Programme,
    seconds: float,
    stop: threading.Event,
    precision: float | None = None,
    begin: Point | None = None,
) -> Point | None:
    """An optimal solution with its prices; None where none is found in the time or before a stop.

    With a relative precision by PDLP, which can `begin` somewhere and comes near the optimum soon
    where simplex takes minutes; else by simplex.
    """
    limit = timedelta(seconds=max(0.0, seconds))
    params = mathopt.SolveParameters(time_limit=limit)
    kind = mathopt.SolverType.GLOP
    if precision is not None:
        kind, params.pdlp = mathopt.SolverType.PDLP, _ends_at(precision)
    result = _solve(programme, kind, params, stop, begin)
    if result is None or result.termination.reason != mathopt.TerminationReason.OPTIMAL.value:
        return None
    solution = result.solutions[0]
    end = Point(
        _dense(solution.primal_solution.variable_values, len(programme.cost)),
        _dense(solution.dual_solution.dual_values, len(programme.lower)),
        solution.primal_solution.objective_value,
    )
    return end if np.isfinite(end.duals).all() else None


def _solve(
    programme: Programme,
    kind: mathopt.SolverType,
    params: mathopt.SolveParameters,
    stop: threading.Event,
    begin: Point | None,
) -> result_pb2.SolveResultProto | None:
    """What the core tells; None where it gives up."""
    interrupter = SolveInterrupter()
    with watching(stop, interrupter.interrupt):
        try:
            return solver.solve(
                proto_of(programme),
                kind.value,
                parameters_pb2.SolverInitializerProto(),
                params.to_proto(),
                _beginning(begin),
                None,
                callback_pb2.CallbackRegistrationProto(),
                None,
                interrupter.pybind_interrupter,
            )
        except StatusNotOk:
            return None  # numbers that the engine does not take, or it ended abnormally


def _ends_at(precision: float) -> solvers_pb2.PrimalDualHybridGradientParams:
    params = solvers_pb2.PrimalDualHybridGradientParams()
    criteria = params.termination_criteria.simple_optimality_criteria
    criteria.eps_optimal_relative = precision
    criteria.eps_optimal_absolute = 0.01
    return params


def _beginning(begin: Point | None) -> model_parameters_pb2.ModelSolveParametersProto:
    params = model_parameters_pb2.ModelSolveParametersProto()
    if begin is not None:
        hint = params.solution_hints.add()
        for told, values in (
            (hint.variable_values, begin.values),
            (hint.dual_values, begin.duals),
        ):
            used = np.flatnonzero(values)
            told.ids.extend(used.tolist())
            told.values.extend(values[used].tolist())
    return params


def _dense(told: sparse_containers_pb2.SparseDoubleVectorProto, size: int) -> Floats:
    found = np.zeros(size)
    found[list(told.ids)] = list(told.values)
    return found
