"""On how many dates of each group a team can have games at most."""

import numpy as np

from matchday_solver.instance import Instance, Longs, Mask


def most_dates(instance: Instance, groups: Longs) -> Longs:
    """(groups, T) dates outside the frozen ones, by their group.

    They keep a team's closed dates and `maxGames`, and have an open venue that suits its division.
    """
    offered, windows = _offered(instance, groups), instance.limits.windows.max_hard.tolist()
    found = np.zeros((int(groups.max(initial=-1)) + 1, len(instance.teams.names)), np.int64)
    for team, division in enumerate(instance.teams.division.tolist()):
        able = offered[division] & ~instance.teams.closed[team]
        for group in range(len(found)):
            found[group, team] = _most(np.flatnonzero(able & (groups == group)).tolist(), windows)
    return found


def _offered(instance: Instance, groups: Longs) -> Mask:
    """(D, dates) whether a venue that suits a division is open."""
    cal, fixed = instance.calendar, instance.fixed
    slot, venue = np.nonzero(instance.venues.open)
    slot, venue = np.append(slot, fixed.slot), np.append(venue, fixed.venue)
    suitable = instance.divisions.suitable
    found = np.zeros((len(suitable), len(cal.dates)), np.bool_)
    for division, here in enumerate(suitable[:, venue]):
        found[division, cal.slot_date[slot[here]]] = True
    return np.asarray(found & (groups >= 0))


def _most(dates: list[int], windows: list[list[int]]) -> int:
    """Most of the dates that keep all windows: each as early as it can be, which none beats."""
    chosen = list[int]()
    for date in dates:
        if all(
            sum(date - earlier < days for earlier in chosen[-games:]) < games
            for days, games, _ in windows
        ):
            chosen.append(date)
    return len(chosen)
