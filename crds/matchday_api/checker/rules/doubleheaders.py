"""Rule 7: two games of a team on one date."""

from collections.abc import Iterator
from itertools import groupby, pairwise

from matchday_api.checker.timetable import Played, Timetable, breaks, violation
from matchday_api.faults import counted, quoted
from matchday_api.schedule import Violation


def dates_hold_at_most_two_games(table: Timetable) -> Iterator[Violation]:
    """No team has three games on a date."""
    for name, plays in _shared_dates(table):
        if len(plays) > 2:
            message = f"{quoted(name)} has {len(plays)} games on {plays[0].date}"
            yield violation("rules.doubleheaders", message, plays)


def doubleheaders_are_few(table: Timetable) -> Iterator[Violation]:
    """A team has at most `maxPerTeam` dates with two games; none where there is no such rule."""
    most = _most(table)
    by_team: dict[str, list[list[Played]]] = {}
    for name, plays in _shared_dates(table, judged=False):
        by_team.setdefault(name, []).append(plays)
    for name, dates in by_team.items():
        plays = [play for plays in dates for play in plays]
        if len(dates) > most and breaks(plays):
            message = (
                f"{quoted(name)} has {counted(len(dates), 'date')} with two games, {most} allowed"
            )
            yield violation("rules.doubleheaders.maxPerTeam", message, plays)


def doubleheaders_are_at_one_venue(table: Timetable) -> Iterator[Violation]:
    """Both games of a doubleheader are at one venue."""
    for name, plays in _allowed(table):
        if len({play.venue.name for play in plays}) > 1:
            message = f"{quoted(name)} plays at two venues on {plays[0].date}"
            yield violation("rules.doubleheaders", message, plays)


def doubleheaders_are_against_two_opponents(table: Timetable) -> Iterator[Violation]:
    """The games of a doubleheader are against different opponents."""
    for name, plays in _allowed(table):
        if len({play.pair for play in plays}) < len(plays):
            message = f"{quoted(name)} plays one opponent twice on {plays[0].date}"
            yield violation("rules.doubleheaders", message, plays)


def doubleheaders_have_a_break(table: Timetable) -> Iterator[Violation]:
    """`minBreakMinutes` lie between the end of the first game and the start of the second."""
    rule = table.league.rules.doubleheaders
    least = rule.min_break_minutes if rule else 0
    for name, plays in _allowed(table):
        rest = min(later.start - sooner.end for sooner, later in pairwise(plays))
        if 0 <= rest < least:
            message = f"{quoted(name)} rests {rest} minutes on {plays[0].date}, {least} needed"
            yield violation("rules.doubleheaders.minBreakMinutes", message, plays)


def _most(table: Timetable) -> int:
    rule = table.league.rules.doubleheaders
    return rule.max_per_team if rule else 0


def _allowed(table: Timetable) -> Iterator[tuple[str, list[Played]]]:
    """Teams and their games of a date with several, where the rules allow any at all."""
    if _most(table) > 0:
        yield from _shared_dates(table)


def _shared_dates(table: Timetable, judged: bool = True) -> Iterator[tuple[str, list[Played]]]:
    """Teams and their games of a date with several; where judged, not those frozen alone."""
    for name, plays in table.by_team.items():
        for _, group in groupby(plays, key=lambda play: play.date):
            of_date = list(group)
            if len(of_date) > 1 and (not judged or breaks(of_date)):
                yield name, of_date
