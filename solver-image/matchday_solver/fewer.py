"""Fewer missing games than a search has found, one division after the other by the exact model.

A search keeps to games between two teams. Where a team cannot play all of its games, its opponents
can play each other instead, and then fewer games are missing: that takes a division as a whole.
"""

import threading
from dataclasses import replace

import numpy as np

from matchday_solver.choice.fewest import more_games
from matchday_solver.choice.table import Table
from matchday_solver.exact.run import Budget
from matchday_solver.instance import Instance


def with_fewer_missing(
    instance: Instance, games: Table, budget: Budget, stop: threading.Event
) -> Table | None:
    """A schedule that lacks fewer games; None where none is found within the budget.

    `games` keep all rules; the instance's fixed ones come first. The budget is for each division
    an equal part.
    """
    lacking = np.flatnonzero(instance.lacking(games.home)).tolist()
    better = None
    for number, division in enumerate(lacking):
        part = replace(budget.share(1 / (len(lacking) - number)), work=budget.work / len(lacking))
        found = more_games(instance, better or games, division, part, stop)
        better = better if found is None else found
    return better
