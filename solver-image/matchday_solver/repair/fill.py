"""The model that fills the gaps of an earlier schedule with as few changes as possible."""

import threading
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice, Stopped
from matchday_solver.choice.rules import add_rules, meetings_or_missing
from matchday_solver.choice.table import Table, fixed_rows, joined
from matchday_solver.demand import Demand
from matchday_solver.exact.run import SOLVED, Budget, Ending, proven, run
from matchday_solver.instance import Instance, Mask
from matchday_solver.repair.cost import row_costs

FEW_ROWS = 10_000
"""New candidate games that mostly suffice, and up to which presolve is worth its time."""


@dataclass(frozen=True)
class Filled:
    """A complete schedule that keeps all hard rules."""

    table: Table
    stays: Mask
    """(n,) the earlier rows that are in it."""
    most: int
    """No schedule of this model keeps more earlier rows."""


@dataclass(frozen=True)
class Gaps:
    """Earlier games that stay for sure, those that may move, and the candidates beside them."""

    instance: Instance
    rows: Table
    """All earlier games that may stay."""
    stays: Mask
    """(n,) those that stay for sure."""
    new: Table
    """Candidate games."""
    is_whole: bool
    """Whether no candidate was left out, so that no solution means that there is none."""

    def fill(
        self, budget: Budget, stop: threading.Event, *, complete: bool = True
    ) -> Filled | bool:
        """The schedule with the fewest changes; False where there is none, True where unknown.

        Where it need not be complete, the fewest missing games come first.
        """
        rows = replace(self.rows, fixed=self.stays)
        fixed = fixed_rows(self.instance)
        table = joined(fixed, rows, self.new)
        demand = Demand.whole(self.instance) if complete else Demand.nothing(self.instance)
        choice = Choice(self.instance, table, demand, Ending(budget, stop))
        try:
            add_rules(choice)
            if not complete:
                meetings_or_missing(choice, range(len(self.instance.divisions.names)))
        except Stopped:
            return True
        unit = 0 if complete and self.stays.all() else self._prefer(choice, len(fixed), complete)
        presolve = len(self.new) <= FEW_ROWS
        solver, status = run(choice.model, budget, stop, presolve=presolve)
        if status not in SOLVED:
            return not self.is_whole or status != cp_model.INFEASIBLE
        chosen = choice.solution(solver)
        stays = chosen[len(fixed) : len(fixed) + len(rows)]
        most = len(rows)
        if unit and self.is_whole and complete:
            most = int((unit - 1 - proven(solver, status)) // unit)
        elif unit and self.is_whole and status == cp_model.OPTIMAL:
            most = int(stays.sum())
        return Filled(table.where(chosen), stays, min(most, len(rows)))

    def _prefer(self, choice: Choice, fixed: int, complete: bool) -> int:
        """Have many games where some may be missing, then keep earlier ones, then take cheap new
        ones; what an earlier game counts."""
        first = fixed + len(self.rows)
        costs = row_costs(self.instance, self.new, self.rows.where(self.stays))
        unit = 1 + int(costs.max(initial=0)) * self.instance.games_total
        stays = choice.chosen[fixed:first]
        kept = cp_model.LinearExpr.weighted_sum(stays, [-unit] * len(stays))
        new = cp_model.LinearExpr.weighted_sum(choice.chosen[first:], costs.tolist())
        each = 0 if complete else unit * (len(stays) + 1)
        choice.model.minimize(kept + new - each * cp_model.LinearExpr.sum(choice.chosen[fixed:]))
        return unit
