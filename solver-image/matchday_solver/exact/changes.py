"""Which candidate games are games of an earlier schedule that stay where they were."""

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice
from matchday_solver.choice.table import Table, keys
from matchday_solver.instance import Instance, Mask


def staying(instance: Instance, table: Table) -> tuple[Mask, Mask]:
    """(rows,) each, without fixed games: earlier games as they were, and with hosts exchanged."""
    earlier = instance.earlier
    if earlier is None:
        none = np.zeros(len(table), np.bool_)
        return none, none
    known = keys(instance, earlier.home, earlier.away, earlier.slot, earlier.venue)
    turned = keys(instance, table.away, table.home, table.slot, table.venue)
    same, swapped = np.isin(table.keys(instance), known), np.isin(turned, known)
    return ~table.fixed & same, ~table.fixed & swapped


def kept(choice: Choice, swapped: dict[int, cp_model.IntVar]) -> cp_model.LinearExprT:
    """How many games beside the fixed ones stay; `swapped` tells the rows that exchange hosts."""
    same, turned = (
        np.flatnonzero(rows).tolist() for rows in staying(choice.instance, choice.table)
    )
    there = [choice.chosen[row] for row in same]
    there += [swapped[row] for row in turned if row in swapped]
    gone = [swapped[row] for row in same if row in swapped]
    return cp_model.LinearExpr.sum(there) - cp_model.LinearExpr.sum(gone)
