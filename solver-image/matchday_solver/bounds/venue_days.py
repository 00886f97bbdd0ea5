"""The venue-day relaxation: a schedule as one set of games for every venue and date.

A column is the set of games of one venue on one date, with no more games of a coach than can follow
each other. It carries the terms that can be told from it alone: `clubDays`, `tierMatch`,
`homeVenue`, `region`, `doubleheaders`, and the least of `fullEvenings` and `coachBackToBack`. Rows
over all columns carry the rest: games of a team, in all and in each group of dates, meetings of a
pair, rivals, the least of `rematchGap`, doubleheaders of a team, dates of a club and
`homeAwayBalance`, where games that either team may host are shared out between the two.
What soft `minGames` costs in any case is added.
Dates of a venue that offer the same are one kind. Everything else is left out, so what is least
here is least for every schedule.
"""

from dataclasses import dataclass

import numpy as np

from matchday_solver.bounds.coaches import Coaches, coaches
from matchday_solver.bounds.frozen import Frozen, frozen_part
from matchday_solver.bounds.kinds import Kind, offers
from matchday_solver.bounds.team_dates import most_dates
from matchday_solver.bounds.windows import least_of_windows, windows_with
from matchday_solver.instance import Instance, Ints, Longs, Mask

EVERY = slice(None)
"""All pairs."""


@dataclass(frozen=True, slots=True)
class VenueDays:
    """The relaxation's data; P are the pairs that may meet, of all divisions."""

    instance: Instance
    kinds: tuple[Kind, ...]
    dates: Longs
    """(kinds,) how many dates each kind has."""
    kind_at: Longs
    """(dates, venues) index of the kind, -1 where there are no games."""
    first: Ints
    second: Ints
    """(P,) the two teams."""
    pair_cost: Longs
    """(P,) cost of one meeting wherever it is."""
    least: Longs
    most: Longs
    """(P,) meetings outside the frozen dates."""
    apart: Longs
    """(P,) meetings there that can be as far apart as `rematchGap` asks; no further one can."""
    rival: Longs
    """(P,) cost of the pair not meeting there."""
    needed: Longs
    """(T,) games that each team still plays."""
    odd: Mask
    """(D,) whether one team of the division plays one game less."""
    doubles: Longs
    """(T,) dates with two games that a team may have."""
    groups: Longs
    """(dates,) group of each date, -1 where there are no games."""
    days: Longs
    """(groups, T) games that a team can play on the dates of a group."""
    offered: Longs
    """(groups,) dates of a group."""
    doubleheader: int
    """Least cost of a team's two games on a date, by the team's own terms."""
    coaches: Coaches
    back_to_back: int
    """Cost of a unit of `coachBackToBack`."""
    owner: Ints
    """(T,) club of each team; a team without one has a number of its own from C on."""
    club_cost: Longs
    """(owners,) cost of a date and venue with the owner's teams."""
    club_least: Longs
    """(owners,) fewest of these."""
    lead: Longs
    """(T,) home less away games on the frozen dates."""
    even: Mask
    """(T,) whether a team surely plays an even number of games in all."""
    frozen: Frozen
    windows: int
    """What soft `minGames` costs at least."""

    @property
    def constant(self) -> int:
        """What every schedule costs beside its columns."""
        return self.frozen.cost + self.windows

    def static_cost(self, venue: int, pairs: Longs | slice = EVERY) -> Longs:
        """(pairs,) cost of a meeting at a venue: tierMatch, homeVenue and region."""
        instance, w = self.instance, self.instance.weights
        home_a, home_b = self._of_teams(instance.teams.home, pairs)
        region_a, region_b = self._of_teams(instance.teams.region, pairs)
        cost = self.pair_cost[pairs].copy()
        away = (home_a != venue) & (home_b != venue) & ((home_a >= 0) | (home_b >= 0))
        cost += w.home_venue * away
        here = instance.venues.region[venue]
        if here >= 0:
            foreign = (region_a != here) & (region_b != here)
            cost += w.region * (foreign & ((region_a >= 0) | (region_b >= 0)))
        return cost

    def allowed(self, venue: int) -> Mask:
        """(P,) whether the pair's division may play at a venue, by features and `playAt`."""
        division = self.instance.teams.division[self.first]
        home_a, home_b = self._of_teams(self.instance.teams.home, EVERY)
        at_home = (home_a == venue) | (home_b == venue)
        divisions = self.instance.divisions
        at_any = ~divisions.home_only[division]
        return np.asarray(divisions.suitable[division, venue] & (at_home | at_any))

    def hosts(self, venue: int, pairs: Longs | slice = EVERY) -> Ints:
        """(pairs,) who must be at home there: 1 for the first, 2 for the second, 0 for either."""
        home_a, home_b = self._of_teams(self.instance.teams.home, pairs)
        here_a, here_b = home_a == venue, home_b == venue
        return np.where(here_a & ~here_b, 1, np.where(here_b & ~here_a, 2, 0)).astype(np.int32)

    def _of_teams(self, values: Ints, pairs: Longs | slice) -> tuple[Ints, Ints]:
        """A value of both teams of each pair."""
        return values[self.first[pairs]], values[self.second[pairs]]


