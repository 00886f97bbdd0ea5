"""Where teams play and when pairs meet, in variables of their own, and the rules that ask for no
more.

Sums of these are short, and parts of games add up to a part of being there: a linear programme is
far nearer to whole numbers than with sums of candidate games.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.doubleheaders import breaks, may_double
from matchday_solver.choice.model import Choice, grouped
from matchday_solver.instance import Longs

Key = tuple[int, int, int]
"""Team, date and venue."""


@dataclass(frozen=True, slots=True)
class Games:
    """Games of a team on a date, or on several."""

    number: cp_model.LinearExprT
    most: int
    """More cannot be."""


class Presence:
    """The variables of a choice, for dates that are not frozen; raises Stopped as the choice does.

    Where starts are `open` any two games of a team fit at one venue of a date.
    """

    def __init__(self, choice: Choice, *, open_starts: bool = False) -> None:
        self.choice, self._open_starts = choice, open_starts
        self.at: dict[Key, cp_model.IntVar] = {}
        """Whether a team plays there; elsewhere it cannot."""
        self.doubled: dict[tuple[int, int], cp_model.IntVar] = {}
        """Whether a team has two games on a date, where it may."""
        self.games = defaultdict[int, dict[int, Games]](dict)
        """By team its dates."""
        self.plays = defaultdict[int, dict[int, cp_model.IntVar]](dict)
        """By team its dates: whether it has a game there."""
        self.frozen = defaultdict[int, dict[int, int]](dict)
        """By team its frozen dates, with the number of games."""
        self.met = defaultdict[int, dict[int, cp_model.IntVar]](dict)
        """By pair, lower team times the number of teams plus the other, its dates: whether they
        meet."""
        for team, rows in choice.by_team:
            for date, here in grouped(choice.date[rows], rows):
                self._add_date(team, date, here)
        for pair, rows in choice.by_pair:
            for date, here in grouped(choice.date[rows], rows):
                if date >= choice.instance.calendar.frozen:
                    self.met[pair][date] = self._any(self.choice.literals(here))

    def windows(self, team: int, days: int) -> Iterator[tuple[int, Games, int]]:
        """First date of each window of so many, the team's games in it, and its frozen ones."""
        mine, frozen = self.games[team], self.frozen[team]
        for begin in range(len(self.choice.instance.calendar.dates) - days + 1):
            dates = range(begin, begin + days)
            within = [mine[date] for date in dates if date in mine]
            number = cp_model.LinearExpr.sum([games.number for games in within])
            most = sum(games.most for games in within)
            yield begin, Games(number, most), sum(frozen.get(date, 0) for date in dates)

    def _add_date(self, team: int, date: int, rows: Longs) -> None:
        if date < self.choice.instance.calendar.frozen:
            self.frozen[team][date] = len(rows)
            return
        there, twice = list[cp_model.IntVar](), list[cp_model.IntVar]()
        for venue, here in grouped(self.choice.table.venue[rows].astype(np.int64), rows):
            self.at[team, date, venue] = self._at(here, twice)
            there.append(self.at[team, date, venue])
        plays = self.plays[team][date] = self._any(there)
        if twice:
            self.doubled[team, date] = self._any(twice)
            self.games[team][date] = Games(plays + self.doubled[team, date], 2)
        else:
            self.games[team][date] = Games(plays, 1)

    def _at(self, rows: Longs, twice: list[cp_model.IntVar]) -> cp_model.IntVar:
        """Whether a team has games at one venue on a date; with `twice` for two, where there may
        be."""
        if not self._may_double(rows):
            return self._any(self.choice.literals(rows))
        model = self.choice.model
        here, both = model.new_bool_var(""), model.new_bool_var("")
        model.add_implication(both, here)
        model.add(self.choice.sum(rows) == here + both)
        if not self._open_starts:
            breaks(self.choice, rows)
        twice.append(both)
        return here

    def _may_double(self, rows: Longs) -> bool:
        if self._open_starts:
            return len(rows) > 1 and self.choice.instance.limits.max_doubleheaders > 0
        return may_double(self.choice, rows)

    def _any(self, literals: Sequence[cp_model.IntVar]) -> cp_model.IntVar:
        """Whether one of them is true; never more than one is."""
        if len(literals) == 1:
            return literals[0]
        found = self.choice.model.new_bool_var("")
        self.choice.model.add_exactly_one([*literals, found.negated()])
        return found


def few_doubleheaders(presence: Presence) -> None:
    """`doubleheaders`: no team has more dates with two games than it may."""
    choice = presence.choice
    of_team = defaultdict[int, list[cp_model.IntVar]](list)
    for (team, _), doubled in presence.doubled.items():
        of_team[team].append(doubled)
    for team, _ in choice.by_team:
        frozen = sum(games > 1 for games in presence.frozen[team].values())
        _at_most(choice, of_team[team], choice.instance.limits.max_doubleheaders - frozen)


def games_a_team(presence: Presence) -> None:
    """Every team plays its games; where not required, at most so many."""
    choice = presence.choice
    divisions, division = choice.instance.divisions, choice.instance.teams.division
    exactly = choice.demand.required & ~divisions.odd
    for team, d in enumerate(division.tolist()):
        played = cp_model.LinearExpr.sum([each.number for each in presence.games[team].values()])
        left = max(0, int(divisions.games[d]) - sum(presence.frozen[team].values()))
        if exactly[d]:
            choice.model.add(played == left)
        else:
            choice.model.add(played <= left)


def most_meetings(presence: Presence) -> None:
    """Each pair meets at most as often as its division says; once on a date it does anyway."""
    choice = presence.choice
    frozen = choice.table.frozen
    for pair, rows in choice.by_pair:
        d = choice.instance.teams.division[pair // len(choice.instance.teams.names)]
        most = int(choice.instance.divisions.max_meetings[d]) - int(frozen[rows].sum())
        _at_most(choice, list(presence.met[pair].values()), most)


def most_in_windows(presence: Presence) -> None:
    """`maxGames`: so many games of a team in every window."""
    choice = presence.choice
    for days, most, _ in choice.instance.limits.windows.max_hard.tolist():
        for team, _ in choice.by_team:
            for _, within, frozen in presence.windows(team, days):
                if within.most > most - frozen:
                    choice.model.add(within.number <= max(0, most - frozen))


def least_in_windows(presence: Presence) -> None:
    """`minGames`: at least so many games of a team in every window that is not all frozen."""
    choice = presence.choice
    for days, least, _ in choice.instance.limits.windows.min_hard.tolist():
        for team in range(len(choice.instance.teams.names)):
            for begin, within, frozen in presence.windows(team, days):
                if begin + days > choice.instance.calendar.frozen:
                    choice.model.add(within.number >= least - frozen)


def _at_most(choice: Choice, literals: Sequence[cp_model.IntVar], most: int) -> None:
    """So many of the literals, and none below 0: what frozen games break is not asked for."""
    if len(literals) > most:
        choice.model.add(cp_model.LinearExpr.sum(list(literals)) <= max(0, most))
