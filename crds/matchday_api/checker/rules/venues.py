"""Rule 4: where and when games can be, and who is at home."""

from collections.abc import Iterator

from matchday_api.base import minutes
from matchday_api.checker.timetable import Played, Timetable, breaks, violation
from matchday_api.faults import counted, quoted
from matchday_api.league import PlayAt
from matchday_api.schedule import Violation

MIDNIGHT = 24 * 60


def courts_exist(table: Timetable) -> Iterator[Violation]:
    """Court numbers run from 1 to the courts that the venue has on the date."""
    for play in _to_blame(table):
        venue, rule = play.venue, table.facts.path("venues", play.venue.name)
        special = venue.courts_on.get(play.date)
        courts = venue.courts if special is None else special
        if not 1 <= play.game.court <= courts:
            key = "courts" if special is None else f"courtsOn[{play.date}]"
            message = (
                f"{quoted(venue.name)} has {counted(courts, 'court')} on {play.date}, not a"
                f" court {play.game.court}"
            )
            yield violation(f"{rule}.{key}", message, [play])


def venues_are_open(table: Timetable) -> Iterator[Violation]:
    """A game is on an open date of its venue."""
    for play in _to_blame(table):
        rule = table.facts.path("venues", play.venue.name)
        message = f"{quoted(play.venue.name)} is closed on {play.date}"
        if play.venue.open_dates is not None and play.date not in play.venue.open_dates:
            yield violation(f"{rule}.openDates", message, [play])
        elif play.date in play.venue.closed_dates:
            yield violation(f"{rule}.closedDates", message, [play])


def starts_are_offered(table: Timetable) -> Iterator[Violation]:
    """A game starts when the league, and the venue, let games start on that weekday."""
    for play in _to_blame(table):
        if play.start not in table.facts.starts_on(play.date):
            message = f"no game may start at {play.game.start} on {play.date:%A}s"
            yield violation("slots", message, [play])
        elif play.venue.starts is not None and play.start not in map(minutes, play.venue.starts):
            rule = f"{table.facts.path('venues', play.venue.name)}.starts"
            message = f"no game may start at {play.game.start} in {quoted(play.venue.name)}"
            yield violation(rule, message, [play])


def games_end_by_midnight(table: Timetable) -> Iterator[Violation]:
    """A game ends on the date on which it starts, at 24:00 at the latest."""
    for play in _to_blame(table):
        if play.end > MIDNIGHT:
            yield violation("gameMinutes", "the game ends after midnight", [play])


def venues_have_the_features(table: Timetable) -> Iterator[Violation]:
    """A venue has all features that the division asks for."""
    for play in _to_blame(table):
        lacking = [f for f in play.division.venue_features if f not in play.venue.features]
        if lacking:
            rule = f"{table.facts.path('divisions', play.division.name)}.venueFeatures"
            message = f"{quoted(play.venue.name)} has no {quoted(lacking[0])}"
            yield violation(rule, message, [play])


def games_are_at_the_home_venue(table: Timetable) -> Iterator[Violation]:
    """With `playAt: HomeVenue` a game is at the home team's home venue."""
    for play in _to_blame(table):
        if play.division.play_at is not PlayAt.HOME_VENUE:
            continue
        if table.facts.home_venue(play.home) != play.venue.name:
            rule = f"{table.facts.path('divisions', play.division.name)}.playAt"
            message = f"{quoted(play.venue.name)} is not home to {quoted(play.home.name)}"
            yield violation(rule, message, [play])


def home_games_of_a_pair_are_balanced(table: Timetable) -> Iterator[Violation]:
    """With `playAt: HomeVenue` a pair's home games against each other differ by one at most."""
    for plays in table.by_pair.values():
        division, host = plays[0].division, plays[0].home.name
        homes = sum(play.home.name == host for play in plays)
        if division.play_at is not PlayAt.HOME_VENUE or not breaks(plays):
            continue
        if abs(2 * homes - len(plays)) > 1:
            rule = f"{table.facts.path('divisions', division.name)}.playAt"
            message = f"{quoted(host)} is at home in {homes} of {len(plays)} games of a pair"
            yield violation(rule, message, plays)


def hosts_are_at_home(table: Timetable) -> Iterator[Violation]:
    """A game at the home venue of exactly one of its teams has that team at home."""
    for play in _to_blame(table):
        here = [t for t in play.teams if table.facts.home_venue(t) == play.venue.name]
        if len(here) == 1 and here[0].name == play.away.name:
            rule = f"{table.facts.path('teams', play.away.name)}.homeVenue"
            message = f"{quoted(play.away.name)} is away at its own {quoted(play.venue.name)}"
            yield violation(rule, message, [play])


def _to_blame(table: Timetable) -> Iterator[Played]:
    return (play for play in table.played if not play.frozen)
