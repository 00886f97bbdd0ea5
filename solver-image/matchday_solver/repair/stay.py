"""The most games of an earlier schedule that can stay together, new games left aside."""

import threading

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice, Stopped
from matchday_solver.choice.rules import add_upper_rules
from matchday_solver.choice.table import Table, fixed_rows, joined
from matchday_solver.demand import Demand
from matchday_solver.exact.run import Budget, Ending, run
from matchday_solver.instance import EarlierGames, Instance, Mask
from matchday_solver.repair.cause import may_stay


def earlier_rows(instance: Instance, games: EarlierGames) -> Table:
    """The earlier games that may stay, without those that are fixed anyhow."""
    division = instance.teams.division[games.home]
    none = np.zeros(len(games), np.bool_)
    length = instance.divisions.length[division]
    rows = Table(games.home, games.away, games.slot, games.venue, length, none, none)
    is_fixed = np.isin(rows.keys(instance), fixed_rows(instance).keys(instance))
    return rows.where(may_stay(instance, games) & ~games.frozen & ~is_fixed)


def most_staying(
    instance: Instance, rows: Table, budget: Budget, stop: threading.Event
) -> Mask | None:
    """(n,) a largest part of the rows that keeps all rules that limit; None if not proven."""
    fixed = fixed_rows(instance)
    ending = Ending(budget, stop)
    choice = Choice(instance, joined(fixed, rows), Demand.nothing(instance), ending)
    try:
        add_upper_rules(choice)
    except Stopped:
        return None
    stays = choice.chosen[len(fixed) :]
    solver, status = run(choice.model, budget, stop, -cp_model.LinearExpr.sum(stays))
    if status != cp_model.OPTIMAL:
        return None
    return np.array([solver.boolean_value(stay) for stay in stays], np.bool_)
