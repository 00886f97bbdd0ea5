"""Rule 6: how many games a team plays in any window of consecutive dates."""

from collections.abc import Iterator
from datetime import date

from matchday_api.checker.timetable import Played, Timetable, breaks, violation
from matchday_api.checker.window_counts import window_counts, window_dates
from matchday_api.faults import quoted
from matchday_api.league import WindowRule
from matchday_api.schedule import Violation


def windows_hold_at_most(table: Timetable) -> Iterator[Violation]:
    """No window holds more games of a team than a hard entry of `maxGames` allows.

    Windows that hold the same games are one violation.
    """
    for n, entry in enumerate(table.league.rules.max_games):
        if entry.is_hard:
            for team in table.league.teams:
                for plays in _crowds(table, team.name, entry):
                    message = (
                        f"{quoted(team.name)} plays {len(plays)} games from {plays[0].date} to"
                        f" {plays[-1].date}, at most {entry.games} in {entry.days} dates allowed"
                    )
                    yield violation(f"rules.maxGames[{n}]", message, plays)


def windows_hold_at_least(table: Timetable) -> Iterator[Violation]:
    """No window holds fewer games of a team than a hard entry of `minGames` asks for.

    Windows that follow each other directly are one violation.
    """
    for n, _, message in idle(table):
        yield violation(f"rules.minGames[{n}]", message)


def idle(table: Timetable) -> Iterator[tuple[int, str, str]]:
    """Those windows: the number of the entry, the team, and what to tell."""
    for n, entry in enumerate(table.league.rules.min_games):
        if not entry.is_hard:
            continue
        windows = list(window_dates(table, entry.days))
        for team in table.league.teams:
            counts = window_counts(table, team.name, entry.days)
            poor = [
                games < entry.games and not table.is_frozen_date(last)
                for (_, last), games in zip(windows, counts, strict=True)
            ]
            for start, stop in _runs(poor):
                message = (
                    f"{quoted(team.name)} plays fewer than {entry.games} games in"
                    f" {entry.days} dates from {windows[start][0]} to {windows[stop][1]}"
                )
                yield n, team.name, message


def _crowds(table: Timetable, team: str, entry: WindowRule) -> Iterator[list[Played]]:
    """The games of each window that holds too many, every set of games once."""
    told: set[tuple[date, date]] = set()
    counts = window_counts(table, team, entry.days)
    for (first, last), games in zip(window_dates(table, entry.days), counts, strict=True):
        if games > entry.games:
            plays = [play for play in table.by_team[team] if first <= play.date <= last]
            ends = plays[0].date, plays[-1].date
            if ends not in told and breaks(plays):
                told.add(ends)
                yield plays


def _runs(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """First and last position of every run of true values."""
    start = None
    for n, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = n
        elif not flag and start is not None:
            yield start, n - 1
            start = None
