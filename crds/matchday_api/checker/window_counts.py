"""How many games of a team lie in each window of consecutive dates of the season."""

from collections.abc import Iterator
from datetime import date
from itertools import accumulate

from matchday_api.checker.timetable import Timetable


def window_counts(table: Timetable, team: str, days: int) -> list[int]:
    """Games in the windows of that many dates, by the window's first date in the season.

    There is one window, the season, where it is shorter.
    """
    dates = table.facts.dates
    first = dates[0].toordinal()
    games = [0] * len(dates)
    for play in table.by_team[team]:
        position = play.date.toordinal() - first
        if 0 <= position < len(dates):
            games[position] += 1
    days = min(days, len(dates))
    sums = [0, *accumulate(games)]
    return [after - before for before, after in zip(sums, sums[days:], strict=False)]


def window_dates(table: Timetable, days: int) -> Iterator[tuple[date, date]]:
    """First and last date of every window, in the order of `window_counts`."""
    dates = table.facts.dates
    yield from zip(dates, dates[min(days, len(dates)) - 1 :], strict=False)
