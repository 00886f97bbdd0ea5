"""What a new game costs beside games that stay, for the terms that a game has by itself."""

import numpy as np

from matchday_solver.choice.table import Table
from matchday_solver.instance import Instance, Ints, Longs


def row_costs(instance: Instance, new: Table, staying: Table) -> Longs:
    """(n,) opponents and venue of each candidate, and the club-days that it would add."""
    teams = len(instance.teams.names)
    pairs, which = np.unique(new.home.astype(np.int64) * teams + new.away, return_inverse=True)
    by_pair = np.array(
        [
            instance.pair_cost(*pair) + instance.venue_cost(*pair)
            for pair in zip(*(side.tolist() for side in np.divmod(pairs, teams)), strict=True)
        ]
    ).reshape(len(pairs), len(instance.venues.names))
    return np.asarray(by_pair[which, new.venue] + _club_days(instance, new, staying))


def _club_days(instance: Instance, new: Table, staying: Table) -> Longs:
    weight, clubs = instance.weights.club_days, instance.teams.club
    there = np.concatenate(
        [_keys(instance, staying, staying.home), _keys(instance, staying, staying.away)]
    )
    home, away = (~np.isin(_keys(instance, new, s), there) for s in (new.home, new.away))
    # Two teams of one club are there on one day of it.
    away &= clubs[new.home] != clubs[new.away]
    days = (home & (clubs[new.home] >= 0)).astype(np.int64) + (away & (clubs[new.away] >= 0))
    return np.asarray(weight * days)


def _keys(instance: Instance, table: Table, side: Ints) -> Longs:
    """One number a (club, date, venue)."""
    date = instance.calendar.slot_date[table.slot].astype(np.int64)
    clubs = instance.teams.club[side] + 1
    venues = len(instance.venues.names)
    return np.asarray((clubs * len(instance.calendar.dates) + date) * venues + table.venue)
