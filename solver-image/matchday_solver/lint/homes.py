"""Games at home venues: what the teams of each can host, against what their divisions need.

A game of a division that plays at home venues is at the venue of one of its two teams. So a venue
holds no more of them than its courts have room for, and no more than its own teams can be at home.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matchday_api.faults import counted as count
from matchday_solver.instance import Instance, Longs, Mask
from matchday_solver.lint import paths
from matchday_solver.lint.courts import too_few_courts
from matchday_solver.lint.finding import Finding, listed
from matchday_solver.lint.reach import Capacity, Reach


def hosted(capacity: Capacity, d: int) -> Longs:
    """(V,) games over the season that the teams of a division, which plays at home venues, can
    have at each one at most; frozen games stay, whatever they break."""
    instance = capacity.instance
    kept = instance.fixed.venue[_frozen(instance, d)]
    found = np.bincount(kept, minlength=len(instance.venues.names)).astype(np.int64)
    home = instance.teams.home[instance.divisions.teams[d]]
    np.add.at(found, home[home >= 0], _at_home(capacity, d)[home >= 0])
    return np.asarray(found * capacity.venues[d])


def hosted_on(capacity: Capacity, d: int) -> Longs:
    """(N, V) games that are not frozen which the teams of a division can host there on a date."""
    instance = capacity.instance
    members = instance.divisions.teams[d]
    able = capacity.most[members] * ~instance.teams.home_closed[members]
    home = instance.teams.home[members]
    found = np.zeros((len(instance.venues.names), able.shape[1]), np.int64)
    np.add.at(found, home[home >= 0], able[home >= 0])
    return found.T


def _frozen(instance: Instance, d: int) -> Mask:
    """(F,) frozen games of the division's teams, also against those of another one."""
    fixed, division = instance.fixed, instance.teams.division
    ours = (division[fixed.home] == d) | (division[fixed.away] == d)
    return np.asarray(fixed.frozen & ours)


def _at_home(capacity: Capacity, d: int) -> Longs:
    """(n,) games of each team that are not frozen and that it can host.

    Of k meetings of two teams either hosts at most k + 1 over 2. So each opponent that a team meets
    an odd number of times lets it be at home once more than away, and where they meet often few do.
    Beside frozen games, which may have been the other way, only the number of games counts.
    """
    instance = capacity.instance
    games, members = int(instance.divisions.games[d]), instance.divisions.teams[d]
    played = capacity.fixed[members, : instance.calendar.frozen].sum(axis=1)
    if not played.any():
        return (games + np.minimum(*_odd_meetings(instance, d))) // 2
    return np.asarray(np.maximum(0, games - played))


def _odd_meetings(instance: Instance, d: int) -> tuple[Longs, Longs]:
    """(n,) opponents that a team can meet an odd number of times, by how many there are, and by how
    often two may meet."""
    divisions = instance.divisions
    opponents = divisions.may_meet[d].sum(axis=1).astype(np.int64)
    games, most = int(divisions.games[d]), int(divisions.max_meetings[d])
    by_number = np.minimum(opponents, games)
    if most % 2:
        return by_number, by_number
    return by_number, np.maximum(0, opponents * most - games)


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
    """Divisions whose games fit on the courts, but not in the home venues of their teams."""
    divisions = reach.instance.divisions
    sizes = np.array([len(members) for members in divisions.teams])
    asked = np.flatnonzero(divisions.home_only & reach.demand.required & (sizes > 1)).tolist()
    hosts = [hosted(reach, d) for d in asked]
    short = list(_shortages(reach, asked, np.stack(hosts))) if asked else []
    if short and not any(too_few_courts(reach)):
        yield from (Finding(_text(reach, each), _paths(reach, each)) for each in short)


def _shortages(reach: Reach, asked: Sequence[int], hosts: Longs) -> Iterator[_Shortage]:
    """One for divisions that share a venue which is full, as few of them as are short together."""
    ours, full = _least_cut(reach, asked, hosts)
    left = np.flatnonzero(ours).tolist()
    while left:
        group, crowded = _joined(left, full, hosts > 0)
        left = [each for each in left if each not in group]
        short = _shortage(reach, [asked[each] for each in group], crowded, hosts[group].sum(axis=0))
        if short.needed > short.starts + short.hosted:
            yield short


def _joined(rows: list[int], full: Mask, can_host: Mask) -> tuple[list[int], Mask]:
    """The first of some rows with all that share full venues with it, and these venues."""
    group, crowded = [rows[0]], full & can_host[rows[0]]
    while more := [r for r in rows if r not in group and (can_host[r] & crowded).any()]:
        group += more
        crowded |= full & can_host[more].any(axis=0)
    return sorted(group), crowded


