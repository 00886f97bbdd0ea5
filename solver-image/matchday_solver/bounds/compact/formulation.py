"""The programme of the compact relaxation, and what its prices say."""

import numpy as np

from matchday_solver.assembly import Assembly
from matchday_solver.bounds.balance import segments
from matchday_solver.bounds.compact.offers import Offers
from matchday_solver.bounds.compact.sharing import cheap_clubs
from matchday_solver.bounds.duals import Prices, price_scale
from matchday_solver.bounds.master import penalty
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.instance import Floats, Longs
from matchday_solver.programme import UNLIMITED

HALF = 2
"""Costs are in halves: `homeAwayBalance` has such slopes."""
DEAR = 3
"""Price of a game that nobody plays, in units of what a dear game costs: a limit on what a team's
game may be worth while games that it needs are still to be found."""


class Formulation:
    """Parts of games at the venues' kinds of dates; rows as `Duals` names them."""

    def __init__(self, data: VenueDays, offers: Offers) -> None:
        self._making = Assembly()
        self._data = data
        self._pair, self._kind = offers.pair, offers.kind
        self._ends = [side[self._pair].astype(np.int64) for side in (data.first, data.second)]
        self._host = np.zeros(len(self._pair), np.int64)
        self._games = self._add_games()
        self._team = self._add_teams()
        self._present, self._share, clubs, self._dates = self._add_presence()
        self._double = self._add_doubleheaders()
        self._room, self._idle = self._add_courts()
        self._club = self._add_least_dates(*clubs)
        self._meetings = self._limited(data.most)
        self._meet = self._add_wanted()
        self._rematch = self._add_rematches()
        self._days = self._add_groups()
        self._lead = self._add_balance()
        self.programme, self.names = self._making.programme(), self._making.names
        """All of it, in halves of costs."""
        del self._making  # its arrays are as large as the programme's

    def value(self, cost: float) -> float:
        """The relaxation's value, where a solution costs so many halves."""
        return cost / HALF + self._data.constant

    def prices(self, duals: Floats) -> Prices:
        """Prices of the rows, in units of cost."""
        of = [self._team, self._double, self._days, self._meetings, self._rematch, self._club]
        found = [_at(duals, rows) for rows in (*of, self._lead)]
        found[3] += _at(duals, self._meet)
        found[2] = found[2].reshape(self._data.days.shape)
        return Prices(*found)

    def shares(self, duals: Floats) -> Floats:
        """(T, kinds) what a game of each team pays of its club's date there."""
        found = np.zeros((len(self._data.needed), len(self._data.kinds)))
        found.ravel()[self._present] = np.maximum(0.0, -_at(duals, self._share))
        return found

    def rents(self, duals: Floats) -> Floats:
        """(kinds,) what a court start costs there, less what it saves of idle ones."""
        cover = np.array([kind.cover for kind in self._data.kinds])
        return np.asarray(cover * _at(duals, self._idle) - _at(duals, self._room))

    def _add_games(self) -> Longs:
        cost = np.empty(len(self._pair), np.int64)
        for number, kind in enumerate(self._data.kinds):
            here = np.flatnonzero(self._kind == number)
            cost[here] = self._data.static_cost(kind.venue, self._pair[here])
            self._host[here] = self._data.hosts(kind.venue, self._pair[here])
        names = self._kind * len(self._data.first) + self._pair
        return self._making.add_variables(len(cost), HALF * cost, names=names)

    def _add_teams(self) -> Longs:
        """A team plays its games; in an odd division somebody may play one less."""
        data, making = self._data, self._making
        teams = making.add_rows(len(data.needed), lower=data.needed)
        for end in self._ends:
            making.enter(teams[end], self._games, 1)
        making.enter(teams, making.add_variables(len(teams), HALF * DEAR * _dear_game(data)), 1)
        for members, odd in zip(data.instance.divisions.teams, data.odd, strict=True):
            if odd:
                less = making.add_variables(len(members))
                making.enter(teams[members], less, 1)
                making.enter(np.repeat(making.add_rows(1, upper=1), len(members)), less, 1)
        return teams

    def _add_presence(self) -> tuple[Longs, Longs, tuple[Longs, Longs], Longs]:
        """A team's games at a kind are on dates of its club there, but for second ones.

        Where teams may be (team and kind in one number), the rows, the clubs' dates (the same way,
        and their variables), and the dates that are used.
        """
        data, making, kinds = self._data, self._making, len(self._data.kinds)
        there = [end * kinds + self._kind for end in self._ends]
        present = np.unique(np.concatenate(there))
        share = making.add_rows(len(present), upper=0, names=present)
        for places in there:
            making.enter(share[np.searchsorted(present, places)], self._games, 1)
        owned = data.owner[present // kinds] * kinds + present % kinds
        clubs = np.unique(owned)
        most = np.where(cheap_clubs(data)[clubs // kinds], data.dates[clubs % kinds], UNLIMITED)
        cost = HALF * data.club_cost[clubs // kinds]
        dates = making.add_variables(len(clubs), cost, most, names=clubs)
        making.enter(share, dates[np.searchsorted(clubs, owned)], -1)
        return present, share, (clubs, dates), making.add_variables(kinds, most=data.dates)

    def _add_doubleheaders(self) -> Longs:
        data, making = self._data, self._making
        team = self._present // len(data.kinds)
        may = np.flatnonzero(data.doubles[team] > 0)
        cost, names = HALF * data.doubleheader, self._present[may]
        twice = making.add_variables(len(may), cost, names=names)
        making.enter(self._share[may], twice, -1)
        rows = making.add_rows(len(data.needed), upper=data.doubles)
        making.enter(rows[team[may]], twice, 1)
        return rows

    def _add_courts(self) -> tuple[Longs, Longs]:
        """A date has room for so many games, and too few of them leave starts idle."""
        data, making, kinds = self._data, self._making, np.arange(len(self._data.kinds))
        games, starts, cover = np.array([
            (kind.games, kind.starts, kind.cover) for kind in data.kinds
        ], np.int64).T  # fmt: skip
        room = making.add_rows(len(kinds), upper=0)
        making.enter(room[self._kind], self._games, 1)
        making.enter(room, self._dates, -games)
        idle = making.add_rows(len(kinds), upper=0)
        making.enter(idle, self._dates, starts)
        making.enter(idle[self._kind], self._games, -cover[self._kind])
        cost = HALF * data.instance.weights.full_evenings
        making.enter(idle, making.add_variables(len(kinds), cost), -1)
        return room, idle

    def _add_least_dates(self, clubs: Longs, dates: Longs) -> Longs:
        """A club pays for its fewest dates in any case."""
        data, making = self._data, self._making
        rows = making.add_rows(len(data.club_least), lower=data.club_least)
        making.enter(rows[clubs // len(data.kinds)], dates, 1)
        making.enter(rows, making.add_variables(len(rows), HALF * data.club_cost), 1)
        return rows

    def _limited(self, most: Longs) -> Longs:
        """Pairs meet so often at most."""
        pairs = np.unique(self._pair)
        rows = self._making.add_rows(len(pairs), upper=most[pairs], names=pairs)
        return self._enter_pairs(pairs, rows)

    def _add_wanted(self) -> Longs:
        """Meetings that should be, or must be."""
        data, making = self._data, self._making
        wanted = np.flatnonzero((data.rival > 0) | (data.least > 0))
        cost = np.where(data.rival[wanted] > 0, data.rival[wanted], int(penalty(data)))
        rows = making.add_rows(len(wanted), lower=np.maximum(1, data.least[wanted]))
        making.enter(rows, making.add_variables(len(wanted), HALF * cost), 1)
        return self._enter_pairs(wanted, rows)

    def _add_rematches(self) -> Longs:
        """Meetings beyond those that can be far apart cost."""
        data, making = self._data, self._making
        weight = data.instance.weights.rematch_gap
        pairs = np.unique(self._pair)
        close = pairs[(data.most > data.apart)[pairs] & (weight > 0)]
        rows = making.add_rows(len(close), upper=data.apart[close], names=close)
        part = making.add_variables(len(close), HALF * weight, names=close)
        making.enter(rows, part, -1)
        return self._enter_pairs(close, rows)

    def _enter_pairs(self, pairs: Longs, rows: Longs) -> Longs:
        """Enter the games of some pairs in a row of each; (P,) these rows, -1 for other pairs."""
        of = np.full(len(self._data.first), -1)
        of[pairs] = rows
        here = of[self._pair] >= 0
        self._making.enter(of[self._pair[here]], self._games[here], 1)
        return of

    def _add_groups(self) -> Longs:
        """A team has games on so many dates of a group at most."""
        data, teams = self._data, len(self._data.needed)
        group = np.array([kind.group for kind in data.kinds], np.int64)[self._kind]
        scarce = np.flatnonzero((data.days < data.needed).ravel())
        of = np.full(data.days.size, -1)
        of[scarce] = self._making.add_rows(len(scarce), upper=data.days.ravel()[scarce])
        for end in self._ends:
            rows = of[group * teams + end]
            self._making.enter(rows[rows >= 0], self._games[rows >= 0], 1)
        return of

    def _add_balance(self) -> Longs:
        """Each team's home less away games; where either may host, parts have the one or other."""
        data, making = self._data, self._making
        weight = data.instance.weights.home_away_balance
        if not weight:
            return np.full(len(data.needed), -1)
        lead = making.add_rows(len(data.needed), lower=-data.lead, upper=-data.lead)
        for host, (home, away) in ((1, self._ends), (2, self._ends[::-1])):
            mine = np.flatnonzero(self._host == host)
            making.enter(lead[home[mine]], self._games[mine], 1)
            making.enter(lead[away[mine]], self._games[mine], -1)
        self._add_free_hosts(lead)
        for even in (True, False):
            teams = np.flatnonzero(data.even == even)
            for width, cost in segments(weight, even):
                most = int(width) if np.isfinite(width) else UNLIMITED
                for sign in (-1, 1):
                    part = making.add_variables(len(teams), int(HALF * cost), most)
                    making.enter(lead[teams], part, sign)
        return lead

    def _add_free_hosts(self, lead: Longs) -> None:
        data, making = self._data, self._making
        free = np.flatnonzero(self._host == 0)
        pairs, row = np.unique(self._pair[free], return_inverse=True)
        shared = making.add_rows(len(pairs), lower=0, upper=0, names=pairs)
        making.enter(shared[row], self._games[free], 1)
        first, second = data.first[pairs], data.second[pairs]
        for home, away in ((first, second), (second, first)):
            part = making.add_variables(len(pairs), names=pairs)
            making.enter(shared, part, -1)
            making.enter(lead[home], part, 1)
            making.enter(lead[away], part, -1)


def _dear_game(data: VenueDays) -> int:
    """About what a game costs that is dear by every term."""
    w = data.instance.weights
    of_team = data.doubleheader + w.home_away_balance + w.rematch_gap + w.rivals
    return int(price_scale(data)) + of_team


def _at(duals: Floats, rows: Longs) -> Floats:
    """Prices of some rows in units of cost; 0 where there is no row."""
    return np.where(rows >= 0, duals[rows], 0.0) / HALF
