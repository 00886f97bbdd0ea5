"""Games at home venues: what the teams of each can host, against what their divisions need.

A game of a division that plays at home venues is at the venue of one of its two teams. So a venue
holds no more of them than its courts have room for, and no more than its own teams can be at home.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchday_api.faults import counted as count
from matchday_solver.instance import Instance, Longs, Mask
from matchday_solver.lint import paths
from matchday_solver.lint.finding import Finding, listed
from matchday_solver.lint.reach import Capacity, Reach


def hosted(capacity: Capacity, d: int) -> Longs:
    """(V,) games over the season that the teams of a division, which plays at home venues, can
    have at each one at most; frozen games stay, whatever they break."""
    instance = capacity.instance
    members, fixed = instance.divisions.teams[d], instance.fixed
    ours = instance.teams.division[np.stack([fixed.home, fixed.away])] == d
    kept = fixed.frozen & ours.any(axis=0)
    found = np.bincount(fixed.venue[kept], minlength=len(instance.venues.names)).astype(np.int64)
    games, home = _at_home(instance, d, is_free=bool(kept.any())), instance.teams.home[members]
    np.add.at(found, home[home >= 0], games[home >= 0])
    return np.asarray(found * capacity.venues[d])


def hosted_on(capacity: Capacity, d: int) -> Longs:
    """(N, V) the same on each date; as many as the courts hold on frozen dates."""
    instance = capacity.instance
    members = instance.divisions.teams[d]
    able = capacity.most[members] * ~instance.teams.home_closed[members]
    home = instance.teams.home[members]
    found = np.zeros((len(instance.venues.names), able.shape[1]), np.int64)
    np.add.at(found, home[home >= 0], able[home >= 0])
    courts = capacity.court_starts[instance.divisions.length[d]]
    frozen = np.arange(able.shape[1]) < instance.calendar.frozen
    return np.asarray(np.minimum(courts, np.where(frozen[:, None], courts, found.T)))


def _at_home(instance: Instance, d: int, is_free: bool) -> Longs:
    """(n,) games of each team that it can host; all of them where the meetings do not count.

    Of k meetings of two teams either hosts at most k + 1 over 2. So each opponent that a team meets
    an odd number of times lets it be at home once more than away, and where they meet often few do.
    """
    divisions = instance.divisions
    opponents = divisions.may_meet[d].sum(axis=1).astype(np.int64)
    games, most = int(divisions.games[d]), int(divisions.max_meetings[d])
    if is_free:
        return np.full(len(opponents), games, np.int64)
    odd = np.minimum(opponents, games)
    if most % 2 == 0:
        odd = np.minimum(odd, np.maximum(0, opponents * most - games))
    return np.asarray((games + odd) // 2)


@dataclass(frozen=True)
class _Shortage:
    """Divisions that need more games at home venues than these hold."""

    divisions: list[int]
    crowded: list[int]
    """Venues that hold no more games."""
    few: list[int]
    """Venues whose teams host no more."""
    needed: int
    starts: int
    """Court starts of the crowded ones."""
    hosted: int
    """Games that the teams of the others host."""


def too_few_home_starts(reach: Reach) -> Iterator[Finding]:
    """Divisions whose games do not fit in the home venues of their teams."""
    divisions = reach.instance.divisions
    sizes = np.array([len(members) for members in divisions.teams])
    asked = np.flatnonzero(divisions.home_only & reach.demand.required & (sizes > 1)).tolist()
    short = _shortage(reach, asked) if asked else None
    if short is not None:
        yield Finding(_text(reach, short), _paths(reach, short))


def _shortage(reach: Reach, asked: list[int]) -> _Shortage | None:
    """Where games flow from divisions to venues, a least cut tells which of them are short."""
    from ortools.graph.python.max_flow import SimpleMaxFlow

    instance, flow = reach.instance, SimpleMaxFlow()
    needed = instance.divisions.games_total[asked]
    length = int(instance.divisions.length[asked].min())
    starts = reach.court_starts[length].sum(axis=0)
    hosts = np.stack([hosted(reach, d) for d in asked])
    source, sink = 0, 1
    of_division = np.arange(2, 2 + len(asked))
    of_venue = np.arange(2 + len(asked), 2 + len(asked) + len(starts))
    flow.add_arcs_with_capacity(np.full(len(asked), source), of_division, needed)
    d, v = np.nonzero(hosts)
    flow.add_arcs_with_capacity(of_division[d], of_venue[v], hosts[d, v])
    flow.add_arcs_with_capacity(of_venue, np.full(len(starts), sink), starts)
    flow.solve(source, sink)
    if flow.optimal_flow() >= needed.sum():
        return None
    side = np.zeros(2 + len(asked) + len(starts), np.bool_)
    side[flow.get_source_side_min_cut()] = True
    return _cut(asked, side[of_division], side[of_venue], needed, starts, hosts)


def _cut(
    asked: list[int], ours: Mask, full: Mask, needed: Longs, starts: Longs, hosts: Longs
) -> _Shortage:
    """The shortage of the divisions and venues on the source's side."""
    here = hosts[ours].sum(axis=0)
    return _Shortage(
        divisions=np.array(asked)[ours].tolist(),
        crowded=np.flatnonzero(full).tolist(),
        few=np.flatnonzero(~full & (here > 0)).tolist(),
        needed=int(needed[ours].sum()),
        starts=int(starts[full].sum()),
        hosted=int(here[~full].sum()),
    )


def _text(reach: Reach, short: _Shortage) -> str:
    instance = reach.instance
    names = listed([instance.divisions.names[d] for d in short.divisions])
    verb = "needs" if len(short.divisions) == 1 else "need"
    crowded, few = (
        listed([instance.venues.names[v] for v in venues]) for venues in (short.crowded, short.few)
    )
    room = [f"{count(short.starts, 'court start')} at {crowded}"] if short.crowded else []
    room += [f"{count(short.hosted, 'game')} that the teams of {few} can host"] if short.few else []
    have = f"there is room for {short.starts + short.hosted}" if room else "there are none"
    why = f": {' and '.join(room)}" if room else ""
    return f"{names} {verb} {count(short.needed, 'game')} at home venues, but {have}{why}"


def _paths(reach: Reach, short: _Shortage) -> paths.Paths:
    league = reach.league
    return (
        *(path for d in short.divisions for path in paths.division(league, d)),
        *paths.venues(league, short.crowded),
        *(paths.season(league) if short.crowded else ()),
        *(path for d in short.divisions for path in _of_hosts(reach, d, set(short.few))),
    )


def _of_hosts(reach: Reach, d: int, venues: set[int]) -> paths.Paths:
    """What lets the teams of some venues host fewer games than they play."""
    instance, members = reach.instance, reach.instance.divisions.teams[d].tolist()
    games = _at_home(instance, d, is_free=False)
    few = [
        team
        for team, most in zip(members, games.tolist(), strict=True)
        if int(instance.teams.home[team]) in venues and most < instance.divisions.games[d]
    ]
    if not few:
        return ()
    return (
        f"divisions[{d}].maxMeetings",
        *dict.fromkeys(path for team in few for path in paths.forbidden(reach.league, team)),
        *(("rules.sameClubMeets",) if not reach.league.rules.same_club_meets else ()),
    )
