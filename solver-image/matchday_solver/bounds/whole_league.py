"""The whole league as one model: bounds that grow up to the optimum, where it is small enough."""

import queue
from collections.abc import Iterator

from matchday_solver.bounds.incumbent import Incumbent
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.choice.feasible import WINDOW_SECONDS
from matchday_solver.engine_threads import engine_thread
from matchday_solver.exact.model import cheaper_than
from matchday_solver.exact.run import Budget
from matchday_solver.exact.whole import TIGHT_ROWS, Found, rows_needed, solve_complete
from matchday_solver.instance import Instance
from matchday_solver.size import further_windows, rows_with_room

MOST_ROWS = 40_000
"""Candidate games up to which one model proves more than the relaxations."""
ROW_SECONDS = 5e-4
"""What a candidate game costs at most while the model is built, which nothing interrupts."""
TERMS = 2
"""The terms make a model larger than the hard rules alone, by about this factor."""


def fits_one_model(instance: Instance, seconds: float) -> bool:
    """Whether the whole league as one model is small enough to pay, and built in half the time."""
    each = ROW_SECONDS + TERMS * WINDOW_SECONDS * further_windows(instance)
    most = min(MOST_ROWS, rows_with_room(instance, workers=1) // TERMS, seconds / 2 / each)
    return rows_needed(instance) <= most


def is_tight(instance: Instance) -> bool:
    """Whether the model is so small that one thread proves much by it in little time."""
    return rows_needed(instance) <= TIGHT_ROWS


def improve_whole(
    instance: Instance, stopping: Stopping, known: int, incumbent: Incumbent
) -> Iterator[int | Found]:
    """Proven lower bounds above `known`, each above the one before, and better schedules."""
    if not fits_one_model(instance, stopping.seconds(float("inf"))):
        return
    between = cheaper_than(incumbent.cost, known)
    best, told = incumbent.games(), queue.SimpleQueue[int | Found | None]()

    def work() -> None:
        try:
            budget = Budget(stopping.seconds(float("inf")))
            end = solve_complete(
                instance, budget, stopping.stop, told.put, told.put, best, between=between
            )
            told.put(end.bound)
        finally:
            told.put(None)

    engine_thread("whole league", work).start()
    while (news := told.get()) is not None:
        if isinstance(news, Found):
            yield news
        elif news > known:
            known = news
            yield news