def venue_days(instance: Instance) -> VenueDays:
    """The relaxation of an instance."""
    frozen, offered = frozen_part(instance), offers(instance)
    first, second = _pairs(instance)
    pairs = zip(first.tolist(), second.tolist(), strict=True)
    met = np.array([frozen.meetings[pair] for pair in pairs], np.int64)
    least, most = _meetings(instance, instance.teams.division[first], met)
    odd = instance.divisions.odd
    needed, doubles = _needs(instance, frozen)
    owner, club_cost = _owners(instance)
    dates = needed - doubles - odd[instance.teams.division]
    return VenueDays(
        instance=instance,
        kinds=offered.kinds,
        dates=np.bincount(offered.at[offered.at >= 0]),
        kind_at=offered.at,
        first=first,
        second=second,
        pair_cost=_pair_cost(instance, first, second),
        least=least,
        most=most,
        apart=_far_apart(instance) - met,
        rival=_rival_cost(instance, first, second, met),
        needed=needed,
        odd=odd,
        doubles=doubles,
        groups=offered.groups,
        days=most_dates(instance, offered.groups) + doubles,
        offered=np.bincount(offered.groups[offered.groups >= 0]),
        doubleheader=_doubleheader_cost(instance),
        coaches=coaches(instance, first, second, doubles),
        back_to_back=instance.weights.coach_back_to_back,
        owner=owner,
        club_cost=club_cost,
        club_least=_club_least(owner, dates, len(club_cost)),
        lead=frozen.home - frozen.away,
        even=((frozen.played + needed) % 2 == 0) & ~odd[instance.teams.division],
        frozen=frozen,
        windows=least_of_windows(instance, frozen.played),
    )


def _meetings(instance: Instance, division: Ints, met: Longs) -> tuple[Longs, Longs]:
    """(P,) fewest and most meetings outside the frozen dates, by the pairs' divisions."""
    least, most = (
        instance.divisions.min_meetings[division],
        instance.divisions.max_meetings[division],
    )
    return np.maximum(0, least - met), np.maximum(0, most - met)


def _far_apart(instance: Instance) -> int:
    """Most dates of the season that lie as far apart as `rematchGap` asks."""
    chosen, free = 0, 0
    frozen = np.arange(len(instance.calendar.dates)) < instance.calendar.frozen
    for date in np.flatnonzero(instance.calendar.playable | frozen).tolist():
        if date >= free:
            chosen, free = chosen + 1, date + instance.weights.rematch_days
    return chosen


def _needs(instance: Instance, frozen: Frozen) -> tuple[Longs, Longs]:
    """(T,) games that teams still play, and doubleheaders that they may still have."""
    games = instance.divisions.games[instance.teams.division].astype(np.int64)
    doubles = np.maximum(0, instance.limits.max_doubleheaders - frozen.doubles)
    return np.maximum(0, games - frozen.played), doubles


def _pairs(instance: Instance) -> tuple[Ints, Ints]:
    """Pairs that may meet, lower team first."""
    found = []
    for members, allowed in zip(instance.divisions.teams, instance.divisions.may_meet, strict=True):
        found.append(members[np.argwhere(np.triu(allowed))])
    pairs = np.concatenate([np.empty((0, 2), np.int32), *found])
    return pairs[:, 0].astype(np.int32), pairs[:, 1].astype(np.int32)


def _pair_cost(instance: Instance, first: Ints, second: Ints) -> Longs:
    cost = np.zeros(len(first), np.int64)
    weights, teams = instance.weights, instance.teams
    for weight, values in ((weights.tier_match, teams.tier), (weights.region, teams.region)):
        one, other = values[first], values[second]
        cost += weight * ((one >= 0) & (other >= 0) & (one != other))
    return cost


def _rival_cost(instance: Instance, first: Ints, second: Ints, meetings: Longs) -> Longs:
    rivals = {(x, y) for x, y in instance.rivals.tolist()}
    pairs = zip(first.tolist(), second.tolist(), strict=True)
    missing = np.array([pair in rivals for pair in pairs], np.bool_) & (meetings == 0)
    return np.asarray(instance.weights.rivals * missing.astype(np.int64))


def _owners(instance: Instance) -> tuple[Ints, Longs]:
    """Each team's club or number of its own, and the cost of an owner's date and venue."""
    clubs = len(instance.teams.club_names)
    owner = instance.teams.club.copy()
    alone = np.flatnonzero(owner < 0)
    owner[alone] = clubs + np.arange(len(alone))
    cost = np.zeros(clubs + len(alone), np.int64)
    cost[:clubs] = instance.weights.club_days
    return owner, cost


def _club_least(owner: Ints, dates: Longs, owners: int) -> Longs:
    """Each team needs so many dates, and a club no fewer than any of its teams."""
    least = np.zeros(owners, np.int64)
    np.maximum.at(least, owner, dates)
    return least


def _doubleheader_cost(instance: Instance) -> int:
    """The least cost of two games on a date: the term, and games too many in soft windows for one.

    With d such dates in a window of a team there are at least 2d games, so the games beyond 1 are
    at least d: each date counts by itself in every window that holds it.
    """
    cost, cal = instance.weights.doubleheaders, instance.calendar
    dates = len(cal.dates)
    for length, games, weight, _ in instance.limits.windows.max_soft.tolist():
        if games == 1:
            cost += weight * int(windows_with(dates, length)[cal.playable].min(initial=dates))
    return cost
