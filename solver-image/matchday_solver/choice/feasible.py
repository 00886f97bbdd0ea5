"""Whether an instance has a schedule at all, by the exact model."""

import time

from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice
from matchday_solver.choice.rules import add_rules
from matchday_solver.choice.table import candidates, fixed_rows, joined, pairs_of, size
from matchday_solver.instance import Instance, Mask

MAX_ROWS = 300_000
"""Candidate games up to which the model is built; beyond, it would take minutes."""
PRESOLVED = 20_000
"""Candidate games up to which presolve is worth its time."""


def is_feasible(
    instance: Instance, required: Mask, *, excused: bool, seconds: float, workers: int
) -> bool | None:
    """Whether a schedule exists; None where the time does not suffice to tell.

    `required` and `excused` as in `matchday_solver.lint.findings`.
    """
    deadline = time.monotonic() + seconds
    active = _active(instance, required, excused)
    if rows_needed(instance, required, excused=excused) > MAX_ROWS:
        return None
    rows = [candidates(instance, d, pairs_of(instance, d)) for d in active]
    choice = Choice(instance, joined(fixed_rows(instance), *rows), required, excused)
    add_rules(choice)
    left = deadline - time.monotonic()
    status = _solved(choice, left, workers) if left > 0 else cp_model.UNKNOWN
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return True
    return False if status == cp_model.INFEASIBLE else None


def rows_needed(instance: Instance, required: Mask, *, excused: bool) -> int:
    """Candidate games of the model, at most."""
    return sum(size(instance, d) for d in _active(instance, required, excused))


def _active(instance: Instance, required: Mask, excused: bool) -> list[int]:
    return [d for d in range(len(required)) if _has_duties(instance, d, required, excused)]


def _has_duties(instance: Instance, d: int, required: Mask, excused: bool) -> bool:
    """Whether the division must have games beyond its fixed ones."""
    least = instance.divisions.min_meetings[d] > 0 and not excused
    return bool(required[d] or least or len(instance.limits.windows.min_hard))


def _solved(choice: Choice, seconds: float, workers: int) -> cp_model.CpSolverStatus:
    """Presolve takes longer than it saves on models that have a solution."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.cp_model_presolve = len(choice.table) < PRESOLVED
    return solver.solve(choice.model)
