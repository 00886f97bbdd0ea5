"""The LP over the columns found so far; its rows that only say `at most` come when broken."""

from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import timedelta

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from matchday_solver.bounds.balance import segments
from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.duals import Prices
from matchday_solver.bounds.entries import Row, entries_of
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.exact.run import watching
from matchday_solver.instance import Floats

TOLERANCE = 1e-6
BOXED = 1e-3
"""Part of all games that the LP may leave to the box when its prices are taken for free."""
MOST_SECONDS = 60.0
"""Longest solution of one LP."""


class Master:
    """Columns and rows; prices follow from `solve`."""

    def __init__(self, data: VenueDays) -> None:
        self._data = data
        self._model = mathopt.Model()
        self._rows: dict[Row, mathopt.LinearConstraint] = {}
        self._entries = defaultdict[Row, list[tuple[mathopt.Variable, float]]](list)
        self._limited = defaultdict[mathopt.Variable, list[tuple[Row, float]]](list)
        self._known: set[Column] = set()
        self._box: list[tuple[mathopt.Variable, mathopt.Variable]] = []
        self._add_rows()
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        self._duals: dict[mathopt.LinearConstraint, float] = {}
        self.value = 0.0
        self.is_boxed = True

    def add(self, columns: Iterable[Column]) -> None:
        """Take new columns in."""
        for column in columns:
            if column not in self._known:
                self._known.add(column)
                self._add(column)

    @property
    def columns(self) -> Set[Column]:
        """The columns so far."""
        return self._known

    def solve(self, stopping: Stopping) -> Prices | None:
        """Solve the LP, adding rows until none is broken; its prices, None if it is time to end."""
        values = self._solve(stopping)
        while values is not None and self._add_broken(values):
            values = self._solve(stopping)
        if values is None:
            return None
        outside = sum(values[x] for pair in self._box for x in pair)
        self.is_boxed = outside > BOXED * max(1, int(self._data.needed.sum()))
        return self._prices(self._duals)

    def _solve(self, stopping: Stopping) -> dict[mathopt.Variable, float] | None:
        result = self._attempt(stopping, mathopt.LPAlgorithm.DUAL_SIMPLEX)
        if result is None:
            # The engine has lost its way; from the beginning, by the other method, it may find it.
            self._solver.close()
            self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
            result = self._attempt(stopping, mathopt.LPAlgorithm.PRIMAL_SIMPLEX)
        if result is None or result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
            return None
        self.value = result.objective_value() + self._data.constant
        self._duals = result.dual_values()
        values: dict[mathopt.Variable, float] = result.variable_values()
        return values

    def _attempt(
        self, stopping: Stopping, algorithm: mathopt.LPAlgorithm
    ) -> mathopt.SolveResult | None:
        """Solve the LP once, beginning where the last solution ended; None where that breaks."""
        interrupter = SolveInterrupter()
        params = mathopt.SolveParameters(
            lp_algorithm=algorithm,
            presolve=mathopt.Emphasis.OFF,
            time_limit=timedelta(seconds=stopping.seconds(MOST_SECONDS)),
        )
        with watching(stopping.stop, interrupter.interrupt):
            try:
                return self._solver.solve(params=params, interrupter=interrupter)
            except AttributeError:
                # What OR-Tools 9.15 raises where GLOP ends abnormally: its own conversion of the
                # status fails.
                return None

    def box(self, center: Floats, width: float) -> None:
        """Keep the price of a team's game within a width of a center: the LP pays to leave it."""
        for (more, less), price in zip(self._box, center.tolist(), strict=True):
            self._model.objective.set_linear_coefficient(more, price + width)
            self._model.objective.set_linear_coefficient(less, -max(0.0, price - width))

    def _add_rows(self) -> None:
        data = self._data
        for team, needed in enumerate(data.needed.tolist()):
            more, less = self._variable(1.0), self._variable(0.0)
            self._box.append((more, less))
            self._set("team", team, lower=needed, upper=needed, entry=(more, 1.0))
            self._set("team", team, entry=(less, -1.0))
        for kind, dates in enumerate(data.dates.tolist()):
            self._set("kind", kind, upper=dates)
        for owner in np.flatnonzero(data.club_cost > 0).tolist():
            slack = self._variable(float(data.club_cost[owner]))
            self._set("club", owner, lower=int(data.club_least[owner]), entry=(slack, 1.0))
        for pair in np.flatnonzero((data.rival > 0) | (data.least > 0)).tolist():
            lone = self._variable(float(data.rival[pair]) or penalty(data))
            least = int(data.least[pair]) or 1
            self._set("meet", pair, lower=least, entry=(lone, 1.0))
        self._add_odd_games()
        self._add_surpluses()
        self._add_rematches()

    def _add_odd_games(self) -> None:
        """In an odd division somebody may play one game less."""
        for division, odd in enumerate(self._data.odd.tolist()):
            if odd:
                for team in self._data.instance.divisions.teams[division].tolist():
                    less = self._variable(0.0)
                    self._rows["team", team].set_coefficient(less, 1.0)
                    self._set("odd", division, upper=1, entry=(less, 1.0))

    def _add_surpluses(self) -> None:
        weight = self._data.instance.weights.home_away_balance
        for team, even in enumerate(self._data.even.tolist() if weight else ()):
            lead = -int(self._data.lead[team])
            for width, cost in segments(weight, even):
                for sign in (-1.0, 1.0):
                    part = self._variable(cost, width)
                    self._set("lead", team, lower=lead, upper=lead, entry=(part, sign))

    def _add_rematches(self) -> None:
        """Meetings beyond those that can be far apart cost; of pairs that may have so many."""
        weight = self._data.instance.weights.rematch_gap
        for pair in np.flatnonzero(self._data.most > self._data.apart).tolist() if weight else ():
            self._limit(("rematch", pair), self._variable(float(weight)), -1.0)

    def _variable(self, cost: float, most: float = np.inf) -> mathopt.Variable:
        variable = self._model.add_variable(lb=0.0, ub=most)
        self._model.objective.set_linear_coefficient(variable, cost)
        return variable

    def _set(
        self,
        row: str,
        number: int,
        lower: float = -np.inf,
        upper: float = np.inf,
        entry: tuple[mathopt.Variable, float] | None = None,
    ) -> None:
        key = (row, number)
        if key not in self._rows:
            self._rows[key] = self._model.add_linear_constraint(lb=lower, ub=upper)
        if entry is not None:
            self._rows[key].set_coefficient(*entry)

    def _add(self, column: Column) -> None:
        cost, entries = entries_of(self._data, column)
        variable = self._variable(float(cost))
        for key, number in entries.items():
            if key[0] == "free" and key not in self._rows:
                self._add_hosts(key)
            self._enter(key, variable, float(number))

    def _enter(self, key: Row, variable: mathopt.Variable, number: float) -> None:
        """Count a variable in a row, now or when the row comes."""
        if key in self._rows:
            self._rows[key].set_coefficient(variable, number)
        if _limit(self._data, key) is not None:
            self._limit(key, variable, number)

    def _add_hosts(self, key: Row) -> None:
        """Of the games of a pair where either may host, parts have the one or the other for it."""
        first, second = int(self._data.first[key[1]]), int(self._data.second[key[1]])
        for host, guest in ((first, second), (second, first)):
            part = self._variable(0.0)
            self._set(*key, lower=0.0, upper=0.0, entry=(part, -1.0))
            self._set("lead", host, entry=(part, 1.0))
            self._set("lead", guest, entry=(part, -1.0))

    def _limit(self, key: Row, variable: mathopt.Variable, number: float) -> None:
        """Remember an entry of a row that may not be there yet."""
        self._entries[key].append((variable, number))
        self._limited[variable].append((key, number))

    def _add_broken(self, values: dict[mathopt.Variable, float]) -> int:
        """Add the rows that a solution breaks; how many those are."""
        used: dict[Row, float] = defaultdict(float)
        for x, value in values.items():
            if value > TOLERANCE:
                for key, number in self._limited[x]:
                    used[key] += number * value
        broken = [
            key
            for key, use in used.items()
            if key not in self._rows and use > (_limit(self._data, key) or 0) + TOLERANCE
        ]
        for key in broken:
            self._set(*key, upper=_limit(self._data, key) or 0)
            for x, number in self._entries[key]:
                self._rows[key].set_coefficient(x, number)
        return len(broken)

    def _prices(self, duals: dict[mathopt.LinearConstraint, float]) -> Prices:
        data = self._data
        sizes = {"team": len(data.needed), "double": len(data.needed), "pair": len(data.first),
                 "meet": len(data.first), "rematch": len(data.first), "club": len(data.club_cost),
                 "lead": len(data.needed), "days": data.days.size}  # fmt: skip
        found: dict[str, Floats] = {row: np.zeros(size) for row, size in sizes.items()}
        for (row, number), constraint in self._rows.items():
            if row in found:
                found[row][number] = duals.get(constraint, 0.0)
        return Prices(
            team=found["team"],
            double=found["double"],
            days=found["days"].reshape(data.days.shape),
            pair=found["pair"] + found["meet"],
            rematch=found["rematch"],
            club=found["club"],
            lead=found["lead"],
        )


def _limit(data: VenueDays, key: Row) -> int | None:
    """The right side of a row that comes when broken; None for a row that is there at once."""
    row, number = key
    limits = {"pair": data.most, "rematch": data.apart, "double": data.doubles,
              "days": data.days.ravel()}  # fmt: skip
    return int(limits[row][number]) if row in limits else None


def penalty(data: VenueDays) -> float:
    """Price of a meeting that must be and is not: more than a game can cost."""
    w = data.instance.weights
    return 2.0 * (w.club_days + w.tier_match + w.home_venue + 2 * w.region + w.full_evenings) + 1
