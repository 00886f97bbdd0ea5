"""Coaches of several teams: which pairs' games are theirs, and what these cost a coach.

The games of one venue and date tell the least of `coachBackToBack`. Of a coach's games there, in
order, each but the last costs a unit unless the next one begins as it ends, or both are of one of
the coach's teams. Games elsewhere on that date do not make it less: the game that they follow there
costs a unit then. Each team that may play twice on a date is taken to do so, so that a further game
never makes the least less.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matchday_solver.instance import Instance, Ints, Longs


@dataclass(frozen=True, slots=True)
class Coaches:
    """Coaches of several teams; of one team no two games are at once anyway."""

    spare: Longs
    """(coaches,) games of each that cost nothing: the last one, and the first of each doubleheader
    that the coach's teams may have."""
    start: Longs
    """(P+1,) where the coaches of each pair begin in `coach`."""
    coach: Longs
    length: Ints
    """(P,) index of how long the pair's games are."""

    @property
    def number(self) -> int:
        """How many they are."""
        return len(self.spare)

    def of_pair(self, pair: int) -> list[int]:
        """The coaches of one pair."""
        found: list[int] = self.coach[self.start[pair] : self.start[pair + 1]].tolist()
        return found

    def of_pairs(self, pairs: Longs) -> tuple[Ints, Ints]:
        """Where the coaches of each of some pairs begin in a list of all of them, and that list."""
        number = self.start[pairs + 1] - self.start[pairs]
        start = np.concatenate([np.zeros(1, np.int64), np.cumsum(number)])
        places = np.repeat(self.start[pairs] - start[:-1], number) + np.arange(start[-1])
        return start.astype(np.int32), self.coach[places].astype(np.int32)

    def units(self, pairs: Iterable[int], links: tuple[int, ...]) -> int:
        """Least units of `coachBackToBack` that games of pairs at one venue and date make.

        `links` as a `Kind` has them.
        """
        if not links:
            return 0
        games = Counter[tuple[int, int]]()
        for pair in pairs:
            games.update((coach, int(self.length[pair])) for coach in self.of_pair(pair))
        units = Counter({coach: -int(self.spare[coach]) for coach, _ in games})
        for (coach, length), number in games.items():
            units[coach] += max(0, number - links[length])
        return sum(max(0, number) for number in units.values())


def coaches(instance: Instance, first: Ints, second: Ints, doubles: Longs) -> Coaches:
    """The coaches of pairs of teams, which may have so many doubleheaders."""
    limits, weights = instance.limits, instance.weights
    several = [teams for teams in instance.teams.coach_teams if len(teams) > 1]
    if not (limits.coach_one_game or weights.coach_back_to_back):
        several = []
    rows = [np.flatnonzero(np.isin(first, t) | np.isin(second, t)) for t in several]
    pair = np.concatenate([np.zeros(0, np.int64), *rows])
    coach = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    start = np.searchsorted(np.sort(pair), np.arange(len(first) + 1))
    length = instance.divisions.length[instance.teams.division[first]]
    spare = np.array([1 + int((doubles[teams] > 0).sum()) for teams in several], np.int64)
    return Coaches(spare, start, coach[np.argsort(pair, kind="stable")], length)
