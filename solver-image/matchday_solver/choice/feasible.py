"""Whether an instance has a schedule at all, by the exact model."""

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice
from matchday_solver.choice.rules import add_rules
from matchday_solver.choice.table import candidates, fixed_rows, joined, pairs_of, size
from matchday_solver.instance import Instance, Mask

MAX_ROWS = 300_000
"""Candidate games up to which the model is built; beyond, it would take minutes."""


def is_feasible(
    instance: Instance, required: Mask, *, excused: bool, seconds: float, workers: int
) -> bool | None:
    """Whether a schedule exists; None where the time does not suffice to tell.

    `required` and `excused` as in `matchday_solver.lint.findings`.
    """
    active = [d for d in range(len(required)) if _has_duties(instance, d, required, excused)]
    if sum(size(instance, d) for d in active) > MAX_ROWS:
        return None
    rows = [candidates(instance, d, pairs_of(instance, d)) for d in active]
    choice = Choice(instance, joined(fixed_rows(instance), *rows), required, excused)
    add_rules(choice)
    status = _solved(choice, seconds, workers)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return True
    return False if status == cp_model.INFEASIBLE else None


def _has_duties(instance: Instance, d: int, required: Mask, excused: bool) -> bool:
    """Whether the division must have games beyond its fixed ones."""
    least = instance.divisions.min_meetings[d] > 0 and not excused
    return bool(required[d] or least or len(instance.limits.windows.min_hard))


def _solved(choice: Choice, seconds: float, workers: int) -> cp_model.CpSolverStatus:
    """Presolve takes longer than it saves on models that have a solution."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = max(0.1, seconds)
    solver.parameters.cp_model_presolve = bool(np.size(choice.table.home) < PRESOLVED)
    return solver.solve(choice.model)


PRESOLVED = 20_000
"""Candidate games up to which presolve is worth its time."""
