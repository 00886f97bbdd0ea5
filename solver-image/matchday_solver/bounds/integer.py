"""The venue-day relaxation in whole numbers, over all columns that a cheap schedule can have.

It begins with schedules little above the LP's bound and goes on with dearer ones: either there is
none so cheap, which is a better bound, or the cheapest selection of columns is found.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.duals import SCALE, price_scale
from matchday_solver.bounds.entries import Row, entries_of
from matchday_solver.bounds.enumeration import TooMany, columns_within
from matchday_solver.bounds.pricing import Proof
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.exact.run import Budget, run, whole

NEAR = 0.004
"""Distance from the bound to begin with, in parts of it."""
FURTHER = 2.0
"""Growth of the distance."""
DEAREST = 4.0
"""Most that a team's game costs, in units of the price scale."""
MOST_STEPS = 200_000
"""Steps of one enumeration, some five microseconds each."""
MOST_COLUMNS = 10_000
"""Columns of a selection; with more it takes minutes."""
SECONDS = 60.0
"""Longest solution of one selection."""


def improve_integer(data: VenueDays, proof: Proof, stopping: Stopping, known: int) -> Iterator[int]:
    """Proven lower bounds above `known`, each above the one before."""
    distance = max(SCALE, round(NEAR * abs(proof.bound)))
    while distance < _farthest(data) and not stopping.is_due():
        try:
            columns = columns_within(data, proof, distance, MOST_STEPS, stopping)
        except TooMany:
            return
        if len(columns) > MOST_COLUMNS:
            return
        end = -(-(proof.bound + distance) // SCALE)
        bound = _Selection(data, columns).bound(end, stopping)
        if bound > known:
            known = bound
            yield bound
        if bound < end:
            return
        distance = round(FURTHER * distance)


def _farthest(data: VenueDays) -> float:
    """More than schedules differ by; beyond it there is no selection of columns at all."""
    return SCALE * DEAREST * price_scale(data) * (1 + int(data.needed.sum()))


class _Selection:
    """How many dates have each column; the rows are those of the LP."""

    def __init__(self, data: VenueDays, columns: Iterable[Column]) -> None:
        self._data = data
        self._model = cp_model.CpModel()
        self._costs = [(self._model.new_constant(1), data.frozen.cost)]
        self._entries = defaultdict[Row, list[tuple[cp_model.IntVar, int]]](list)
        for column in columns:
            self._add(column)
        self._add_teams()
        self._add_pairs()
        self._add_surpluses()

    def bound(self, end: int, stopping: Stopping) -> int:
        """What no selection is cheaper than; `end` where none is cheaper than that."""
        costs = [term for term in self._costs if term[1]]
        if not costs:
            return 0
        cost = _weighted(costs)
        self._model.add(cost < end)
        budget = Budget(stopping.seconds(SECONDS))
        solver, status = run(self._model, budget, stopping.stop, cost, tight_lp=True)
        return end if status == cp_model.INFEASIBLE else whole(solver.best_objective_bound)

    def _add(self, column: Column) -> None:
        cost, entries = entries_of(self._data, column)
        dates = self._number(int(self._data.dates[column.kind]))
        self._costs.append((dates, cost))
        for row, number in entries.items():
            self._entries[row].append((dates, number))

    def _number(self, most: int) -> cp_model.IntVar:
        return self._model.new_int_var(0, most, "")

    def _sum(self, row: str, number: int) -> cp_model.LinearExpr:
        return _weighted(self._entries.get((row, number), []))

    def _add_teams(self) -> None:
        """Games and doubleheaders of teams, dates of kinds and of owners."""
        data, model = self._data, self._model
        for team, needed in enumerate(data.needed.tolist()):
            division = int(data.instance.teams.division[team])
            lacking = self._number(int(data.odd[division]))
            self._entries["odd", division].append((lacking, 1))
            model.add(self._sum("team", team) + lacking == needed)
            model.add(self._sum("double", team) <= int(data.doubles[team]))
        for division in np.flatnonzero(data.odd).tolist():
            model.add(self._sum("odd", division) <= 1)
        for kind, dates in enumerate(data.dates.tolist()):
            model.add(self._sum("kind", kind) <= dates)
        for owner in np.flatnonzero(data.club_cost > 0).tolist():
            model.add(self._sum("club", owner) >= int(data.club_least[owner]))

    def _add_pairs(self) -> None:
        """Meetings: as many as there must and may be, and the cost of too few or too close ones."""
        data, model = self._data, self._model
        for pair, rival in enumerate(data.rival.tolist()):
            met, most = self._sum("pair", pair), int(data.most[pair])
            model.add(met <= most)
            model.add(met >= int(data.least[pair]))
            if rival and not data.least[pair]:
                lone = self._number(1)
                model.add(met + lone >= 1)
                self._costs.append((lone, rival))
            if ("rematch", pair) in self._entries:
                close = self._number(most)
                model.add(met <= int(data.apart[pair]) + close)
                self._costs.append((close, data.instance.weights.rematch_gap))

    def _add_surpluses(self) -> None:
        """Games that either team may host are shared out; what is uneven costs."""
        data, model, weight = self._data, self._model, self._data.instance.weights
        if not weight.home_away_balance:
            return
        for row, pair in [row for row in self._entries if row[0] == "free"]:
            first, second = int(data.first[pair]), int(data.second[pair])
            hosted, visited = (self._number(int(data.most[pair])) for _ in range(2))
            model.add(hosted + visited == self._sum(row, pair))
            self._entries["lead", first] += [(hosted, 1), (visited, -1)]
            self._entries["lead", second] += [(visited, 1), (hosted, -1)]
        for team, even in enumerate(data.even.tolist()):
            surplus = self._sum("lead", team) + int(data.lead[team])
            excess = self._number(10_000)
            for side in (surplus, -surplus):
                model.add(excess >= side - 1)
                if even:
                    model.add(2 * excess >= side)
            self._costs.append((excess, weight.home_away_balance))


def _weighted(terms: list[tuple[cp_model.IntVar, int]]) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.weighted_sum([x for x, _ in terms], [number for _, number in terms])
