"""Games that the courts can hold on every date, by venue and length of game."""

from itertools import pairwise

import numpy as np

from matchday_solver.instance import Instance, Ints, Longs, Mask


def court_starts(instance: Instance, length: int) -> Longs:
    """(N, V) most games of a length (index) that fit on a date's courts, fixed games included.

    Games on one court follow each other; as many as fit begin at the earliest free starts.
    """
    dates = len(instance.calendar.dates)
    held = np.zeros((dates, len(instance.venues.names)), np.int64)
    np.add.at(held, (_fixed_dates(instance), instance.fixed.venue), 1)
    most: Longs = np.maximum(instance.venues.courts * rounds(instance, length), held)
    return most


def _fixed_dates(instance: Instance) -> Longs:
    return instance.calendar.slot_date[instance.fixed.slot].astype(np.int64)


def rounds(instance: Instance, length: int) -> Longs:
    """(N, V) games of a length that one court can hold one after the other on a date."""
    can = instance.venues.open & instance.calendar.fits[:, length][:, None]
    bounds = instance.calendar.date_slots.tolist()
    minutes = int(instance.calendar.lengths[length])
    found = np.zeros((len(bounds) - 1, can.shape[1]), np.int64)
    for n, (first, last) in enumerate(pairwise(bounds)):
        if last > first and can[first:last].any():
            found[n] = _fitting(can[first:last], instance.calendar.slot_start[first:last], minutes)
    return found


def _fitting(can: Mask, start: Ints, minutes: int) -> Longs:
    """(V,) starts of one date that can follow each other at each venue."""
    free = np.full(can.shape[1], -1, np.int64)
    games = np.zeros(can.shape[1], np.int64)
    for k, time in enumerate(start.tolist()):
        taken = can[k] & (free <= time)
        games += taken
        free[taken] = time + minutes
    return games
