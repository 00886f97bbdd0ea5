"""Rule 5: dates on which nobody, a team or a club does not play."""

from collections.abc import Iterator
from datetime import date

from matchday_api.checker.timetable import Played, Timetable, violation
from matchday_api.faults import quoted
from matchday_api.schedule import Violation


def games_are_in_the_season(table: Timetable) -> Iterator[Violation]:
    """No game before the season, after it, or on one of its closed dates."""
    season = table.league.season
    for play in table.played:
        if play.frozen:
            continue
        if not season.start <= play.date <= season.end:
            yield violation("season", f"{play.date} is outside the season", [play])
        elif play.date in season.closed_dates:
            message = f"the season is closed on {play.date}"
            yield violation("season.closedDates", message, [play])


def nobody_plays_on_closed_dates(table: Timetable) -> Iterator[Violation]:
    """No game of a team on a date that it, or its club, is closed, at home or away."""
    for play in table.played:
        if play.frozen:
            continue
        for rule, closed, words in _closed(table, play):
            if play.date in closed:
                yield violation(rule, f"{words} on {play.date}", [play])


def _closed(table: Timetable, play: Played) -> Iterator[tuple[str, tuple[date, ...], str]]:
    for team in play.teams:
        rule, name = table.facts.path("teams", team.name), quoted(team.name)
        yield f"{rule}.closedDates", team.closed_dates, f"{name} does not play"
        if (club := table.facts.club(team)) is not None:
            rule = f"{table.facts.path('clubs', club.name)}.closedDates"
            yield rule, club.closed_dates, f"{quoted(club.name)} does not play"
    rule = table.facts.path("teams", play.home.name)
    words = f"{quoted(play.home.name)} is not at home"
    yield f"{rule}.homeClosedDates", play.home.home_closed_dates, words
    rule = table.facts.path("teams", play.away.name)
    words = f"{quoted(play.away.name)} does not play away"
    yield f"{rule}.awayClosedDates", play.away.away_closed_dates, words
