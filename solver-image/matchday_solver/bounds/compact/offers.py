"""Which games the programme has parts of: all in small leagues, else those that seem to matter."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.instance import Longs

MOST = 100_000
"""Games up to which all are offered: about 250 teams."""
NOISE = 30
"""By so much cost games of a kind are shuffled, so that those of one cost are not of few teams."""
MORE = 40
"""Games for each team, as the first or the second of a pair, that are added at once."""
OF_KIND = 2
"""Games for each team, of one kind, among which those are."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Games of one kind that gain more than the programme knows."""

    kind: int
    pair: Longs
    gain: Longs


@dataclass(frozen=True, slots=True)
class Offers:
    """Meetings of pairs on dates of a kind, ascending by kind, then pair."""

    pair: Longs
    kind: Longs

    def at(self, kind: int) -> Longs:
        """The pairs that are offered at a kind."""
        begin, end = np.searchsorted(self.kind, [kind, kind + 1])
        return self.pair[begin:end]

    def with_more(self, data: VenueDays, broken: Sequence[Broken]) -> "Offers":
        """These, and of the others those that gain most for each team."""
        if not broken:
            return self
        pair = np.concatenate([each.pair for each in broken])
        gain = np.concatenate([each.gain for each in broken])
        kind = np.repeat([each.kind for each in broken], [len(each.pair) for each in broken])
        chosen = _of_teams(data, pair, gain)
        return _ordered(
            np.concatenate([self.pair, pair[chosen]]), np.concatenate([self.kind, kind[chosen]])
        )


def begin(data: VenueDays, stopping: Stopping) -> Offers | None:
    """What the first programme has; None where it is time to end before."""
    number = 0
    for kind in range(len(data.kinds)):
        number += len(allowed(data, kind))
        if stopping.is_due():
            return None
        if number > MOST:
            return first_offers(data, stopping)
    return all_offers(data)


def all_offers(data: VenueDays) -> Offers:
    """All games that could be."""
    may = [allowed(data, kind) for kind in range(len(data.kinds))]
    return Offers(np.concatenate(may), np.repeat(range(len(may)), [*map(len, may)]))


def first_offers(data: VenueDays, stopping: Stopping) -> Offers | None:
    """The cheapest games of every team, of all kinds together; None where it is time to end."""
    random = np.random.default_rng(0)
    found = list[Broken]()
    for number, kind in enumerate(data.kinds):
        if stopping.is_due():
            return None
        may = allowed(data, number)
        cost = data.static_cost(kind.venue, may) + random.integers(NOISE, size=len(may))
        found.append(best_of_kind(data, Broken(number, may, -cost)))
    none = np.zeros(0, np.int64)
    return Offers(none, none).with_more(data, found)


def allowed(data: VenueDays, kind: int) -> Longs:
    """The pairs that may meet at a kind."""
    return np.flatnonzero(data.allowed(data.kinds[kind].venue) & (data.most > 0))


def best_of_kind(data: VenueDays, broken: Broken) -> Broken:
    """Those that gain most."""
    most = OF_KIND * len(data.needed)
    if len(broken.pair) <= most:
        return broken
    chosen = np.argpartition(-broken.gain, most)[:most]
    return Broken(broken.kind, broken.pair[chosen], broken.gain[chosen])


def _of_teams(data: VenueDays, pair: Longs, gain: Longs) -> Longs:
    """Which games are among the best of one of their teams."""
    found = list[Longs]()
    for side in (data.first, data.second):
        order = np.lexsort((-gain, side[pair]))
        team = side[pair[order]]
        rank = np.arange(len(team)) - np.searchsorted(team, team)
        found.append(order[rank < MORE])
    return np.unique(np.concatenate(found))


def _ordered(pair: Longs, kind: Longs) -> Offers:
    order = np.lexsort((pair, kind))
    return Offers(pair[order], kind[order])
