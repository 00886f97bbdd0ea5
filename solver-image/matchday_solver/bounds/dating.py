"""Dates for a selection of columns: each on as many of its kind's dates as it is chosen for.

Where not all have dates as few games as possible are left out. Starts are open: what no start
touches of the rules and terms is kept here, but for what asks for games.
"""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.duals import price_scale
from matchday_solver.bounds.kinds import Kind
from matchday_solver.bounds.selection import Chosen
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.choice.model import Choice, Stopped, grouped
from matchday_solver.choice.rules import home_balance
from matchday_solver.choice.table import Table
from matchday_solver.demand import Demand
from matchday_solver.exact.costs import Costs
from matchday_solver.exact.meetings import rematch_gap, rivals
from matchday_solver.exact.places import club_days, games_at_venues
from matchday_solver.exact.presence import (
    Presence,
    games_a_team,
    most_in_windows,
    most_meetings,
)
from matchday_solver.exact.run import SOLVED, Budget, run
from matchday_solver.exact.teams import home_away_balance, hosting, soft_windows
from matchday_solver.instance import Ints, Longs

RULES: tuple[Callable[[Presence], None], ...] = (games_a_team, most_meetings, most_in_windows)
TERMS: tuple[Callable[[Costs], None], ...] = (
    games_at_venues,
    club_days,
    rivals,
    rematch_gap,
    soft_windows,
)

GAME_COST = 20
"""Of a game without a date, in units of the price scale."""

TeamDate = tuple[int, int]
"""Team and date."""


def dated(
    data: VenueDays, table: Table, chosen: Chosen, budget: Budget, stop: threading.Event
) -> Table | None:
    """Those of the candidate games that are on the chosen columns' dates, whatever their start.

    None where no dates are found in time.
    """
    chosen = _on_any_date(data, chosen)
    pair, kind = _pairs_of(data, table), _kinds_of(data, table)
    able = np.zeros((len(data.kinds) + 1, len(data.first)), np.bool_)
    for column in chosen:
        able[column.kind, list(column.pairs)] = True
    table = table.where(table.fixed | able[kind, pair])
    try:
        dates = _Dates(data, table.where(one_start(data, table)), chosen, stop)
        cost = dates.cost()
    except Stopped:
        return None
    solver, status = run(dates.model, budget, stop, cost, interleaved=True)
    if status not in SOLVED:
        return None
    kept = dates.choice.table.where(dates.choice.solution(solver))
    return table.where(table.fixed | np.isin(meetings_of(data, table), meetings_of(data, kept)))


def _pairs_of(data: VenueDays, table: Table) -> Longs:
    """The pair of each row; that of a frozen game may be none that can meet."""
    teams = len(data.needed)
    number = np.zeros((teams, teams), np.int64)
    number[data.first, data.second] = number[data.second, data.first] = np.arange(len(data.first))
    return np.asarray(number[table.home, table.away])


def _on_any_date(data: VenueDays, chosen: Chosen) -> Chosen:
    """The same whatever group the dates are of: a kind stands for all that differ by nothing else.

    The groups help to choose columns that have dates; the more dates there are for each the better.
    """
    numbers, found = _numbers(data), Counter[Column]()
    for column, dates in chosen.items():
        found[Column(int(numbers[column.kind]), column.pairs)] += dates
    return found


def _numbers(data: VenueDays) -> Longs:
    """(kinds + 1,) the first kind that differs by its group at most; the last is for no kind."""
    first: dict[Kind, int] = {}
    alike = [first.setdefault(replace(k, group=0), n) for n, k in enumerate(data.kinds)]
    return np.array([*alike, len(data.kinds)], np.int64)


def _kinds_of(data: VenueDays, table: Table) -> Longs:
    """The number of the kind of each row's date and venue; past all where frozen."""
    kind = data.kind_at[data.instance.calendar.slot_date[table.slot], table.venue]
    return np.asarray(_numbers(data)[kind])


