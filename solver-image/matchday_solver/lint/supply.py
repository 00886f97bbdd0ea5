"""Games that the courts can hold on every date, by length of game and venue."""

from itertools import pairwise

import numpy as np

from matchday_solver.instance import Instance, Ints, Longs, Mask


def court_starts(instance: Instance) -> Longs:
    """(L, N, V) most games of a length that fit on a date's courts, fixed games included.

    Games on one court follow each other; as many as fit begin at the earliest free starts.
    """
    dates = len(instance.calendar.dates)
    held = np.zeros((dates, len(instance.venues.names)), np.int64)
    np.add.at(held, (_fixed_dates(instance), instance.fixed.venue), 1)
    most: Longs = np.maximum(instance.venues.courts * _rounds(instance), held)
    return most


def _fixed_dates(instance: Instance) -> Longs:
    return instance.calendar.slot_date[instance.fixed.slot].astype(np.int64)


def _rounds(instance: Instance) -> Longs:
    """(L, N, V) games of a length that one court can hold one after the other on a date.

    Most venues and dates offer the same starts as another; those are counted once.
    """
    calendar, is_open = instance.calendar, instance.venues.open
    known: dict[bytes, Longs] = {}
    shape = (len(calendar.lengths), len(calendar.dates), is_open.shape[1])
    found = np.zeros(shape, np.int64)
    for date, (first, last) in enumerate(pairwise(calendar.date_slots.tolist())):
        for venue in np.flatnonzero(is_open[first:last].any(axis=0)).tolist():
            slots = first + np.flatnonzero(is_open[first:last, venue])
            starts = calendar.slot_start[slots]
            key = starts.tobytes()
            if key not in known:
                known[key] = _fitting(calendar.fits[slots], starts, calendar.lengths)
            found[:, date, venue] = known[key]
    return found


def _fitting(fits: Mask, starts: Ints, lengths: Ints) -> Longs:
    """(L,) of some starts of a date, those at which games of a length can follow each other."""
    free = np.full(len(lengths), -1, np.int64)
    games = np.zeros(len(lengths), np.int64)
    for can, time in zip(fits, starts.tolist(), strict=True):
        taken = can & (free <= time)
        games += taken
        free[taken] = time + lengths[taken]
    return games
