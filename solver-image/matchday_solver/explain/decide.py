"""How the oracle's questions are answered where counting does not."""

import threading

from matchday_solver.bounds.season import lacking
from matchday_solver.build import build
from matchday_solver.choice.feasible import is_feasible, rows_needed
from matchday_solver.explain.oracle import Decide
from matchday_solver.explain.relax import Relaxed
from matchday_solver.explain.witness import has_witness
from matchday_solver.lint.reach import Capacity

SMALL = 3_000
"""Candidate games up to which the exact model answers at once."""
SEARCH_SHARE = 0.3
"""Part of a question's time in which the search may find a schedule before the model is built."""


def decider(workers: int, stop: threading.Event) -> Decide:
    """Answers by the search, which can only say yes, by the season relaxation, which can only say
    no, and by the exact model on some threads until it is told to stop."""

    def decide(case: Relaxed, seconds: float) -> bool | None:
        instance = build(case.problem)
        rows = rows_needed(instance, case.demand)
        if rows > SMALL and has_witness(case, seconds * SEARCH_SHARE):
            return True
        if rows > SMALL and lacking(Capacity(instance, case.demand), seconds, stop):
            return False
        return is_feasible(instance, case.demand, seconds, workers, stop)

    return decide
