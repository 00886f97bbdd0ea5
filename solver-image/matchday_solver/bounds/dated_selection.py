"""A selection of columns in whole numbers, with the date of each.

What the rules and terms say about the dates of a team or of a pair, only this model keeps: hard and
soft windows, and each rematch that comes too soon. Starts are open.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.selection import Selection, weighted
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.exact.run import SOLVED, Budget, proven, run, whole

SHARE, MOST_SECONDS = 0.4, 120.0
"""Part of the time left for one solution, and the most."""

Place = tuple[int, int]
"""Date and venue."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What a solution tells."""

    bound: int
    """No schedule that is cheaper than the end costs less."""
    columns: dict[Place, Column] | None
    """The cheapest selection found; None where there is none."""


class DatedSelection(Selection):
    """Which column each date has at each venue."""

    def __init__(self, data: VenueDays, columns: Iterable[Column]) -> None:
        super().__init__(data, columns)
        self._at: dict[tuple[Place, Column], cp_model.IntVar] = {}
        self._of_team = defaultdict[tuple[int, int], list[tuple[cp_model.IntVar, int]]](list)
        self._of_pair = defaultdict[int, dict[int, list[cp_model.IntVar]]](dict)
        for column in self._dates:
            self._add_dates(column)
        self._one_a_place()
        self._add_windows(self._games())
        for pair, dates in self._of_pair.items():
            self._add_close_meetings(pair, dates)

    def solve(self, known: int, end: int, stopping: Stopping) -> Dated:
        """The cheapest selection, which costs no less than what is known, and less than the end."""
        cost = weighted([term for term in self._costs if term[1]])
        self._model.add(cost >= known)
        self._model.add(cost < end)
        budget = Budget(stopping.share(SHARE, MOST_SECONDS))
        solver, status = run(self._model, budget, stopping.stop, cost, tight_lp=True)
        if status == cp_model.INFEASIBLE:
            return Dated(end, None)
        bound = min(end, whole(proven(solver, status)))
        if status not in SOLVED:
            return Dated(bound, None)
        chosen = {key: column for (key, column), at in self._at.items() if solver.value(at)}
        return Dated(bound, chosen)

    def _add_dates(self, column: Column) -> None:
        """The dates of the column's kind on which all its teams may play."""
        data, pairs = self._data, list(column.pairs)
        games = Counter([*data.first[pairs].tolist(), *data.second[pairs].tolist()])
        closed = data.instance.teams.closed[list(games)].any(axis=0)
        venue, here = data.kinds[column.kind].venue, list[cp_model.IntVar]()
        for date in np.flatnonzero((data.kind_at[:, venue] == column.kind) & ~closed).tolist():
            at = self._model.new_bool_var("")
            here.append(at)
            self._at[(date, venue), column] = at
            for team, number in games.items():
                self._of_team[team, date].append((at, number))
            for pair in pairs:
                self._of_pair[pair].setdefault(date, []).append(at)
        self._model.add(self._dates[column] == cp_model.LinearExpr.sum(here))
        self._count_windows_once(column, sum(number > 1 for number in games.values()))

    def _count_windows_once(self, column: Column, doubleheaders: int) -> None:
        """What doubleheaders cost in windows is counted there, no longer in the column."""
        least = self._data.doubleheader - self._data.instance.weights.doubleheaders
        self._costs.append((self._dates[column], -least * doubleheaders))

    def _one_a_place(self) -> None:
        """A date has one column at a venue."""
        there = defaultdict[Place, list[cp_model.IntVar]](list)
        for (place, _), at in self._at.items():
            there[place].append(at)
        for columns in there.values():
            self._model.add_at_most_one(columns)

    def _games(self) -> dict[int, dict[int, cp_model.IntVar]]:
        """Games of each team on each date, all at one venue."""
        found = defaultdict[int, dict[int, cp_model.IntVar]](dict)
        for (team, date), columns in self._of_team.items():
            self._model.add_at_most_one([at for at, _ in columns])
            games = self._number(max(number for _, number in columns))
            self._model.add(games == weighted(columns))
            found[team][date] = games
        return found

    def _add_windows(self, games: dict[int, dict[int, cp_model.IntVar]]) -> None:
        """Hard `maxGames`, and what soft `maxGames` and `minGames` cost."""
        windows = self._data.instance.limits.windows
        for team in range(len(self._data.needed)):
            mine = games.get(team, {})
            for days, most, _ in windows.max_hard.tolist():
                for within in self._within(mine, days):
                    self._model.add(within <= most)
            for soft, sign in ((windows.max_soft, 1), (windows.min_soft, -1)):
                for days, number, weight, _ in soft.tolist():
                    for within in self._within(mine, days):
                        beyond = self._number(int(self._data.needed[team]) + number)
                        self._model.add(beyond >= sign * (within - number))
                        self._costs.append((beyond, weight))

    def _within(self, games: dict[int, cp_model.IntVar], days: int) -> list[cp_model.LinearExpr]:
        """A team's games in each window."""
        begins = range(len(self._data.instance.calendar.dates) - days + 1)
        return [
            cp_model.LinearExpr.sum([games[d] for d in range(begin, begin + days) if d in games])
            for begin in begins
        ]

    def _add_close_meetings(self, pair: int, dates: dict[int, list[cp_model.IntVar]]) -> None:
        """Meetings that follow another one too soon: of those in a window all but the first."""
        weights = self._data.instance.weights
        if not weights.rematch_gap:
            return
        met = {date: cp_model.LinearExpr.sum(at) for date, at in dates.items()}
        close = {date: self._number(1) for date in dates}
        for date, is_close in close.items():
            self._model.add(is_close <= met[date])
            later = [d for d in dates if date < d < date + weights.rematch_days]
            if later:
                soon = cp_model.LinearExpr.sum([close[d] for d in later])
                window = cp_model.LinearExpr.sum([met[d] for d in (date, *later)])
                self._model.add(soon >= window - 1)
        if pair in self._close:
            self._model.add(self._close[pair] >= cp_model.LinearExpr.sum(list(close.values())))
        else:
            self._costs += [(each, weights.rematch_gap) for each in close.values()]
