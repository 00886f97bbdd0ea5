"""The season relaxation: how many games fit into the dates at most, by a linear programme.

It has parts of games by team and date, and by division, date and venue, but no opponents. A date
holds no more of them than its courts and its teams allow, and every window of `maxGames` no more of
a team's than it says. Games at home venues are some of those of the teams that are at home there.
"""

import threading

import numpy as np

from matchday_solver.assembly import Assembly
from matchday_solver.bounds.prices import least_cost
from matchday_solver.choice.room import in_windows
from matchday_solver.instance import Instance, Longs, Mask
from matchday_solver.lint.homes import hosted, hosted_on
from matchday_solver.lint.reach import Capacity
from matchday_solver.size import room

ENTRY_BYTES = 600
"""An entry of the programme in the engine."""
MOST_ENTRIES = 2_000_000
"""Entries of the largest programme: three times those of 2,000 teams over eight weeks, four
seconds. Thousands of teams with a season of every day have more."""
PLACE_BYTES = 60
"""A division's date at a venue while the variables are numbered."""

MOST_LINKED = 10_000
"""Divisions' dates at home venues up to which games are linked with the teams at home there, one
division after the other: about 1,000 teams, which takes some seconds."""


def lacking(capacity: Capacity, seconds: float, stop: threading.Event | None = None) -> int:
    """Games that every schedule lacks of those that are asked for; 0 where none is proven to be.

    It takes half a second for 200 teams and one for 2,000 on tight courts, longer where games are
    at home venues. Where the programme is too large, for this memory or at all, nothing is proven.
    """
    if capacity.crossed.any() and not capacity.demand.required.all():
        return 0  # a frozen game across divisions counts for its home team's alone
    asked = int(capacity.instance.divisions.games_total[capacity.demand.required].sum())
    if _places(capacity.instance) * PLACE_BYTES > room():
        return 0
    programme = _Season(capacity)
    if programme.parts == 0:
        return asked
    if programme.entries > min(MOST_ENTRIES, room() // ENTRY_BYTES):
        return 0
    return max(0, asked - programme.most(seconds, stop or threading.Event()))


def _places(instance: Instance) -> int:
    """Divisions times dates times venues."""
    divisions, dates = len(instance.divisions.names), len(instance.calendar.dates)
    return divisions * dates * len(instance.venues.names)


class _Season:
    """Variables: games of like teams on a date, second ones among them, games of a division at a
    venue. Teams of a division with the same dates, and where it matters the same home venue, are
    one, as the mean of them would be."""

    def __init__(self, capacity: Capacity) -> None:
        self._capacity, self._instance = capacity, capacity.instance
        self._length = self._instance.divisions.length
        self._held = self._at_venues()
        home_only = self._instance.divisions.home_only
        places = (self._held > 0).sum(axis=(1, 2)) * home_only
        self._linked = home_only & (np.cumsum(places) <= MOST_LINKED)
        division = self._instance.teams.division
        host = np.where(self._linked[division], self._instance.teams.home, -1)
        like = np.column_stack([division, host, capacity.most, capacity.fixed])
        _, first, self._many = np.unique(like, axis=0, return_index=True, return_counts=True)
        self._division = division[first].astype(np.int64)
        self._host = host[first].astype(np.int64)
        self._most = capacity.most[first].astype(np.int64)
        self._fixed = capacity.fixed[first].astype(np.int64)
        self._making = Assembly()
        many = self._many[:, None]
        self._games = self._numbered(self._most > 0, self._most * many)
        self._second = self._numbered(self._most > 1, many)
        gain = capacity.demand.required[:, None, None].astype(np.int64)
        self._there = self._numbered(self._held > 0, self._held, gain)

    def _at_venues(self) -> Longs:
        """(D, N, V) games of a division on a date at a venue."""
        capacity, frozen = self._capacity, self._instance.calendar.frozen
        held = capacity.court_starts[self._length] * capacity.venues[:, None, :]
        for d in np.flatnonzero(self._instance.divisions.home_only).tolist():
            held[d, frozen:] = np.minimum(held[d, frozen:], hosted_on(capacity, d)[frozen:])
        return np.asarray(held)

    @property
    def entries(self) -> int:
        """How many the matrix has at most."""
        windows: list[int] = self._instance.limits.windows.max_hard[:, 0].tolist()
        games, second, there = (
            int((numbers >= 0).sum()) for numbers in (self._games, self._second, self._there)
        )
        lengths = len(self._instance.calendar.lengths)
        hosts = int((self._games[self._host >= 0] >= 0).sum())
        at_home = int((self._there[self._instance.divisions.home_only] >= 0).sum())
        of_homes = hosts + 2 * at_home
        return games * (3 + sum(windows)) + 2 * second + there * (1 + lengths) + of_homes

    def _add_rows(self) -> None:
        self._add_teams()
        self._add_windows()
        self._add_doubleheaders()
        self._add_divisions()
        self._add_courts()
        self._add_homes()

    def _numbered(self, where: Mask, most: Longs, gain: Longs | int = 0) -> Longs:
        """A number for each variable, which is `most` at most and gains so much; -1 where there is
        none."""
        numbers, each = np.full(where.shape, -1, np.int64), np.broadcast_to(most, where.shape)
        cost = -np.broadcast_to(np.asarray(gain, np.int64), where.shape)
        number = int(where.sum())
        numbers[where] = self._making.add_variables(number, cost[where], each[where])
        return numbers

    @property
    def parts(self) -> int:
        """How many variables there are."""
        return self._making.names.variables.size

    def most(self, seconds: float, stop: threading.Event) -> int:
        """No schedule has more of the games that are asked for."""
        self._add_rows()
        programme = self._making.programme().without_empty_rows()
        return -least_cost(programme, seconds, stop)

    def _add_teams(self) -> None:
        """Teams play their games, or those that are fixed where these are more."""
        team, date = np.nonzero(self._games >= 0)
        games = self._instance.divisions.games[self._division]
        most = self._many * np.maximum(games, self._fixed.sum(axis=1))
        rows = self._making.add_rows(len(most), upper=most)
        self._making.enter(rows[team], self._games[team, date], 1)

    def _add_windows(self) -> None:
        """No more games in a window than the rule says, or than are fixed there."""
        team, date = np.nonzero(self._games >= 0)
        for days, most, _ in self._instance.limits.windows.max_hard.tolist():
            limits = self._many[:, None] * np.maximum(most, in_windows(self._fixed, days))
            rows = self._making.add_rows(limits.size, upper=limits.ravel()).reshape(limits.shape)
            for offset in range(days):
                first = date - offset
                inside = (first >= 0) & (first < rows.shape[1])
                games = self._games[team, date][inside]
                self._making.enter(rows[team[inside], first[inside]], games, 1)

    def _add_doubleheaders(self) -> None:
        """A second game on a date is one of few."""
        team, date = np.nonzero(self._second >= 0)
        first = self._many[team] * np.maximum(1, self._fixed[team, date] - 1)
        rows = self._making.add_rows(len(first), upper=first)
        self._making.enter(rows, self._games[team, date], 1)
        self._making.enter(rows, self._second[team, date], -1)
        fixed, most = (self._fixed > 1).sum(axis=1), self._instance.limits.max_doubleheaders
        rows = self._making.add_rows(len(fixed), upper=self._many * np.maximum(most, fixed))
        self._making.enter(rows[team], self._second[team, date], 1)

    def _add_divisions(self) -> None:
        """The games of a division's teams on a date are twice those at its venues."""
        team, date = np.nonzero(self._games >= 0)
        shape = self._there.shape[:2]
        rows = self._making.add_rows(shape[0] * shape[1], lower=0, upper=0).reshape(shape)
        self._making.enter(rows[self._division[team], date], self._games[team, date], 1)
        division, day, venue = np.nonzero(self._there >= 0)
        self._making.enter(rows[division, day], self._there[division, day, venue], -2)

    def _add_courts(self) -> None:
        """A venue's date holds so many games of a length, and of longer ones no more."""
        minutes = self._instance.calendar.lengths
        division, date, venue = np.nonzero(self._there >= 0)
        for length, held in enumerate(self._capacity.court_starts):
            rows = self._making.add_rows(held.size, upper=held.ravel()).reshape(held.shape)
            long = minutes[self._length[division]] >= minutes[length]
            games = self._there[division, date, venue][long]
            self._making.enter(rows[date[long], venue[long]], games, 1)

    def _add_homes(self) -> None:
        """Over the season the teams of a home venue host no more of a division's games."""
        for d in np.flatnonzero(self._instance.divisions.home_only).tolist():
            date, venue = np.nonzero(self._there[d] >= 0)
            most = hosted(self._capacity, d)
            rows = self._making.add_rows(len(most), upper=most)
            self._making.enter(rows[venue], self._there[d, date, venue], 1)
            if self._linked[d]:
                self._add_hosts(d)

    def _add_hosts(self, d: int) -> None:
        """The games of a division at a home venue on a date are those of teams at home there."""
        frozen = self._instance.calendar.frozen
        there, games = self._there[d, frozen:], self._games[:, frozen:]
        rows = self._making.add_rows(there.size, upper=0).reshape(there.shape)
        date, venue = np.nonzero(there >= 0)
        self._making.enter(rows[date, venue], there[date, venue], 1)
        mine = (self._division == d) & (self._host >= 0)
        team, day = np.nonzero((games >= 0) & mine[:, None])
        self._making.enter(rows[day, self._host[team]], games[team, day], -1)
