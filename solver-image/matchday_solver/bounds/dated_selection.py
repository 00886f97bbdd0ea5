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
from matchday_solver.bounds.prices import priced
from matchday_solver.bounds.selection import Selection, weighted
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.bounds.windows import windows_with
from matchday_solver.exact.run import SOLVED, Budget, proven, run, whole
from matchday_solver.instance import Longs, Mask
from matchday_solver.programme import programme_of

SHARE, MOST_SECONDS = 0.4, 120.0
"""Part of the time left for one solution, and the most."""

MOST_SOLVED = 5_000
"""Columns times their dates that are solved: with more nothing was found in a minute."""

Place = tuple[int, int]
"""Date and venue."""
Columns = tuple[tuple[cp_model.IntVar, int], ...]
"""Whether each column of a team is there on a date, and the team's games in it."""
Games = tuple[cp_model.LinearExprT, int]
"""Games of a team on a date, and how many those can be."""


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
        self._of_columns = len(self._costs)
        self._further = _further(data)
        self._at: dict[tuple[Place, Column], cp_model.IntVar] = {}
        self._of_team = defaultdict[tuple[int, int], list[tuple[cp_model.IntVar, int]]](list)
        self._of_pair = defaultdict[int, dict[int, list[cp_model.IntVar]]](dict)
        for column in self._dates:
            self._add_dates(column)
        self._one_a_place()
        self._add_windows()
        for pair, dates in self._of_pair.items():
            self._add_close_meetings(pair, dates)

    def solve(self, known: int, selected: int, end: int, stopping: Stopping) -> Dated:
        """The cheapest selection, which costs no less than what is known, and less than the end.

        No selection without dates is cheaper than `selected`: the dates may cost what is left. What
        the relaxation's prices leave of the columns with dates must not be too many.
        """
        cost = weighted([term for term in self._costs if term[1]])
        self._model.minimize(cost)
        # The relaxation tells of windows that no dates keep, often better than the engine.
        seconds = stopping.share(SHARE, MOST_SECONDS)
        prices = priced(programme_of(self._model), seconds, stopping.stop)
        known = max(known, prices.bound)
        if known >= end:
            return Dated(end, None)
        if self._leave_out(prices.idle(end)) > MOST_SOLVED:
            return Dated(known, None)
        self._model.add(weighted(self._costs[self._of_columns :]) < end - selected)
        self._model.add(cost >= known)
        self._model.add(cost < end)
        budget = Budget(stopping.share(SHARE, MOST_SECONDS))
        solver, status = run(self._model, budget, stopping.stop, tight_lp=True, from_below=True)
        if status == cp_model.INFEASIBLE:
            return Dated(end, None)
        bound = min(end, whole(proven(solver, status)))
        if status not in SOLVED:
            return Dated(bound, None)
        chosen = {key: column for (key, column), at in self._at.items() if solver.value(at)}
        return Dated(bound, chosen)

    def _leave_out(self, idle: Mask) -> int:
        """Leave out columns on dates that no selection which is cheap enough has (reduced cost
        fixing); how many are left."""
        left = 0
        for at in self._at.values():
            if idle[at.index]:
                self._model.add(at == 0)
            else:
                left += 1
        return left

    def _add_dates(self, column: Column) -> None:
        """The dates of the column's kind on which all its teams may play."""
        data, pairs = self._data, list(column.pairs)
        games = Counter([*data.first[pairs].tolist(), *data.second[pairs].tolist()])
        closed = data.instance.teams.closed[list(games)].any(axis=0)
        twice = sum(number > 1 for number in games.values())
        venue, here = data.kinds[column.kind].venue, list[cp_model.IntVar]()
        for date in np.flatnonzero((data.kind_at[:, venue] == column.kind) & ~closed).tolist():
            at = self._model.new_bool_var("")
            here.append(at)
            self._costs.append((at, twice * int(self._further[date])))
            self._at[(date, venue), column] = at
            for team, number in games.items():
                self._of_team[team, date].append((at, number))
            for pair in pairs:
                self._of_pair[pair].setdefault(date, []).append(at)
        self._model.add(self._dates[column] == cp_model.LinearExpr.sum(here))

    def _one_a_place(self) -> None:
        """A date has one column at a venue."""
        there = defaultdict[Place, list[cp_model.IntVar]](list)
        for (place, _), at in self._at.items():
            there[place].append(at)
        for columns in there.values():
            self._model.add_at_most_one(columns)

    def _add_windows(self) -> None:
        """Hard `maxGames`, and what soft `maxGames` and `minGames` cost, not only at least.

        Teams that are in the same columns, as the two of a division of two, have them once.
        """
        alike = defaultdict[tuple[tuple[int, Columns], ...], int](int)
        of_team = defaultdict[int, list[tuple[int, Columns]]](list)
        for (team, date), columns in self._of_team.items():
            of_team[team].append((date, tuple(columns)))
        for team in range(len(self._data.needed)):
            alike[tuple(of_team[team])] += 1
        for dates, teams in alike.items():
            games = {date: self._games(columns) for date, columns in dates}
            played: dict[int, Games] = {
                date: (cp_model.LinearExpr.sum([at for at, _ in columns]), 1)
                for date, columns in dates
            }
            self._add_windows_of(games, teams)
            self._add_days_apart(played, teams)
        self._costs.append((self._model.new_constant(1), -self._data.windows))

    def _games(self, columns: Columns) -> Games:
        """A team's games on a date, all at one venue, and how many those can be."""
        self._model.add_at_most_one([at for at, _ in columns])
        most = max(number for _, number in columns)
        games = self._number(most)
        self._model.add(games == weighted(list(columns)))
        return games, most

    def _add_windows_of(self, games: dict[int, Games], teams: int) -> None:
        """The windows of some teams that are in the same columns."""
        windows = self._data.instance.limits.windows
        for days, most, _ in windows.max_hard.tolist():
            for within, possible in self._within(games, days):
                if possible > most:
                    self._model.add(within <= most)
        for days, number, weight, _ in windows.max_soft[windows.max_soft[:, 1] != 1].tolist():
            allowed = self._most_in(days)
            for within, possible in self._within(games, days):
                self._charge(within - number, min(possible, allowed) - number, weight * teams)
        for days, number, weight, _ in windows.min_soft.tolist():
            for within, _ in self._within(games, days):
                self._charge(number - within, number, weight * teams)

    def _add_days_apart(self, played: dict[int, Games], teams: int) -> None:
        """Windows for one game: what other dates than the first cost there; doubleheaders do so
        where the columns get their dates."""
        soft = self._data.instance.limits.windows.max_soft
        for days, _, weight, _ in soft[soft[:, 1] == 1].tolist():
            allowed = self._most_in(days)
            for within, possible in self._within(played, days):
                self._charge(within - 1, min(possible, allowed) - 1, weight * teams)

    def _charge(self, beyond: cp_model.LinearExpr, most: int, weight: int) -> None:
        """Games beyond what is asked for, which can be so many, cost."""
        if most > 0:
            units = self._number(most)
            self._model.add(units >= beyond)
            self._costs.append((units, weight))

    def _most_in(self, days: int) -> int:
        """Games in a window that hard windows, or else the games of a team, allow."""
        limits = [int(self._data.needed.max(initial=0))]
        for each, games, _ in self._data.instance.limits.windows.max_hard.tolist():
            limits.append(games * -(-days // each))
        return min(limits)

    def _within(self, games: dict[int, Games], days: int) -> list[tuple[cp_model.LinearExpr, int]]:
        """A team's games in each window, and how many those can be by their dates alone."""
        found = []
        for begin in range(len(self._data.instance.calendar.dates) - days + 1):
            inside = [games[d] for d in range(begin, begin + days) if d in games]
            number = cp_model.LinearExpr.sum([game for game, _ in inside])
            found.append((number, sum(most for _, most in inside)))
        return found

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


def _further(data: VenueDays) -> Longs:
    """(dates,) what a doubleheader costs in windows for one game by itself, beyond what its column
    has for it: a unit in each that holds the date."""
    instance = data.instance
    cost = np.zeros(len(instance.calendar.dates), np.int64)
    for days, games, weight, _ in instance.limits.windows.max_soft.tolist():
        if games == 1:
            cost += weight * windows_with(len(cost), days)
    return cost - (data.doubleheader - instance.weights.doubleheaders)
