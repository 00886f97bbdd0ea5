"""The whole problem as one model: optimal cost, its bound, and the fewest missing games."""

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from matchday_solver.choice.model import Stopped
from matchday_solver.choice.table import Table, size
from matchday_solver.decode import Placed
from matchday_solver.exact.model import Model, Range
from matchday_solver.exact.run import SOLVED, Budget, capped, proven, run, whole
from matchday_solver.instance import Instance

TIGHT_ROWS = 7_000
"""Candidate games up to which one thread has all constraints in its LP rather than let strategies
take turns: it proves far more then, and finds no dearer schedules."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What one model tells."""

    placed: tuple[Placed, ...] | None
    """The games of the best schedule found; None where there is none yet, or none at all."""
    missing: int
    """Games that it lacks; 0 without a schedule."""
    missing_bound: int
    """No schedule lacks fewer."""
    cost: int | None
    """Its cost by the model."""
    bound: int
    """No schedule with so few games missing, and no more changes than one that was known, costs
    less."""
    is_infeasible: bool = False
    """Whether it is proven that there is no complete schedule, or none at all with BestEffort."""

    @property
    def complete_bound(self) -> int:
        """What no complete schedule costs less than; 0 where the best one lacks games."""
        return 0 if self.missing else self.bound

    @property
    def least(self) -> int:
        """What no schedule that lacks as few games costs less than; 0 where the best one is
        complete."""
        return self.bound if self.missing else 0


UNKNOWN = Whole(None, 0, 0, None, 0)
"""Nothing was found out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A schedule that the model has come to."""

    cost: int
    placed: tuple[Placed, ...]


def rows_needed(instance: Instance) -> int:
    """Candidate games of the whole model, at most: about what its size grows with."""
    return sum(size(instance, d) for d in range(len(instance.divisions.names)))


def solve_complete(
    instance: Instance,
    budget: Budget,
    stop: threading.Event,
    told: Callable[[int], None] | None = None,
    found: Callable[[Found], None] | None = None,
    known: Sequence[Placed] = (),
    between: Range | None = None,
) -> Whole:
    """The cheapest complete schedule, with a bound.

    `told` gets each better bound, and `found` each better schedule; `known` is one to start from.
    Beside an earlier schedule it is the cheapest of those that change no more than the known one.
    What costs are `between` spares the engine work where the model is small; where no schedule is
    as cheap, the bound is the end of that range.
    """
    try:
        model = Model(instance, complete=True, stop=stop)
    except Stopped:
        return UNKNOWN
    tight = budget.workers == 1 and len(model.choice.table) <= TIGHT_ROWS
    within = between if tight else None
    _begin(model, known, within, budget, stop)
    if told is not None and between is not None:
        told = capped(told, between.end)

    def tell(at: cp_model.CpSolverSolutionCallback) -> None:
        if found is not None:
            found(Found(round(at.objective_value), model.placed(at)))

    solver, status = run(
        model.choice.model, budget, stop, model.minimised(), told, tell,
        tight_lp=tight, interleaved=bool(known) and not tight,
    )  # fmt: skip
    if status == cp_model.INFEASIBLE and within is not None:
        return Whole(None, 0, 0, None, within.end)
    return _complete(model, solver, status)


def _begin(
    model: Model,
    known: Sequence[Placed],
    between: Range | None,
    budget: Budget,
    stop: threading.Event,
) -> None:
    """Begin with a known schedule, or look only for those in a range; in repairs only for those
    with no more changes than the known one.

    What is read from a search that goes on, or breaks minimums, may be no schedule at all: that
    limits nothing.
    """
    is_repair = model.choice.instance.earlier is not None
    if known and (is_repair or between is None):
        is_schedule = model.start_from(known, budget, stop) is not None
        if is_repair and is_schedule:
            model.keep_as(known)
    if between is not None:
        model.cost_within(between)


def _complete(model: Model, solver: cp_model.CpSolver, status: cp_model.CpSolverStatus) -> Whole:
    """What a run for complete schedules has come to."""
    if status == cp_model.INFEASIBLE:
        return Whole(None, 0, 0, None, 0, is_infeasible=True)
    bound = whole(proven(solver, status))
    if status not in SOLVED:
        return Whole(None, 0, 0, None, bound)
    return Whole(model.placed(solver), 0, 0, round(solver.objective_value), bound)


def solve_best_effort(
    instance: Instance, budget: Budget, stop: threading.Event, table: Table | None = None
) -> Whole:
    """The cheapest among the schedules with the fewest missing games; of a table's, where given.

    Beside an earlier schedule, and without a table, the fewest changes come before the cost.
    """
    try:
        model = Model(instance, complete=False, table=table, stop=stop)
    except Stopped:
        return UNKNOWN
    tiers = _Tiers(model, budget, stop)
    solver, status = tiers.most(model.played)
    if status not in SOLVED:
        return Whole(None, 0, 0, None, 0, is_infeasible=status == cp_model.INFEASIBLE)
    least = max(0, instance.games_total - math.floor(-proven(solver, status) + 1e-6))
    missing = instance.games_total + round(solver.objective_value)
    best = Whole(model.placed(solver), missing, least, None, 0)
    if status != cp_model.OPTIMAL:
        return best
    return tiers.preferred(best, repairing=table is None and instance.earlier is not None)


class _Tiers:
    """Runs of one model, each for a goal among what is best by the goals before; they share a
    budget."""

    def __init__(self, model: "Model", budget: Budget, stop: threading.Event) -> None:
        self._model, self._budget, self._stop = model, budget, stop

    def preferred(self, best: Whole, *, repairing: bool) -> Whole:
        """The cheapest of those as full as `best`; when `repairing`, with the fewest changes."""
        if repairing:
            solver, status = self.most(self._model.kept)
            if status in SOLVED:
                best = replace(best, placed=self._model.placed(solver))
            if status != cp_model.OPTIMAL:
                return best
        solver, status = self.cheapest()
        if status not in SOLVED:
            return best
        cost, bound = round(solver.objective_value), whole(proven(solver, status))
        placed = self._model.placed(solver)
        return replace(best, placed=placed, cost=cost, bound=bound)

    def most(self, goal: cp_model.LinearExprT) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """As much of a goal as half of what is left suffices for; it is kept to where proven."""
        solver, status = self._run(self._budget.share(0.5), -goal)
        if status == cp_model.OPTIMAL:
            self._model.choice.model.add(goal == round(-solver.objective_value))
            self._model.hint(solver)
        return solver, status

    def cheapest(self) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """The least cost, with all that is left."""
        return self._run(self._budget, self._model.minimised())

    def _run(
        self, budget: Budget, minimised: cp_model.LinearExprT
    ) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        solver, status = run(self._model.choice.model, budget, self._stop, minimised)
        self._budget = self._budget.after(solver.deterministic_time)
        return solver, status
