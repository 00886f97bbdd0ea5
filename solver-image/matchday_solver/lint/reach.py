"""What teams and courts can reach at most on every date: the numbers that all counts rest on.

Every number here is an upper bound, so that a need beyond it proves that there is no schedule.
Letters in the shapes as in `matchday_solver.instance`.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from matchday_api.league import League
from matchday_solver.demand import Demand
from matchday_solver.instance import Instance, Ints, Longs, Mask
from matchday_solver.lint.supply import court_starts

NEVER = 24 * 60
"""Minutes from midnight, later than any start."""


@dataclass(frozen=True)
class Capacity:
    """An instance, what is asked of it, and the counts derived from it."""

    instance: Instance
    demand: Demand

    @cached_property
    def venues(self) -> Mask:
        """(D, V) venues at which a division may play at all, or has a fixed game."""
        divisions, homes = self.instance.divisions, self.instance.teams.home
        reached = divisions.suitable.copy()
        for d in np.flatnonzero(divisions.home_only):
            own = np.zeros(reached.shape[1], np.bool_)
            mine = homes[divisions.teams[d]]
            own[mine[mine >= 0]] = True
            reached[d] &= own
        fixed = self.instance.fixed
        for side in (fixed.home, fixed.away):
            reached[self.instance.teams.division[side], fixed.venue] = True
        return reached

    @cached_property
    def starts(self) -> Mask:
        """(K, D) some venue of the division is open for its game."""
        is_open = self.instance.venues.open
        there = np.stack([is_open[:, row].any(axis=1) for row in self.venues], axis=1)
        return there & self.instance.calendar.fits[:, self.instance.divisions.length]

    @cached_property
    def days(self) -> Mask:
        """(D, N) the division can play on the date."""
        return self._on_dates(self.starts)

    @cached_property
    def court_starts(self) -> Longs:
        """(L, N, V) most games of a length that fit on a date's courts, fixed ones included."""
        return court_starts(self.instance)

    @cached_property
    def doubled(self) -> Mask:
        """(D, N) a team of the division could play twice at one venue on the date."""
        if not self.instance.limits.max_doubleheaders:
            return np.zeros_like(self.days)
        known, found = dict[tuple[bytes, int], Mask](), []
        for d, venues in enumerate(self.venues):
            key = (venues.tobytes(), int(self.instance.divisions.length[d]))
            if key not in known:
                known[key] = self._doubled(d)
            found.append(known[key])
        return np.stack(found)

    def _doubled(self, d: int) -> Mask:
        cal = self.instance.calendar
        length = self.instance.divisions.length[d]
        can: Mask = self.instance.venues.open[:, self.venues[d]] & cal.fits[:, length][:, None]
        rest = int(cal.lengths[length]) + self.instance.limits.min_break
        found = np.zeros(len(cal.dates), np.bool_)
        for date, (first, last) in enumerate(pairwise(cal.date_slots.tolist())):
            here, start = can[first:last], cal.slot_start[first:last, None].astype(np.int64)
            if here.any():
                late = np.where(here, start, -1).max(axis=0)
                early = np.where(here, start, NEVER).min(axis=0)
                found[date] = (late - early >= rest).any()
        return found

    def _on_dates(self, slots: Mask) -> Mask:
        """(D, N) any slot of the date, from (K, D)."""
        days = np.zeros((slots.shape[1], len(self.instance.calendar.dates)), np.bool_)
        bounds = self.instance.calendar.date_slots.tolist()
        for date, (first, last) in enumerate(pairwise(bounds)):
            days[:, date] = slots[first:last].any(axis=0)
        return days

    @cached_property
    def fixed(self) -> Ints:
        """(T, N) fixed games."""
        games, cal = self.instance.fixed, self.instance.calendar
        held = np.zeros((len(self.instance.teams.names), len(cal.dates)), np.int32)
        for side in (games.home, games.away):
            np.add.at(held, (side, cal.slot_date[games.slot]), 1)
        return held

    @cached_property
    def crossed(self) -> Mask:
        """(D,) divisions with a frozen game against a team that is of another division by now."""
        games, division = self.instance.fixed, self.instance.teams.division
        home, away = division[games.home], division[games.away]
        found = np.zeros(len(self.instance.divisions.names), np.bool_)
        found[home[home != away]] = found[away[home != away]] = True
        return found

    @cached_property
    def may_play(self) -> Mask:
        """(T, N) dates on which a team can have a game that is not fixed."""
        teams = self.instance.teams
        shut = teams.closed | (teams.home_closed & teams.away_closed)
        return self.days[teams.division] & ~shut & self.instance.calendar.playable[None, :]

    @cached_property
    def most(self) -> Ints:
        """(T, N) most games on a date, fixed ones included."""
        doubled = self.doubled[self.instance.teams.division]
        return np.maximum(self.may_play * (1 + doubled), self.fixed).astype(np.int32)

    @cached_property
    def before(self) -> Longs:
        """(T, N+1) most games of a team on the dates before n."""
        return self._prefix(slice(None))

    @cached_property
    def after(self) -> Longs:
        """(T, N+1) most games of a team from date n on; frozen dates count as they are."""
        return self._prefix(slice(None, None, -1))[:, ::-1]

    def _prefix(self, order: slice) -> Longs:
        """Most games on the first n dates of an order; doubled dates are limited in two ways."""
        windows = [(w, k) for w, k, _ in self.instance.limits.windows.max_hard.tolist()]
        held = self.fixed * (np.arange(self.fixed.shape[1]) < self.instance.calendar.frozen)
        most, held = self.most[:, order], held[:, order]
        once = earliest(np.maximum(np.minimum(most, 1), self.fixed[:, order]), held, windows)
        double = self.instance.limits.max_doubleheaders
        return np.minimum(once + double, earliest(most, held, windows)) if double else once


@dataclass(frozen=True)
class Reach(Capacity):
    """The same with the league itself, whose words findings are in."""

    league: League


def earliest(most: Ints, held: Ints, windows: list[tuple[int, int]]) -> Longs:
    """(T, n+1) most games on the first dates under the windows (days, games).

    Games as early as possible are most games on every prefix at once, because moving a game to
    an earlier free date never fills a later window. The `held` games are there even where they
    break a window.
    """
    placed = np.zeros((most.shape[0], most.shape[1] + 1), np.int64)
    for n in range(most.shape[1]):
        room = most[:, n].astype(np.int64)
        for days, games in windows:
            room = np.minimum(room, games - (placed[:, n] - placed[:, max(0, n - days + 1)]))
        placed[:, n + 1] = placed[:, n] + np.maximum(room, held[:, n])
    return placed