def meetings_of(data: VenueDays, table: Table) -> Longs:
    """One number for the teams, date and venue of each row."""
    date = data.instance.calendar.slot_date[table.slot].astype(np.int64)
    return meeting_at(data, date, table.venue, _pairs_of(data, table))


def meeting_at(data: VenueDays, date: Longs | int, venue: Ints | int, pair: Longs) -> Longs:
    """The same for pairs that meet on dates at venues."""
    place = np.asarray(date, np.int64) * len(data.instance.venues.names) + venue
    return np.asarray(place * len(data.first) + pair)


def one_start(data: VenueDays, table: Table) -> Longs:
    """The first row of each way to host each meeting, and all fixed games."""
    teams, length = len(data.needed), len(table)
    side = meetings_of(data, table) * teams + table.home
    side[table.fixed] = -1 - np.arange(length)[table.fixed]
    return np.sort(np.unique(side, return_index=True)[1])


class _Dates:
    """The model: on which dates each column is."""

    def __init__(
        self, data: VenueDays, table: Table, chosen: Chosen, stop: threading.Event
    ) -> None:
        self.choice = Choice(data.instance, table, Demand.nothing(data.instance), stop)
        self._presence = Presence(self.choice, open_starts=True)
        self.model = self.choice.model
        self._data = data
        self._dates = defaultdict[Column, list[cp_model.IntVar]](list)
        self._of_team = defaultdict[TeamDate, list[cp_model.IntVar]](list)
        self._add_places(chosen)
        self._lacking = [(self._without(c, dates), len(c.pairs)) for c, dates in chosen.items()]
        for columns in self._of_team.values():
            self.model.add_at_most_one(columns)
        for rule in RULES:
            rule(self._presence)
        home_balance(self.choice)

    def cost(self) -> cp_model.LinearExprT:
        """What the terms cost that no start touches, and much more for games left out."""
        costs = Costs(self._presence)
        for term in TERMS:
            term(costs)
        home_away_balance(costs, hosting(self.choice))
        dear = GAME_COST * round(price_scale(self._data))
        for dates, games in self._lacking:
            costs.add(dates, dear * games)
        return costs.expression()

    def _without(self, column: Column, dates: int) -> cp_model.IntVar:
        """On how many dates fewer a column is than it is chosen for."""
        lacking = self.model.new_int_var(0, dates, "")
        used = cp_model.LinearExpr.sum([*self._dates[column], lacking])
        self.model.add(used == dates)
        return lacking

    def _add_places(self, chosen: Chosen) -> None:
        """At each date and venue one of the kind's columns, or no game."""
        table, of_kind = self.choice.table, defaultdict[int, list[Column]](list)
        for column in chosen:
            of_kind[column.kind].append(column)
        pair, kind = _pairs_of(self._data, table), _kinds_of(self._data, table)
        venues = len(self._data.instance.venues.names)
        there = np.flatnonzero(~table.frozen)
        for _, rows in grouped(self.choice.date[there] * venues + table.venue[there], there):
            meetings = dict(grouped(pair[rows], rows))
            columns = [c for c in of_kind[int(kind[rows[0]])] if meetings.keys() >= set(c.pairs)]
            self._add_place(int(self.choice.date[rows[0]]), meetings, columns)

    def _add_place(self, date: int, meetings: dict[int, Longs], columns: list[Column]) -> None:
        used = defaultdict[int, list[cp_model.IntVar]](list)
        here = [self.model.new_bool_var("") for _ in columns]
        self.model.add_at_most_one(here)
        for column, there in zip(columns, here, strict=True):
            self._dates[column].append(there)
            pairs = list(column.pairs)
            for pair in pairs:
                used[pair].append(there)
            for team in {*self._data.first[pairs].tolist(), *self._data.second[pairs].tolist()}:
                self._of_team[team, date].append(there)
        for pair, rows in meetings.items():
            self.model.add(self.choice.sum(rows) == cp_model.LinearExpr.sum(used[pair]))
