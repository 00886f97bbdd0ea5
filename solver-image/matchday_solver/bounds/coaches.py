"""Which coaches each pair counts for, where a coach is at one game at a time."""

from dataclasses import dataclass

import numpy as np

from matchday_solver.instance import Instance, Ints, Longs


@dataclass(frozen=True, slots=True)
class Coaches:
    """Coaches of several teams; of one team no two games are at once anyway."""

    number: int
    start: Longs
    """(P+1,) where the coaches of each pair begin in `coach`."""
    coach: Longs

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


def coaches(instance: Instance, first: Ints, second: Ints) -> Coaches:
    """The coaches of pairs of teams."""
    several = [teams for teams in instance.teams.coach_teams if len(teams) > 1]
    if not instance.limits.coach_one_game:
        several = []
    rows = [np.flatnonzero(np.isin(first, t) | np.isin(second, t)) for t in several]
    pair = np.concatenate([np.zeros(0, np.int64), *rows])
    coach = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    start = np.searchsorted(np.sort(pair), np.arange(len(first) + 1))
    return Coaches(len(rows), start, coach[np.argsort(pair, kind="stable")])
