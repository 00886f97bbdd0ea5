"""One CP-SAT run that ends when it is told to."""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

from ortools.sat.python import cp_model

SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)
"""How a run ends that has found a solution."""
POLL_SECONDS = 0.1
"""How soon a stop is noticed."""


class Signal(Protocol):
    """What tells to end."""

    def is_set(self) -> bool:
        """Whether to end now."""


class Values(Protocol):
    """What knows the values of a model's variables: a solver, or a callback at a solution."""

    def boolean_value(self, expression: cp_model.LiteralT) -> bool:
        """The value of a literal."""


@dataclass(frozen=True)
class Budget:
    """What one or more runs may use."""

    seconds: float
    workers: int = 1
    seed: int = 0
    begun: float = field(default_factory=time.monotonic)
    work: float = math.inf
    """In the engine's deterministic unit, about a second: a run that ends by it is repeatable."""

    @property
    def is_spent(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() - self.begun >= self.seconds

    def rest(self) -> "Budget":
        """What is left of the time."""
        return self.share(1.0)

    def after(self, work: float) -> "Budget":
        """What is left after a run that took so much work."""
        return replace(self.rest(), work=max(0.0, self.work - work))

    def share(self, part: float) -> "Budget":
        """A part of what is left of the time, and of the work."""
        left = max(0.1, self.seconds - (time.monotonic() - self.begun))
        return Budget(left * part, self.workers, self.seed, work=self.work * part)


@dataclass(frozen=True, slots=True)
class Ending:
    """Set once it is told to stop or a budget is spent."""

    budget: Budget
    stop: Signal

    def is_set(self) -> bool:
        """Whether to end now."""
        return self.stop.is_set() or self.budget.is_spent


def run(
    model: cp_model.CpModel,
    budget: Budget,
    stop: Signal,
    minimised: cp_model.LinearExprT | None = None,
    told: Callable[[int], None] | None = None,
    found: Callable[[cp_model.CpSolverSolutionCallback], None] | None = None,
    *,
    presolve: bool = True,
    tight_lp: bool = False,
    from_below: bool = False,
    fixed: bool = False,
    interleaved: bool = False,
) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
    """Solve a model until it is proven, the time is up or `stop` is set.

    `told` gets each better bound on the cost as it is proven, `found` each solution.
    With `tight_lp` all constraints are in the LP, which proves small models with ties quickly;
    `from_below` tries the least costs first and adds no cuts, for models whose bound is nearly
    reached; with `fixed` the hints are not only where to begin; `interleaved` has all strategies
    take turns, whatever the number of workers, in an order that repeats.
    """
    if minimised is not None:
        model.minimize(minimised)
    solver = _new_solver()
    solver.parameters.num_workers = budget.workers
    solver.parameters.cp_model_presolve = presolve
    solver.parameters.random_seed = budget.seed
    solver.parameters.max_time_in_seconds = budget.rest().seconds
    solver.parameters.max_deterministic_time = budget.work
    solver.parameters.interleave_search = interleaved
    solver.parameters.fix_variables_to_their_hinted_value = fixed
    if told is not None:
        solver.best_bound_callback = lambda bound: told(whole(bound))
    if from_below:
        solver.parameters.use_objective_lb_search = True
        solver.parameters.cut_level = 0
    if tight_lp:
        solver.parameters.linearization_level = 2
    with watching(stop, solver.stop_search):
        return solver, solver.solve(model, None if found is None else _Solutions(found))


def _new_solver() -> cp_model.CpSolver:
    """A solver that leaves signals to the process.

    Else a run that ends in one thread takes away the handler that one in another thread relies on,
    and Ctrl-C ends the process with nothing written.
    """
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False
    return solver


@contextmanager
def watching(stop: Signal, end: Callable[[], None]) -> Iterator[None]:
    """Call `end` when `stop` is set while the block runs."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(POLL_SECONDS):
            if stop.is_set():
                end()

    watcher = threading.Thread(target=watch, name="watcher", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


class _Solutions(cp_model.CpSolverSolutionCallback):
    """Tells every better solution."""

    def __init__(self, found: Callable[[cp_model.CpSolverSolutionCallback], None]) -> None:
        super().__init__()
        self._found = found

    def on_solution_callback(self) -> None:
        """Tell it."""
        self._found(self)


def capped(told: Callable[[int], None], most: int) -> Callable[[int], None]:
    """Tell no bound above that: of a model without a solution the engine may say any number."""
    return lambda bound: told(min(bound, most))


def proven(solver: cp_model.CpSolver, status: cp_model.CpSolverStatus) -> float:
    """What the engine has proven of the best cost, after a run that is not infeasible.

    An optimum is its own bound: where strategies take turns the engine may tell an older one.
    """
    return solver.objective_value if status == cp_model.OPTIMAL else solver.best_objective_bound


def whole(bound: float) -> int:
    """The least cost in whole numbers that a bound leaves."""
    return max(0, math.ceil(bound - 1e-6))
