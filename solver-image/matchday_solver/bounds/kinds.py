"""Kinds of venue-days: dates of a venue that offer the same."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from matchday_solver.instance import Instance, Longs, Mask


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """Dates of a venue that the relaxation cannot tell apart."""

    venue: int
    games: int
    """Most games on one of the dates."""
    turns: int
    """Most of them of one coach: one after another, where a coach is at one game at a time."""
    starts: int
    """Starts that cost `fullEvenings` when idle on a date with a game."""
    cover: int
    """Most of these starts that one game is in progress at."""
    links: tuple[int, ...]
    """(L,) starts at which a game of each length can be followed by another one as it ends; at most
    as many as make a difference to a coach. Empty where nothing can cost a coach."""
    group: int
    """Dates of a group have all their venues' offers in common, or all are weekends, or none."""


MOST_KINDS = 40
"""Kinds up to which dates are grouped by all that is offered on them."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What is offered on every date."""

    kinds: tuple[Kind, ...]
    at: Longs
    """(dates, venues) index of the kind, -1 where there are no games."""
    groups: Longs
    """(dates,) number of the date's group, -1 where there are no games."""


def offers(instance: Instance) -> Offers:
    """Kinds and groups of all dates outside the frozen ones."""
    shape = (len(instance.calendar.dates), len(instance.venues.names))
    days = np.flatnonzero(instance.calendar.playable).tolist()
    offered, known = dict[tuple[int, int], Kind](), dict[Hashable, Kind]()
    for day, venue in product(days, range(shape[1])):
        pattern = _pattern(instance, day, venue)
        if pattern not in known:
            known[pattern] = _kind(instance, day, venue)
        if known[pattern].games > 0:
            offered[day, venue] = known[pattern]
    groups, numbers = _groups(instance, offered), dict[Kind, int]()
    at = np.full(shape, -1, np.int64)
    for (day, venue), kind in offered.items():
        mine = replace(kind, group=int(groups[day]))
        at[day, venue] = numbers.setdefault(mine, len(numbers))
    return Offers(tuple(numbers), at, groups)


def _groups(instance: Instance, offered: Mapping[tuple[int, int], Kind]) -> Longs:
    """(dates,) by all that is offered where that makes few kinds, else weekends and others."""
    of_day = defaultdict[int, tuple[Kind, ...]](tuple)
    for (day, _), kind in offered.items():
        of_day[day] += (kind,)
    keys: dict[int, Hashable] = {**of_day}
    if sum(map(len, set(of_day.values()))) > MOST_KINDS:
        keys = {day: _is_weekend(instance, day) for day in of_day}
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys.values()))}
    groups = np.full(len(instance.calendar.dates), -1, np.int64)
    for day, key in keys.items():
        groups[day] = numbers[key]
    return groups


def _pattern(instance: Instance, day: int, venue: int) -> Hashable:
    """All that the kind of a venue's date comes from: most dates have it in common with others."""
    slots, venues = _slots(instance, day), instance.venues
    columns = (instance.calendar.slot_start[slots], venues.offered[slots, venue])
    shown = (*columns, _usable(instance, slots, venue))
    courts, weekend = int(venues.courts[day, venue]), _is_weekend(instance, day)
    return (venue, courts, weekend, *(column.tobytes() for column in shown))


def _slots(instance: Instance, day: int) -> Longs:
    bounds = instance.calendar.date_slots
    return np.arange(bounds[day], bounds[day + 1])


def _usable(instance: Instance, slots: Longs, venue: int) -> Mask:
    """Which slots of a date a venue has games at, those of given games included."""
    fixed = instance.fixed
    given = fixed.slot[(fixed.venue == venue) & ~fixed.frozen]
    return np.asarray(instance.venues.open[slots, venue] | np.isin(slots, given))


def _kind(instance: Instance, day: int, venue: int) -> Kind:
    """The kind of a venue's date but for its group."""
    cal, venues, slots = instance.calendar, instance.venues, _slots(instance, day)
    usable = _usable(instance, slots, venue)
    lengths = _lengths(instance, venue)
    evening = venues.offered[slots, venue] & (not _is_weekend(instance, day))
    cover = [
        int(evening[k - slots[0] : cal.cover[k, length] - slots[0]].sum())
        for k in slots[usable].tolist()
        for length in lengths
    ]
    chain = _chain(instance, slots[usable], min(lengths)) if lengths else 0
    games = int(venues.courts[day, venue]) * chain
    turns = chain if instance.limits.coach_one_game else games
    return Kind(
        venue=venue,
        games=games,
        turns=turns,
        starts=int(evening.sum()) if instance.weights.full_evenings else 0,
        cover=max(cover, default=0),
        links=_links(instance, slots[usable], lengths, turns - 1),
        group=0,
    )


def _is_weekend(instance: Instance, day: int) -> bool:
    """Whether a date is a Saturday or Sunday."""
    return bool(instance.calendar.weekday[day] >= 5)


def _lengths(instance: Instance, venue: int) -> list[int]:
    """Lengths of the divisions that may play at a venue."""
    divisions = instance.divisions
    return sorted(set(divisions.length[divisions.suitable[:, venue]].tolist()))


def _matter(instance: Instance) -> bool:
    """Whether a coach has several teams and their games apart cost."""
    several = any(len(teams) > 1 for teams in instance.teams.coach_teams)
    return several and instance.weights.coach_back_to_back > 0


def _links(instance: Instance, slots: Longs, lengths: Sequence[int], most: int) -> tuple[int, ...]:
    """(L,) slots on which a game of one of the lengths ends as another slot begins, so many at
    most; none where all have so many, or nothing costs a coach."""
    if not _matter(instance):
        return ()
    starts, fits = instance.calendar.slot_start[slots], instance.calendar.fits[slots]
    ends = starts[:, None] + instance.calendar.lengths
    number = np.minimum((np.isin(ends, starts) & fits).sum(axis=0), max(0, most))
    if (number[lengths] >= most).all():
        return ()
    own = np.isin(np.arange(len(number)), lengths)
    return tuple(np.where(own, number, 0).tolist())


def _chain(instance: Instance, slots: Longs, length: int) -> int:
    """Most games of a length one after another on one court."""
    cal, count, free = instance.calendar, 0, 0
    for k in slots.tolist():
        if k >= free and cal.fits[k, length]:
            count, free = count + 1, int(cal.cover[k, length])
    return count
