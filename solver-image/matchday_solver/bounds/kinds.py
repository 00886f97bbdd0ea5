"""Kinds of venue-days: dates of a venue that offer the same."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from matchday_solver.instance import Instance, Ints


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


def kinds(instance: Instance) -> Counter[Kind]:
    """All kinds with games, and on how many dates each."""
    cal = instance.calendar
    return Counter(
        kind
        for day in np.flatnonzero(cal.playable).tolist()
        for venue in range(len(instance.venues.names))
        if (kind := kind_of(instance, day, venue)).games > 0
    )


def kind_of(instance: Instance, day: int, venue: int) -> Kind:
    """The kind of a venue's date."""
    cal, venues = instance.calendar, instance.venues
    slots = np.arange(cal.date_slots[day], cal.date_slots[day + 1])
    usable = venues.open[slots, venue]
    fixed = instance.fixed
    usable = usable | np.isin(slots, fixed.slot[(fixed.venue == venue) & ~fixed.frozen])
    lengths = _lengths(instance, venue)
    evening = venues.offered[slots, venue] & (cal.weekday[day] < 5)
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
    )


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
