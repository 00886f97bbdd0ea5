"""Linear programmes by PDLP, which comes near the optimum soon where simplex takes minutes."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt import callback_pb2, model_parameters_pb2, parameters_pb2
from ortools.math_opt.core.python import solver
from ortools.math_opt.python import mathopt
from ortools.pdlp import solvers_pb2
from ortools.util.python.solve_interrupter import SolveInterrupter

from matchday_solver.bounds.duals import Floats
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.exact.run import watching
from matchday_solver.programme import Programme, proto_of

MOST_SECONDS = 600.0
"""Longest solution of one programme."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A solution near the optimum."""

    value: float
    duals: Floats
    """(rows,) prices."""


def solve(programme: Programme, precision: float, stopping: Stopping) -> Solved | None:
    """Solve to a relative precision; None where it is time to end before.

    The engine's core takes the programme as it is: its classes for models would take some hundred
    bytes more for every entry.
    """
    interrupter = SolveInterrupter()
    params = mathopt.SolveParameters(
        time_limit=timedelta(seconds=stopping.seconds(MOST_SECONDS)), pdlp=_pdlp(precision)
    )
    with watching(stopping.stop, interrupter.interrupt):
        result = solver.solve(
            proto_of(programme),
            mathopt.SolverType.PDLP.value,
            parameters_pb2.SolverInitializerProto(),
            params.to_proto(),
            model_parameters_pb2.ModelSolveParametersProto(),
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            interrupter.pybind_interrupter,
        )
    if result.termination.reason != mathopt.TerminationReason.OPTIMAL.value:
        return None
    solution = result.solutions[0]
    duals, told = np.zeros(len(programme.lower)), solution.dual_solution.dual_values
    duals[list(told.ids)] = list(told.values)
    return Solved(solution.primal_solution.objective_value, duals)


def _pdlp(precision: float) -> solvers_pb2.PrimalDualHybridGradientParams:
    params = solvers_pb2.PrimalDualHybridGradientParams()
    criteria = params.termination_criteria.simple_optimality_criteria
    criteria.eps_optimal_relative = precision
    criteria.eps_optimal_absolute = 0.01
    return params
