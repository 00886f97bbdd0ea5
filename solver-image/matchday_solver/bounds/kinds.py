"""Kinds of venue-days: dates of a venue that offer the same."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from matchday_solver.instance import Instance, Ints, Longs


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """Dates of a venue that the relaxation cannot tell apart."""

    venue: int
    games: int
    """Most games on one of the dates."""
    starts: int
    """Starts that cost `fullEvenings` when idle on a date with a game."""
    cover: int
    """Most of these starts that one game is in progress at."""
    group: int
    """Dates of a group have all their venues' offers in common, or all are weekends, or none."""


MOST_KINDS = 40
"""Kinds up to which dates are grouped by all that is offered on them."""


def date_groups(instance: Instance) -> Longs:
    """(dates,) number of each date's group, -1 where it has no games."""
    offers = dict[int, tuple[Kind, ...]]()
    for day in np.flatnonzero(instance.calendar.playable).tolist():
        found = (kind_of(instance, day, venue, 0) for venue in range(len(instance.venues.names)))
        offers[day] = tuple(kind for kind in found if kind.games > 0)
    keys: dict[int, Hashable] = {day: offer for day, offer in offers.items() if offer}
    if sum(map(len, set(offers.values()))) > MOST_KINDS:
        keys = {day: is_weekend(instance, day) for day in keys}
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys.values()))}
    groups = np.full(len(instance.calendar.dates), -1, np.int64)
    for day, key in keys.items():
        groups[day] = numbers[key]
    return groups


def kinds(instance: Instance, groups: Longs) -> Counter[Kind]:
    """All kinds with games, and on how many dates each."""
    return Counter(
        kind
        for day in np.flatnonzero(groups >= 0).tolist()
        for venue in range(len(instance.venues.names))
        if (kind := kind_of(instance, day, venue, int(groups[day]))).games > 0
    )


def kind_of(instance: Instance, day: int, venue: int, group: int) -> Kind:
    """The kind of a venue's date."""
    cal, venues = instance.calendar, instance.venues
    slots = np.arange(cal.date_slots[day], cal.date_slots[day + 1])
    usable = venues.open[slots, venue]
    fixed = instance.fixed
    usable = usable | np.isin(slots, fixed.slot[(fixed.venue == venue) & ~fixed.frozen])
    lengths = _lengths(instance, venue)
    evening = venues.offered[slots, venue] & (not is_weekend(instance, day))
    cover = [
        int(evening[k - slots[0] : cal.cover[k, length] - slots[0]].sum())
        for k in slots[usable].tolist()
        for length in lengths
    ]
    chain = _chain(instance, slots[usable], min(lengths)) if lengths else 0
    return Kind(
        venue=venue,
        games=int(venues.courts[day, venue]) * chain,
        starts=int(evening.sum()) if instance.weights.full_evenings else 0,
        cover=max(cover, default=0),
        group=group,
    )


def is_weekend(instance: Instance, day: int) -> bool:
    """Whether a date is a Saturday or Sunday."""
    return bool(instance.calendar.weekday[day] >= 5)


def _lengths(instance: Instance, venue: int) -> list[int]:
    """Lengths of the divisions that may play at a venue."""
    divisions = instance.divisions
    return sorted(set(divisions.length[divisions.suitable[:, venue]].tolist()))


def _chain(instance: Instance, slots: Ints, length: int) -> int:
    """Most games of a length one after another on one court."""
    cal, count, free = instance.calendar, 0, 0
    for k in slots.tolist():
        if k >= free and cal.fits[k, length]:
            count, free = count + 1, int(cal.cover[k, length])
    return count
