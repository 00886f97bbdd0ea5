"""Phase 1: who meets whom in every division, without dates, venues or who is at home."""

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matchday_solver.clock import Clock
from matchday_solver.hosting import returns
from matchday_solver.instance import Instance, Ints, Longs
from matchday_solver.kernel.layout import BAD, Pairing
from matchday_solver.kernel.native import native
from matchday_solver.kernel.table import table

MOVES = 1500
"""Swaps tried for every game."""
ROUNDS = 3


def pair_opponents(
    instance: Instance,
    seed: int,
    kept: Ints | None = None,
    complete: bool = True,
    clock: Clock | None = None,
) -> Ints | None:
    """Opponents of cheap pairs that keep all rules of pairs.

    The rows are the two teams of each game: the instance's given games come first, then `kept`
    (n, 2), further games that are wanted, and those that must be beside the given ones. A division
    in which not all games have opponents gets as many as possible, and as many as are found where
    that is not known in the time that the clock leaves. None where it is proven that there is no
    such set of opponents, with `complete` none of all games.
    """
    rng = np.random.default_rng(seed)
    given = np.stack([instance.fixed.home, instance.fixed.away], axis=1)
    if kept is not None:
        given = np.concatenate([given, kept])
    given = np.concatenate([given, _returns(instance, given)])
    rows = [given]
    for division in range(len(instance.divisions.names)):
        own = _Division(instance, division, given)
        found = own.pairs(rng)
        if found is None:
            from matchday_solver.matching import match

            matched = match(instance, division, given, clock)
            if matched.is_impossible or (complete and matched.is_refuted):
                return None
            found = own.nearly() if matched.games is None else matched.games
        rows.append(found)
    return np.concatenate(rows).astype(np.int32)


def _returns(instance: Instance, given: Ints) -> Ints:
    """(n, 2) meetings beside the given ones that the hosts of locked games make necessary."""
    kept = np.sort(given[len(instance.fixed) :], axis=1).tolist()
    lacking = returns(instance) - Counter((one, other) for one, other in kept)
    return np.array([*lacking.elements()], np.int32).reshape(-1, 2)


def meeting_costs(instance: Instance, division: int) -> Longs:
    """(n, n) cost of a meeting at its cheapest venue; BAD where the two may not meet."""
    teams, w = instance.divisions.teams[division], instance.weights
    tier, region = instance.teams.tier[teams], instance.teams.region[teams]
    differ = (tier[:, None] != tier) & (tier[:, None] >= 0) & (tier >= 0)
    cost = w.tier_match * differ.astype(np.int64)
    foreign = (region[:, None] != region) & (region[:, None] >= 0) & (region >= 0)
    cost += w.region * foreign + _cheapest_venue(instance, division)
    return np.where(instance.divisions.may_meet[division], cost, BAD)


def _cheapest_venue(instance: Instance, division: int) -> Longs:
    """(n, n) least of homeVenue and the venue's part of region over the suitable venues."""
    teams = instance.divisions.teams[division]
    both = np.stack([instance.teams.home[teams], instance.teams.region[teams]], axis=1)
    kinds, kind = np.unique(both, axis=0, return_inverse=True)
    home, region = kinds[:, 0], kinds[:, 1]
    least = np.full((len(kinds), len(kinds)), BAD, np.int64)
    for v in np.flatnonzero(instance.divisions.suitable[division]):
        away = (home[:, None] != v) & (home != v) & ((home[:, None] >= 0) | (home >= 0))
        cost = instance.weights.home_venue * away.astype(np.int64)
        here = instance.venues.region[v]
        if here >= 0:
            strange = (region[:, None] != here) & (region != here)
            strange &= (region[:, None] >= 0) | (region >= 0)
            cost += instance.weights.region * strange
        np.minimum(least, cost, out=least)
    return np.asarray(least[np.ix_(kind, kind)])


def _count_meetings(number: int, games: NDArray[np.integer[Any]]) -> Ints:
    """(n, n) how often each two of so many teams meet."""
    meet = np.zeros((number, number), np.int32)
    first, second = games[:, 0].astype(np.int64), games[:, 1].astype(np.int64)
    np.add.at(meet, (first, second), 1)
    np.add.at(meet, (second, first), first != second)
    return meet


