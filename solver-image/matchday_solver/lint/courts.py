"""Games needed against court starts offered, by venues, divisions and part of the season."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from matchday_api.faults import counted as count
from matchday_solver.instance import Longs, Mask
from matchday_solver.lint import paths
from matchday_solver.lint.finding import MAX_NAMED, Finding, listed
from matchday_solver.lint.reach import Reach

MAX_PARTS = 60
"""First dates of the parts of the season that are counted."""
MAX_SETS = 64
"""Sets of venues that are counted."""


Offer = Callable[[Reach, list[int], Mask], Longs]
"""(N,) games of some divisions at some venues that each date can hold."""


@dataclass(frozen=True)
class Shortage:
    """Divisions that need more court starts in a part of the season than there are."""

    divisions: tuple[int, ...]
    venues: Mask
    first: int
    last: int
    """One past the last date."""
    needed: int
    offered: int
    is_least: bool
    """Whether they need more, of teams that cannot have all of their games anyway."""


def too_few_courts(reach: Reach) -> Iterator[Finding]:
    """Divisions whose games do not fit on the courts that they may use."""
    return _shortages(reach, _on_courts)


def too_few_places(reach: Reach) -> Iterator[Finding]:
    """Divisions that fit on the courts, but not on those that their teams can use each date."""
    return iter(()) if any(too_few_courts(reach)) else _shortages(reach, _by_teams)


def _shortages(reach: Reach, offer: Offer) -> Iterator[Finding]:
    needs = _Needs(reach)
    short: list[Shortage] = []
    for where in venue_sets(reach):
        inside = np.flatnonzero((~reach.venues | where).all(axis=1) & _counted(reach)).tolist()
        if any(set(s.divisions) <= set(inside) for s in short):
            continue
        found = _worst(needs, inside, where, offer(reach, inside, where)) if inside else None
        if found:
            short.append(found)
            part = _is_partial(reach, found)
            yield Finding(_text(reach, found, offer), _paths(reach, found), part)


def _counted(reach: Reach) -> Mask:
    """(D,) divisions with teams whose games are needed."""
    sizes = np.array([len(members) for members in reach.instance.divisions.teams])
    hard = len(reach.instance.limits.windows.min_hard) > 0
    counted: Mask = (sizes > 0) & (reach.demand.required | hard)
    return counted


def venue_sets(reach: Reach) -> list[Mask]:
    """Sets of venues that divisions have to themselves, the smallest first.

    They are the divisions' own sets, their unions two by two, and all venues together.
    """
    own = np.unique(reach.venues[_counted(reach)], axis=0)
    sets = {row.tobytes(): row for row in own}
    for a in range(min(len(own), MAX_SETS)):
        for b in range(a):
            if len(sets) < MAX_SETS:
                sets.setdefault((own[a] | own[b]).tobytes(), own[a] | own[b])
    if len(own):
        sets.setdefault(own.any(axis=0).tobytes(), own.any(axis=0))
    return sorted(sets.values(), key=lambda row: int(row.sum()))


def _halves(reach: Reach, divisions: list[int], games: Longs) -> Longs:
    """(N,) games that make so many (D, N) games of teams, at least.

    Two teams of a division have a game, but for frozen games across divisions.
    """
    crossed = reach.crossed[divisions]
    apart = -(-games[~crossed] // 2)
    return np.asarray(apart.sum(axis=0) - (-games[crossed].sum(axis=0) // 2))


class _Needs:
    """Games that divisions need at least between two dates; one team of an odd one may lack one."""

    def __init__(self, reach: Reach) -> None:
        self._reach, teams = reach, reach.instance.divisions.teams
        sizes = [len(members) for members in teams]
        self._order = np.concatenate(teams)
        self._bounds = np.concatenate([[0], np.cumsum(sizes)])
        dates = len(reach.instance.calendar.dates)
        self.firsts = list(range(0, dates, -(-dates // MAX_PARTS)))
        self._limited, self.is_capped = self._games()
        self._tables = {first: self._from(first) for first in self.firsts}
        self._odd = reach.instance.divisions.odd

    def of(self, divisions: list[int], first: int) -> Longs:
        """(N - first,) games of the divisions from `first` to each date from there on."""
        games = self._tables[first][divisions] - self._odd[divisions][:, None]
        return _halves(self._reach, divisions, np.maximum(0, games))

    def _from(self, first: int) -> Longs:
        """(D, N - first) games of the teams needed at least from `first` to each date, that date
        included."""
        before = self._reach.before[self._order, first]
        after = self._reach.after[self._order, first + 1 :]
        needed = np.maximum(0, self._limited[self._order][:, None] - before[:, None] - after)
        needed = np.maximum(needed, self._least(first, needed.shape[1]))
        sums = np.concatenate([np.zeros((1, needed.shape[1]), np.int64), needed.cumsum(axis=0)])
        return np.asarray(sums[self._bounds[1:]] - sums[self._bounds[:-1]])

    def _games(self) -> tuple[Longs, Mask]:
        """(T,) games that count: of single teams that cannot have them all, those that they can;
        and the (D,) divisions that have such teams.

        Such teams are told by themselves; where there are many, their common cause counts.
        """
        divisions, division = self._reach.instance.divisions, self._reach.instance.teams.division
        games = np.where(self._reach.demand.required, divisions.games, 0)[division]
        short = self._reach.before[:, -1] < games
        number = np.bincount(division[short], minlength=len(divisions.games))
        many = number > MAX_NAMED
        capped = np.minimum(games, self._reach.before[:, -1])
        return np.where(many[division], games, capped), (number > 0) & ~many

    def _least(self, first: int, dates: int) -> Longs:
        """(N - first,) games of a team by `minGames`, which frozen dates may miss."""
        lasting = np.arange(1, dates + 1) * (first >= self._reach.instance.calendar.frozen)
        rules = self._reach.instance.limits.windows.min_hard.tolist()
        least = [lasting // days * games for days, games, _ in rules]
        return np.asarray(np.max([np.zeros(dates, np.int64), *least], axis=0))


def _worst(needs: _Needs, inside: list[int], where: Mask, each: Longs) -> Shortage | None:
    """The widest part of the season with too few court starts; the season itself first."""
    offered = np.concatenate([[0], np.cumsum(each)])
    best: Shortage | None = None
    for first in needs.firsts:
        lack = needs.of(inside, first) - (offered[first + 1 :] - offered[first])
        short = np.flatnonzero(lack > 0)
        if len(short) and (best is None or short[-1] + 1 > best.last - best.first):
            last = first + int(short[-1]) + 1
            have = int(offered[last] - offered[first])
            needed = have + int(lack[short[-1]])
            least = bool(needs.is_capped[inside].any())
            best = Shortage(tuple(inside), where, first, last, needed, have, least)
    return best


def _on_courts(reach: Reach, inside: list[int], where: Mask) -> Longs:
    """(N,) games of the divisions that the courts can hold on a date."""
    shortest = int(min(reach.instance.divisions.length[d] for d in inside))
    return np.asarray(reach.court_starts[shortest][:, where].sum(axis=1))


def _by_teams(reach: Reach, inside: list[int], where: Mask) -> Longs:
    """(N,) games of the divisions that a date can hold, by its courts and by its teams."""
    members, apart = reach.instance.divisions.teams, ~reach.crossed[inside]
    each = np.stack([reach.most[members[d]].sum(axis=0) for d in inside])
    each[apart] -= each[apart] % 2
    return np.asarray(np.minimum(_on_courts(reach, inside, where), _halves(reach, inside, each)))


def _is_partial(reach: Reach, short: Shortage) -> bool:
    """Whether it is a shortage of a part of the season."""
    return short.last - short.first < len(reach.instance.calendar.dates)


def _text(reach: Reach, short: Shortage, offer: Offer) -> str:
    names = listed([reach.instance.divisions.names[d] for d in short.divisions])
    verb = "needs" if len(short.divisions) == 1 else "need"
    where = [reach.instance.venues.names[v] for v in np.flatnonzero(short.venues)]
    dates, everywhere = reach.instance.calendar.dates, bool(short.venues.all())
    part = ""
    if _is_partial(reach, short):
        part = f" from {dates[short.first]} to {dates[short.last - 1]}"
    at = "" if everywhere else f" at {listed(where)}" if where else ", no venue suits"
    least = "at least " if short.is_least else ""
    starts = least + count(short.needed, "court start")
    have = f"but {short.offered} can be used{at}"
    if offer is _by_teams:
        have = f"but {'its' if len(short.divisions) == 1 else 'their'} teams can fill only "
        have += f"{short.offered}{at}"
    if part and not len(reach.instance.limits.windows.min_hard):
        have += "; the other dates hold no more of these games"
    return f"{names} {verb} {starts}{part}, {have}"


def _paths(reach: Reach, short: Shortage) -> paths.Paths:
    league, teams = reach.league, reach.instance.divisions.teams
    members = sorted(t for d in short.divisions for t in teams[d].tolist())
    closed = dict.fromkeys(path for t in members for path in paths.dates_of_team(league, t))
    return (
        *(path for d in short.divisions for path in paths.division(league, d)),
        *paths.venues(league, np.flatnonzero(short.venues).tolist()),
        *paths.season(league),
        *(path for path in closed if path not in paths.season(league)),
        *paths.pace(league),
        *paths.windows(league, "minGames"),
    )
