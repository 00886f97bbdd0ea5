"""What the frozen dates contribute to a schedule: it is the same in all of them."""

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np

from matchday_solver.instance import Instance, Longs


@dataclass(frozen=True, slots=True)
class Frozen:
    """Counts over the frozen games, and what they cost."""

    played: Longs
    """(T,) games of a team."""
    home: Longs
    away: Longs
    """(T,) of these, at home and away."""
    doubles: Longs
    """(T,) dates with two games."""
    meetings: Counter[tuple[int, int]]
    """By pair, lower team first."""
    cost: int
    """The least that the terms told from venue and date cost on frozen dates, and lost rivals."""


def frozen_part(instance: Instance) -> Frozen:
    """Count the frozen games."""
    teams, fixed = len(instance.teams.names), instance.fixed
    rows = np.flatnonzero(fixed.frozen)
    home = np.bincount(fixed.home[rows], minlength=teams).astype(np.int64)
    away = np.bincount(fixed.away[rows], minlength=teams).astype(np.int64)
    dates = Counter[tuple[int, int]]()
    meetings = Counter[tuple[int, int]]()
    for x, y, k in zip(fixed.home[rows], fixed.away[rows], fixed.slot[rows], strict=True):
        meetings[min(int(x), int(y)), max(int(x), int(y))] += 1
        for team in (int(x), int(y)):
            dates[team, int(instance.calendar.slot_date[k])] += 1
    doubles = np.zeros(teams, np.int64)
    for (team, _), games in dates.items():
        doubles[team] += games > 1
    cost = _games_cost(instance) + int(doubles.sum()) * instance.weights.doubleheaders
    cost += _club_days(instance) * instance.weights.club_days + _idle_starts(instance)
    return Frozen(
        played=home + away,
        home=home,
        away=away,
        doubles=doubles,
        meetings=meetings,
        cost=cost + _lost_rivals(instance, meetings) * instance.weights.rivals,
    )


def _games_cost(instance: Instance) -> int:
    fixed = instance.fixed
    return sum(
        instance.pair_cost(int(fixed.home[f]), int(fixed.away[f]))
        + int(instance.venue_cost(int(fixed.home[f]), int(fixed.away[f]))[fixed.venue[f]])
        for f in np.flatnonzero(fixed.frozen)
    )


def _club_days(instance: Instance) -> int:
    fixed, cal = instance.fixed, instance.calendar
    return len(
        {
            (int(instance.teams.club[team]), int(cal.slot_date[fixed.slot[f]]), int(fixed.venue[f]))
            for f in np.flatnonzero(fixed.frozen)
            for team in (fixed.home[f], fixed.away[f])
            if instance.teams.club[team] >= 0
        }
    )


def _idle_starts(instance: Instance) -> int:
    """Cost of `fullEvenings` on frozen dates."""
    fixed, cal = instance.fixed, instance.calendar
    busy: dict[tuple[int, int], set[int]] = defaultdict(set)
    for f in np.flatnonzero(fixed.frozen):
        k = fixed.slot[f]
        covered = range(int(k), int(cal.cover[k, fixed.length[f]]))
        busy[int(cal.slot_date[k]), int(fixed.venue[f])].update(covered)
    idle = 0
    for (day, venue), slots in busy.items():
        if cal.weekday[day] < 5:
            offered = range(int(cal.date_slots[day]), int(cal.date_slots[day + 1]))
            idle += sum(bool(instance.venues.offered[k, venue]) and k not in slots for k in offered)
    return idle * instance.weights.full_evenings


def _lost_rivals(instance: Instance, meetings: Counter[tuple[int, int]]) -> int:
    """Rival pairs that have not met and may not."""
    pairs = [(x, y) for x, y in instance.rivals.tolist()]
    return sum(not meetings[pair] and not instance.may_meet(*pair) for pair in pairs)
