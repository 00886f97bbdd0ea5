"""The CP-SAT model over candidate games: all hard rules, one function each in `rules`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.table import Table
from matchday_solver.demand import Demand
from matchday_solver.exact.run import Signal, Values
from matchday_solver.instance import Instance, Longs, Mask

Group = tuple[int, Longs]
"""A key and the rows that have it."""


class Stopped(Exception):
    """The making of a model was told to stop."""


@dataclass
class Choice:
    """A model in which every candidate game is chosen or not."""

    instance: Instance
    table: Table
    demand: Demand
    stop: Signal | None = None
    """Ends the making of the model, which may take many seconds: it raises Stopped."""
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)

    @cached_property
    def chosen(self) -> list[cp_model.IntVar]:
        """One boolean a row; that of a fixed game is true."""
        fixed = self.table.fixed.tolist()
        return [
            self.model.new_constant(1) if always else self.model.new_bool_var("")
            for always in fixed
        ]

    @cached_property
    def date(self) -> Longs:
        """Date of each row."""
        return self.instance.calendar.slot_date[self.table.slot].astype(np.int64)

    @cached_property
    def start(self) -> Longs:
        """Start of each row in minutes."""
        return self.instance.calendar.slot_start[self.table.slot].astype(np.int64)

    @cached_property
    def by_team(self) -> list[Group]:
        """Rows of each team that has any."""
        rows = np.arange(len(self.table))
        teams = np.concatenate([self.table.home, self.table.away])
        return list(grouped(teams.astype(np.int64), np.concatenate([rows, rows])))

    @cached_property
    def by_pair(self) -> list[Group]:
        """Rows of each pair of teams, the lower index times the number of teams first."""
        low = np.minimum(self.table.home, self.table.away).astype(np.int64)
        high = np.maximum(self.table.home, self.table.away)
        teams = len(self.instance.teams.names)
        return list(grouped(low * teams + high, np.arange(len(self.table))))

    def sum(self, rows: Longs) -> cp_model.LinearExprT:
        """Number of the rows that are chosen."""
        return cp_model.LinearExpr.sum(self.literals(rows))

    def literals(self, rows: Longs) -> list[cp_model.IntVar]:
        """Whether each of the rows is chosen."""
        self._go_on()
        return [self.chosen[row] for row in rows.tolist()]

    def solution(self, values: Values) -> Mask:
        """(rows,) whether each is chosen."""
        return np.array([values.boolean_value(row) for row in self.chosen], np.bool_)

    def at_most(self, rows: Longs, number: int) -> None:
        """At most so many of the rows, beyond what is frozen among them."""
        self._go_on()
        limit = max(0, number - int(self.table.frozen[rows].sum()))
        limit -= int((self.table.fixed & ~self.table.frozen)[rows].sum())
        rest = [self.chosen[row] for row in rows[~self.table.fixed[rows]].tolist()]
        if limit < 0:
            self.model.add_bool_or([])
        elif limit == 1 and len(rest) > 1:
            self.model.add_at_most_one(rest)
        elif len(rest) > limit:
            self.model.add(cp_model.LinearExpr.sum(rest) <= limit)

    def _go_on(self) -> None:
        if self.stop is not None and self.stop.is_set():
            raise Stopped


def grouped(keys: Longs, rows: Longs) -> Iterator[Group]:
    """Rows by key."""
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    cuts = np.flatnonzero(np.diff(keys)) + 1
    for part in np.split(np.arange(len(keys)), cuts):
        if len(part):
            yield int(keys[part[0]]), rows[part]
