"""The venue-day relaxation in whole numbers over some columns: on how many dates each is used."""

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.entries import Row, entries_of
from matchday_solver.bounds.overlaps import Overlap, Overlaps
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.exact.run import SOLVED, Budget, proven, run, whole
from matchday_solver.milp import solve_linear

SHARE, SECONDS = 0.4, 60.0
"""Part of the time left for a proof about one selection, and the most."""
OTHERS = 2
"""Dates on which a selection differs at least from one that is left."""
FEW = 300
"""Columns that CP-SAT does at once."""

Chosen = dict[Column, int]
"""Columns, and on how many dates each is."""


@dataclass(frozen=True, slots=True)
class Least:
    """What is proven of the cheapest selection."""

    bound: int
    """None costs less."""
    is_final: bool
    """Whether the proof came to its end."""


class Selection:
    """How many dates have each column; the rows are those of the LP."""

    def __init__(self, data: VenueDays, columns: Iterable[Column], lacking: int = 0) -> None:
        """With a cost of `lacking` a team may lack any game for it."""
        self.cost = 0
        """What the last selection costs."""
        self._data, self._lacking = data, lacking
        self._model = cp_model.CpModel()
        self._dates: dict[Column, cp_model.IntVar] = {}
        self._costs = [(self._model.new_constant(1), data.constant)]
        self._entries = defaultdict[Row, list[tuple[cp_model.IntVar, int]]](list)
        self._close: dict[int, cp_model.IntVar] = {}
        columns = tuple(columns)
        for column in columns:
            self._add(column)
        self._overlaps = Overlaps(data, columns)
        self._limit(self._overlaps.all())
        self._add_teams()
        self._add_pairs()
        self._add_surpluses()

    def bound(self, end: int, stopping: Stopping) -> Least:
        """What no selection is cheaper than; `end` where none is cheaper than that."""
        costs = [term for term in self._costs if term[1]]
        if not costs:
            return Least(0, is_final=True)
        cost = weighted(costs)
        self._model.add(cost < end)
        budget = Budget(stopping.share(SHARE, SECONDS))
        solver, status = run(self._model, budget, stopping.stop, cost, tight_lp=True)
        if status == cp_model.INFEASIBLE:
            return Least(end, is_final=True)
        return Least(whole(proven(solver, status)), status == cp_model.OPTIMAL)

    def cheapest(self, seconds: float, stop: threading.Event) -> Chosen | None:
        """Columns that make a cheap selection, and on how many dates; None where none is found."""
        self._model.minimize(weighted(self._costs))
        values = self._solve(seconds, stop)
        if values is None:
            return None
        self.cost = sum(values[number.index] * cost for number, cost in self._costs)
        counts = {column: values[dates.index] for column, dates in self._dates.items()}
        return {column: dates for column, dates in counts.items() if dates}

    def _solve(self, seconds: float, stop: threading.Event) -> list[int] | None:
        """Values of all variables; few columns are not worth a process of their own."""
        if len(self._dates) > FEW:
            found = solve_linear(self._model, seconds, stop)
            return None if found is None else found.values
        solver, status = run(self._model, Budget(seconds), stop, tight_lp=True)
        return list(solver.response_proto.solution) if status in SOLVED else None

    def leave(self, chosen: Chosen) -> None:
        """Not these columns again: the rows that they break, else some other dates."""
        places = {column: place for place, column in enumerate(self._dates)}
        dates = {places[column]: number for column, number in chosen.items()}
        if self._limit(self._overlaps.broken(dates)):
            return
        same = cp_model.LinearExpr.sum([self._dates[column] for column in chosen])
        self._model.add(same <= sum(chosen.values()) - OTHERS)

    def _limit(self, overlaps: Iterable[Overlap]) -> int:
        """Keep rows; how many they are."""
        dates, found = list(self._dates.values()), 0
        for columns, most in overlaps:
            together = [dates[place] for place in columns.tolist()]
            self._model.add(cp_model.LinearExpr.sum(together) <= most)
            found += 1
        return found

    def _add(self, column: Column) -> None:
        cost, entries = entries_of(self._data, column)
        dates = self._number(int(self._data.dates[column.kind]))
        self._dates[column] = dates
        self._costs.append((dates, cost))
        for row, number in entries.items():
            self._entries[row].append((dates, number))

    def _number(self, most: int) -> cp_model.IntVar:
        return self._model.new_int_var(0, most, "")

    def _sum(self, row: str, number: int) -> cp_model.LinearExpr:
        return weighted(self._entries.get((row, number), []))

    def _add_teams(self) -> None:
        """Games and doubleheaders of teams, dates of kinds and of owners."""
        data, model = self._data, self._model
        for team, needed in enumerate(data.needed.tolist()):
            division = int(data.instance.teams.division[team])
            left_over = self._number(int(data.odd[division]))
            self._entries["odd", division].append((left_over, 1))
            lacking = self._number(needed if self._lacking else 0)
            self._costs.append((lacking, self._lacking))
            model.add(self._sum("team", team) + left_over + lacking == needed)
            model.add(self._sum("double", team) <= int(data.doubles[team]))
        for number, most in enumerate(data.days.ravel().tolist()):
            model.add(self._sum("days", number) <= most)
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
                apart = int(data.apart[pair])
                close = self._close[pair] = self._number(most - min(0, apart))
                model.add(met <= apart + close)
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


def weighted(terms: list[tuple[cp_model.IntVar, int]]) -> cp_model.LinearExpr:
    """The sum of variables times numbers."""
    return cp_model.LinearExpr.weighted_sum([x for x, _ in terms], [number for _, number in terms])
