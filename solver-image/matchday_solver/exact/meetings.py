"""Terms of pairs: rivals and rematchGap."""

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.exact.costs import Costs, pairs_within
from matchday_solver.instance import Longs


def rivals(costs: Costs) -> None:
    """Rival pairs that never meet."""
    weight = costs.choice.instance.weights.rivals
    found = costs.by_pair(np.arange(len(costs.choice.table)))
    for a, b in costs.choice.instance.rivals.tolist() if weight else ():
        rows = found.get((min(a, b), max(a, b)))
        if rows is None:
            costs.constant += weight
        else:
            costs.choice.model.add_bool_or([costs.flag(weight), *costs.literals(rows)])


def rematch_gap(costs: Costs) -> None:
    """A meeting of a pair fewer than so many dates after another one."""
    weights = costs.choice.instance.weights
    if not weights.rematch_gap:
        return
    for rows in costs.by_pair(np.arange(len(costs.choice.table))).values():
        dates = dict(costs.by_date(rows))
        costs.constant += weights.rematch_gap * _twice(costs, dates)
        close: dict[int, cp_model.IntVar] = {}
        for sooner, later in pairs_within(dates, weights.rematch_days):
            if later not in close:
                close[later] = costs.flag(weights.rematch_gap)
            both = cp_model.LinearExpr.sum([_met(costs, dates[d]) for d in (sooner, later)])
            costs.choice.model.add(close[later] >= both - 1)


def _met(costs: Costs, rows: Longs) -> cp_model.LinearExprT:
    """1 where a pair meets on a date; among frozen games it may be more than once."""
    return 1 if costs.choice.table.frozen[rows].any() else costs.choice.sum(rows)


def _twice(costs: Costs, dates: dict[int, Longs]) -> int:
    """Further frozen meetings on one date."""
    frozen = costs.choice.table.frozen
    return sum(max(0, int(frozen[rows].sum()) - 1) for rows in dates.values())
