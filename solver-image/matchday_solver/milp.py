"""Integer linear programmes by HiGHS, which finds selections that CP-SAT takes minutes for.

HiGHS cannot be told to stop, so it works in a process of its own, which can be ended.
"""

import json
import math
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import timedelta

from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from matchday_solver.exact.run import watching
from matchday_solver.programme import programme_of, proto_of

NO_BOUND = -1e15
"""What stands for no bound at all."""
TOLERANCE = 1e-3
"""Of a bound, which the engine works out in floating point."""


@dataclass(frozen=True, slots=True)
class Solved:
    """What is known of a programme; it has a solution."""

    values: list[int]
    """Of all variables, as cheap as found in time."""
    bound: int
    """What no solution costs less than."""


def solve_linear(model: cp_model.CpModel, seconds: float, stop: threading.Event) -> Solved | None:
    """Solve a model whose constraints are linear, or about literals.

    None where no solution is found, or `stop` is set before the time is up.
    """
    command = [sys.executable, "-P", "-m", __name__, str(seconds)]
    programme = proto_of(programme_of(model), whole=True).SerializeToString()
    with (
        # In a session of its own, so that Ctrl-C in the terminal is not sent to it as well.
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        ) as process,
        watching(stop, process.kill),
    ):
        answer, _ = process.communicate(programme)
    if process.returncode != 0:
        return None
    found = json.loads(answer)
    if found is None:
        return None
    values, bound = found
    return Solved(values, math.ceil(bound - TOLERANCE))


def _work(seconds: float, programme: bytes) -> tuple[list[int], float] | None:
    """What the other process does."""
    proto = mathopt.Model().export_model()
    proto.ParseFromString(programme)
    model = mathopt.Model.from_model_proto(proto)
    params = mathopt.SolveParameters(time_limit=timedelta(seconds=seconds))
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=params)
    if not result.has_primal_feasible_solution():
        return None
    values = result.variable_values()
    bound = max(NO_BOUND, result.termination.objective_bounds.dual_bound)
    return [round(values[variable]) for variable in model.variables()], bound


if __name__ == "__main__":
    json.dump(_work(float(sys.argv[1]), sys.stdin.buffer.read()), sys.stdout)
