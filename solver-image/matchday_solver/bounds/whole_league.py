"""The whole league as one model: bounds that grow up to the optimum, where it is small enough."""

import queue
from collections.abc import Iterator

from matchday_solver.bounds.stopping import Stopping
from matchday_solver.engine_threads import engine_thread
from matchday_solver.exact.run import Budget
from matchday_solver.exact.whole import rows_needed, solve_complete
from matchday_solver.instance import Instance

MOST_ROWS = 40_000
"""Candidate games up to which one model proves more than the relaxations."""


def improve_whole(instance: Instance, stopping: Stopping, known: int) -> Iterator[int]:
    """Proven lower bounds above `known`, each above the one before."""
    if rows_needed(instance) > MOST_ROWS:
        return
    told = queue.SimpleQueue[int | None]()

    def work() -> None:
        try:
            budget = Budget(stopping.seconds(float("inf")))
            told.put(solve_complete(instance, budget, stopping.stop, told.put).bound)
        finally:
            told.put(None)

    engine_thread("whole league", work).start()
    while (bound := told.get()) is not None:
        if bound > known:
            known = bound
            yield bound