def _least_cut(reach: Reach, asked: Sequence[int], hosts: Longs) -> tuple[Mask, Mask]:
    """(asked,) divisions that are short of (V,) venues which are full; none where nothing is short.

    Where games flow from divisions to venues, a least cut tells them.
    """
    from ortools.graph.python.max_flow import SimpleMaxFlow

    flow, divisions, venues = SimpleMaxFlow(), *hosts.shape
    source, sink = 0, 1
    of_division = np.arange(2, 2 + divisions)
    of_venue = np.arange(2 + divisions, 2 + divisions + venues)
    needed = reach.instance.divisions.games_total[asked]
    d, v = np.nonzero(hosts)
    flow.add_arcs_with_capacity(np.full(divisions, source), of_division, needed)
    flow.add_arcs_with_capacity(of_division[d], of_venue[v], hosts[d, v])
    flow.add_arcs_with_capacity(of_venue, np.full(venues, sink), _starts(reach, asked))
    flow.solve(source, sink)
    side = np.zeros(2 + divisions + venues, np.bool_)
    if flow.optimal_flow() < needed.sum():
        side[flow.get_source_side_min_cut()] = True
    return side[of_division], side[of_venue]


def _starts(reach: Reach, divisions: Sequence[int]) -> Longs:
    """(V,) games of some divisions that the courts hold over the season."""
    shortest = int(reach.instance.divisions.length[divisions].min())
    return np.asarray(reach.court_starts[shortest].sum(axis=0))


def _shortage(reach: Reach, divisions: list[int], crowded: Mask, here: Longs) -> _Shortage:
    """What some divisions need and have, where their teams can host so many games at each venue."""
    teams = reach.instance.divisions.teams
    homes = reach.instance.teams.home[np.concatenate([teams[d] for d in divisions])]
    own = np.isin(np.arange(len(here)), homes) & reach.venues[divisions].any(axis=0)
    return _Shortage(
        divisions=divisions,
        crowded=np.flatnonzero(crowded).tolist(),
        few=np.flatnonzero((own | (here > 0)) & ~crowded).tolist(),
        needed=int(reach.instance.divisions.games_total[divisions].sum()),
        starts=int(_starts(reach, divisions)[crowded].sum()),
        hosted=int(here[~crowded].sum()),
    )


def _text(reach: Reach, short: _Shortage) -> str:
    instance = reach.instance
    names = listed([instance.divisions.names[d] for d in short.divisions])
    verb = "needs" if len(short.divisions) == 1 else "need"
    crowded, few = (
        listed([instance.venues.names[v] for v in venues]) for venues in (short.crowded, short.few)
    )
    room = [f"{_some(short.starts, 'court start')} at {crowded}"] if short.crowded else []
    if short.few:
        room.append(f"{_some(short.hosted, 'game')} that the teams of {few} can host")
    have = f"there is room for {short.starts + short.hosted}: {' and '.join(room)}"
    have = have if room else "no team has one that suits"
    return f"{names} {verb} {count(short.needed, 'game')} at home venues, but {have}"


def _some(number: int, noun: str) -> str:
    return count(number, noun) if number else f"no {noun}"


def _paths(reach: Reach, short: _Shortage) -> paths.Paths:
    league = reach.league
    return (
        *(path for d in short.divisions for path in paths.division(league, d)),
        *paths.venues(league, short.crowded),
        *(paths.season(league) if short.crowded else ()),
        *(path for d in short.divisions for path in _of_hosts(reach, d, short.few)),
    )


def _of_hosts(reach: Reach, d: int, venues: list[int]) -> paths.Paths:
    """What lets the teams of some venues host fewer games than they play."""
    instance, league, games = reach.instance, reach.league, int(reach.instance.divisions.games[d])
    if _frozen(instance, d).any():
        return ()
    members = instance.divisions.teams[d]
    by_number, by_meetings = _odd_meetings(instance, d)
    there = np.isin(instance.teams.home[members], venues)
    few = members[there & (by_number < games)].tolist()
    often = bool((there & (by_meetings < by_number)).any())
    return (
        *((f"divisions[{d}].maxMeetings",) if often else ()),
        *dict.fromkeys(path for team in few for path in paths.forbidden(league, team)),
        *(("rules.sameClubMeets",) if few and not league.rules.same_club_meets else ()),
    )
