"""All columns that a cheap schedule can consist of.

With proven prices a schedule costs at least the bound, and more by what each of its columns gains
less than the best of its kind. So a schedule that is cheaper than the bound plus a distance has no
column that lacks so much (Baldacci, Christofides and Mingozzi, Math. Program. 115, 2008).
"""

import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.duals import Offer, gains, offer
from matchday_solver.bounds.kinds import Kind
from matchday_solver.bounds.pricing import Proof
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays

CHECKED = 1000
"""Steps between two looks at the time."""
MOST_GAMES = 200
"""Games of a venue-day up to which a listing can come to an end; it goes as deep as they are many.
"""


class TooMany(Exception):
    """There are more columns, or more steps to them, than is worth it."""


@dataclass(frozen=True, slots=True)
class Most:
    """When a listing is given up."""

    steps: int
    columns: int = sys.maxsize
    dates: int = sys.maxsize
    """Dates of all the columns together."""

    def after(self, steps: int, columns: int, dates: int) -> "Most":
        """What is left, where each of the columns has so many dates."""
        return Most(self.steps - steps, self.columns - columns, self.dates - columns * dates)

    def columns_with(self, dates: int) -> int:
        """How many columns with so many dates each may be found."""
        return min(self.columns, self.dates // max(1, dates))


def columns_within(
    data: VenueDays, proof: Proof, distance: int, most: Most, stopping: Stopping
) -> list[Column]:
    """All columns that lack less than a distance, in 1/SCALE of a cost.

    Raises TooMany where there are more, or more steps to them, or when it is time to end.
    """
    found: list[Column] = []
    if max((kind.games for kind in data.kinds), default=0) > MOST_GAMES:
        raise TooMany
    for number, kind in enumerate(data.kinds):
        least = proof.limits[number] - distance + 1
        offered = offer(data, proof.duals, kind)
        # A pair that loses more could be left out, and the rest would still gain too much.
        loss = distance + offered.idle_cost * kind.cover
        search = _Search(data, kind, number, offered, least, _worth(data, proof, kind, loss))
        dates = int(data.dates[number])
        search.run(most.steps, most.columns_with(dates), stopping)
        most = most.after(search.steps, len(search.found), dates)
        found += search.found
    return found


def _worth(data: VenueDays, proof: Proof, kind: Kind, loss: int) -> list[tuple[int, int]]:
    """Pairs that may meet there and lose less, with what a meeting gains, best first."""
    gain = gains(data, proof.duals, kind)
    pairs = np.flatnonzero(data.allowed(kind.venue) & (data.most > 0) & (gain > -loss))
    ordered = pairs[np.argsort(-gain[pairs], kind="stable")]
    return list(zip(ordered.tolist(), gain[ordered].tolist(), strict=True))


@dataclass
class _Search:
    """Depth first over sets of pairs, each set once: pairs are added in one order."""

    data: VenueDays
    kind: Kind
    number: int
    offered: Offer
    least: int
    """What a column has to gain."""
    pairs: list[tuple[int, int]]
    found: list[Column] = field(default_factory=list)
    steps: int = 0
    _chosen: list[int] = field(default_factory=list)
    _games: dict[int, int] = field(default_factory=dict)
    """Of each team."""
    _teams: dict[int, int] = field(default_factory=dict)
    """Of each owner, counted by games."""
    _turns: Counter[int] = field(default_factory=Counter)
    """Games of each coach."""

    def run(self, steps: int, columns: int, stopping: Stopping) -> None:
        """Find all columns, in so many steps and so many of them at most."""
        self._steps, self._columns, self._stopping = steps, columns, stopping
        self._sums = list(accumulate((max(0, gain) for _, gain in self.pairs), initial=0))
        self._extend(0, 0)

    def _extend(self, begin: int, value: int) -> None:
        """Add each of the pairs from a place on to those chosen, which are worth so much."""
        self._step(value)
        left = self.kind.games - len(self._chosen)
        for place in range(begin, len(self.pairs)) if left > 0 else ():
            end = min(len(self.pairs), place + left)
            if value + self._sums[end] - self._sums[place] < self.least:
                return
            pair, gain = self.pairs[place]
            price = self._enter(pair)
            if price is not None:
                self._chosen.append(pair)
                self._extend(place + 1, value + gain - price)
                self._chosen.pop()
                self._leave(pair)

    def _step(self, value: int) -> None:
        self.steps += 1
        if self.steps > self._steps or (self.steps % CHECKED == 0 and self._stopping.is_due()):
            raise TooMany
        idle = max(0, self.kind.starts - self.kind.cover * len(self._chosen))
        left = value - idle * self.offered.idle_cost
        if self._chosen and left >= self.least and left - self._apart() >= self.least:
            self.found.append(Column(self.number, tuple(sorted(self._chosen))))
            if len(self.found) > self._columns:
                raise TooMany

    def _apart(self) -> int:
        """What coaches' games cost that are apart."""
        units = self.data.coaches.units(self._chosen, self.kind.links)
        return self.offered.apart_cost * units

    def _enter(self, pair: int) -> int | None:
        """What both teams' being there costs beside the meeting; None where one may not."""
        teams = (int(self.data.first[pair]), int(self.data.second[pair]))
        again = [team for team in teams if self._games.get(team, 0)]
        if any(self._games[team] > 1 or not self.data.doubles[team] for team in again):
            return None
        coaches = self.data.coaches.of_pair(pair)
        if any(self._turns[coach] >= self.kind.turns for coach in coaches):
            return None
        self._turns.update(coaches)
        price = sum(int(self.offered.double_cost[team]) for team in again)
        for team in teams:
            owner = int(self.data.owner[team])
            if not self._teams.get(owner, 0):
                price += int(self.offered.club_cost[owner])
            self._games[team] = self._games.get(team, 0) + 1
            self._teams[owner] = self._teams.get(owner, 0) + 1
        return price

    def _leave(self, pair: int) -> None:
        self._turns.subtract(self.data.coaches.of_pair(pair))
        for team in (int(self.data.first[pair]), int(self.data.second[pair])):
            self._games[team] -= 1
            self._teams[int(self.data.owner[team])] -= 1
