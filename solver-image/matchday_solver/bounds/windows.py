"""How many windows hold a date, and what soft `minGames` costs at least.

A few games cannot fill many windows, whatever their dates.
"""

import numpy as np

from matchday_solver.instance import Instance, Longs


def least_of_windows(instance: Instance, played: Longs) -> int:
    """The sum over all teams and entries, where so many games of each team are on frozen dates.

    A game counts in the windows that hold its date. So a team's games count no more than their
    number times the most windows that hold a date, of the games that all windows ask for.
    """
    games = np.maximum(played, instance.divisions.games[instance.teams.division])
    dates, cost = len(instance.calendar.dates), 0
    for days, asked, weight, _ in instance.limits.windows.min_soft.tolist():
        windows = dates - days + 1
        lacking = asked * windows - games * min(days, windows)
        cost += weight * int(np.maximum(0, lacking).sum())
    return cost


def windows_with(dates: int, days: int) -> Longs:
    """(dates,) how many windows of so many days hold each date of a season."""
    date = np.arange(dates)
    return np.asarray(np.minimum(date, dates - days) - np.maximum(0, date - days + 1) + 1)
