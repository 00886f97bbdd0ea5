"""A team's games as an iCalendar file (RFC 5545)."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Event, Timezone

from matchday_api import __version__
from matchday_api.base import minutes
from matchday_api.league import Season
from matchday_api.schedule import Game
from matchday_cli.show.by import by_team

PRODUCT = "-//matchday.dev//matchday"


class Calendars:
    """Makes the calendars of one schedule."""

    def __init__(self, season: Season | None, made_at: datetime) -> None:
        """Without a season, and so without its time zone, times are of wherever one looks."""
        self._made_at = made_at.astimezone(UTC)
        self._season = str(season.start) if season else ""
        self._zone = _zone(season)
        self._rules = _rules(self._zone, season)

    def of_teams(self, games: Iterable[Game]) -> Iterator[tuple[str, bytes]]:
        """Each team that plays, and its calendar."""
        for team, its in by_team(games).items():
            yield team, self.of_team(team, its)

    def of_team(self, team: str, games: Iterable[Game]) -> bytes:
        """The calendar of one team."""
        calendar = Calendar()
        calendar.add("prodid", f"{PRODUCT} {__version__}//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", team)
        if self._rules is not None:
            calendar.add_component(self._rules)
        for game in games:
            calendar.add_component(self._event(game))
        return bytes(calendar.to_ical())

    def _event(self, game: Game) -> Event:
        event = Event()
        event.add("uid", uid(game, self._season))
        event.add("dtstamp", self._made_at)
        event.add("dtstart", self._moment(game.date, game.start))
        event.add("dtend", self._moment(game.date, game.end))
        event.add("summary", f"{game.home} - {game.away}")
        event.add("location", f"{game.venue}, court {game.court}")
        event.add("description", f"{game.division}. Home: {game.home}. Away: {game.away}.")
        return event

    def _moment(self, day: date, clock: str) -> datetime:
        """A local moment; 24:00 is midnight of the next date."""
        moment = datetime.combine(day, time()) + timedelta(minutes=minutes(clock))
        return moment.replace(tzinfo=self._zone)


def uid(game: Game, season: str) -> str:
    """The event's identity: it stays when the game moves, so that calendars move it, too.

    The season's start and the teams are part of it, since ids of other leagues may be alike.
    """
    key = "\n".join([season, game.id, game.division, *sorted((game.home, game.away))])
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@matchday.dev"


def _zone(season: Season | None) -> ZoneInfo | None:
    try:
        return None if season is None else ZoneInfo(season.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _rules(zone: ZoneInfo | None, season: Season | None) -> Timezone | None:
    """The time zone's rules during the season; UTC needs none."""
    if zone is None or season is None or zone.key in ("UTC", "Etc/UTC"):
        return None
    return Timezone.from_tzid(
        zone.key,
        first_date=season.start - timedelta(1),
        last_date=season.end + timedelta(2),
    )
