"""How many games every schedule lacks, by the exact model without its preferences."""

import threading
from collections.abc import Callable

import numpy as np

from matchday_solver.choice.feasible import MAX_ROWS
from matchday_solver.choice.model import Choice
from matchday_solver.choice.rules import add_rules
from matchday_solver.choice.table import candidates, fixed_rows, joined, pairs_of, size
from matchday_solver.demand import Demand
from matchday_solver.exact.run import Budget, run
from matchday_solver.instance import Instance


def prove_fewest_missing(
    instance: Instance, budget: Budget, stop: threading.Event, told: Callable[[int], None]
) -> None:
    """Tell growing numbers of games that no schedule can do without, until told to stop."""
    divisions = range(len(instance.divisions.names))
    if sum(size(instance, d) for d in divisions) > MAX_ROWS:
        return
    rows = [candidates(instance, d, pairs_of(instance, d)) for d in divisions]
    choice = Choice(instance, joined(fixed_rows(instance), *rows), Demand.nothing(instance))
    add_rules(choice)
    lacking = instance.games_total - choice.sum(np.arange(len(choice.table)))
    run(choice.model, budget, stop, lacking, told, presolve=False)