class _Division:
    """One division's games as a multigraph."""

    def __init__(self, instance: Instance, division: int, given: Ints) -> None:
        divisions, self.teams = instance.divisions, instance.divisions.teams[division]
        self.number = len(self.teams)
        self.cost = meeting_costs(instance, division)
        self.limits = np.array(
            [divisions.min_meetings[division], divisions.max_meetings[division]], np.int32
        )
        self.bonus = np.zeros((self.number, self.number), np.int64)
        mine, place = instance.teams.division == division, instance.teams.place
        x, y = place[instance.rivals[mine[instance.rivals].all(axis=1)]].T
        self.bonus[x, y] = self.bonus[y, x] = instance.weights.rivals
        inside = place[given[mine[given].all(axis=1)]]
        self.given = [(one, other) for one, other in inside.tolist()]
        self.degree = np.full(self.number, divisions.games[division], np.int64)
        np.subtract.at(self.degree, place[given[mine[given]]], 1)
        self._tried: list[list[int]] = []
        self.given_meet = _count_meetings(self.number, np.array(self.given).reshape(-1, 2))

    def pairs(self, rng: np.random.Generator) -> Ints | None:
        """Teams of each game but the given ones; None where the rules of pairs are not kept."""
        if (self.degree < 0).any():
            return None
        if self.degree.sum() % 2:
            self.degree[rng.choice(np.flatnonzero(self.degree))] -= 1
        games = self._start(rng)
        first, second = games[:, 0].copy(), games[:, 1].copy()
        fixed = (np.arange(len(games)) < len(self.given)).astype(np.int8)
        meet = _count_meetings(self.number, games)
        allowed = self.cost[self.cost < BAD]
        heat = 1.0 + float(np.median(allowed)) if len(allowed) else 1.0
        graph = Pairing(
            first, second, fixed, self.cost, self.bonus, meet, self.limits,
            rng.integers(1 << 62, size=1, dtype=np.uint64),
        )  # fmt: skip
        words = table(graph)
        for _ in range(ROUNDS):
            native().pair(words.ctypes.data, MOVES * len(games), heat)
            if self._is_allowed(meet):
                free = fixed == 0
                return np.stack([self.teams[first[free]], self.teams[second[free]]], axis=1)
        self._tried = np.stack([first, second], axis=1)[fixed == 0].tolist()
        return None

    def nearly(self) -> Ints:
        """Those of the last try that keep the rules of pairs; none where pairs must meet."""
        chosen, met = [], self.given_meet.copy()
        games = [] if self.limits[0] else self._tried
        for x, y in games:
            if self.cost[x, y] < BAD and met[x, y] < self.limits[1]:
                met[x, y] += 1
                met[y, x] += 1
                chosen.append((self.teams[x], self.teams[y]))
        return np.array(chosen, np.int32).reshape(-1, 2)

    def _start(self, rng: np.random.Generator) -> Ints:
        """The given games, then a ring of neighbours where all degrees are even, else by chance."""
        order = rng.permutation(self.number)
        even = self.number > 1 and len(set(self.degree.tolist())) == 1 and self.degree[0] % 2 == 0
        if not self.given and even:
            steps = [1 + k % (self.number - 1) for k in range(int(self.degree[0]) // 2)]
            rows = [np.stack([order, np.roll(order, -k)], axis=1) for k in steps]
            return np.concatenate([np.empty((0, 2)), *rows]).astype(np.int32)
        stubs = rng.permutation(np.repeat(np.arange(self.number), self.degree))
        free = stubs.reshape(-1, 2)
        given = np.array(self.given, np.int64).reshape(-1, 2)
        return np.concatenate([given, free]).astype(np.int32)

    def _is_allowed(self, meet: Ints) -> bool:
        """Whether the rules of pairs are kept, as far as the given games let them."""
        least, most = self.limits
        forbidden = self.cost >= BAD
        new = meet - self.given_meet
        too_often = (new > 0) & (forbidden | (meet > most))
        return not too_often.any() and bool(((meet >= least) | forbidden).all())
