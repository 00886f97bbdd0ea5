"""Whether an instance has a schedule at all, by the exact model."""

import time

from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice
from matchday_solver.choice.rules import add_rules
from matchday_solver.choice.table import candidates, fixed_rows, joined, pairs_of, size
from matchday_solver.demand import Demand
from matchday_solver.instance import Instance

MAX_ROWS = 300_000
"""Candidate games up to which the model is built; beyond, it would take minutes."""
ROW_SECONDS = 5e-5
"""What a candidate game costs while the model is built."""
PRESOLVED = 20_000
"""Candidate games up to which presolve is worth its time."""


def is_feasible(instance: Instance, demand: Demand, seconds: float, workers: int) -> bool | None:
    """Whether a schedule exists; None where the time does not suffice to tell."""
    deadline = time.monotonic() + seconds
    active = _active(instance, demand)
    if rows_needed(instance, demand) > min(MAX_ROWS, seconds / ROW_SECONDS):
        return None
    rows = [candidates(instance, d, pairs_of(instance, d)) for d in active]
    choice = Choice(instance, joined(fixed_rows(instance), *rows), demand)
    add_rules(choice)
    left = deadline - time.monotonic()
    status = _solved(choice, left, workers) if left > 0 else cp_model.UNKNOWN
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return True
    return False if status == cp_model.INFEASIBLE else None


def rows_needed(instance: Instance, demand: Demand) -> int:
    """Candidate games of the model, at most."""
    return sum(size(instance, d) for d in _active(instance, demand))


def _active(instance: Instance, demand: Demand) -> list[int]:
    """Divisions that must have games beyond their fixed ones."""
    least = instance.divisions.min_meetings > 0
    every = len(instance.limits.windows.min_hard) > 0
    return [
        d
        for d, pairs in enumerate(demand.must_meet)
        if every or demand.required[d] or (least[d] and pairs.any())
    ]


def _solved(choice: Choice, seconds: float, workers: int) -> cp_model.CpSolverStatus:
    """Presolve takes longer than it saves on models that have a solution."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.cp_model_presolve = len(choice.table) < PRESOLVED
    return solver.solve(choice.model)
