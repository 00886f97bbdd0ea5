"""Locked games that are impossible by themselves.

Locked games that only clash with each other, or with the rest, are for the solver to tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from matchday_api.base import minutes
from matchday_api.faults import Fault, quoted
from matchday_api.league import Division, LockedGame, PlayAt, Team, Venue, Weekday
from matchday_api.validation.dates import outside
from matchday_api.validation.known import Known

MIDNIGHT = 24 * 60

PLAYED = (
    "; once it is played, take it from lockedGames: a repair keeps it by changes.frozenBefore "
    "(--frozen-before)"
)
"""What to do where a venue is closed after a locked game."""


@dataclass(frozen=True)
class _Lock:
    """A locked game with its names looked up, as far as they are known."""

    known: Known
    path: str
    game: LockedGame
    home: Team | None
    away: Team | None
    venue: Venue | None

    @property
    def division(self) -> Division | None:
        """The home team's division."""
        return self.known.divisions.get(self.home.division) if self.home else None

    def fault(self, key: str, message: str) -> Fault:
        """A fault of one of its fields."""
        return Fault(f"{self.path}.{key}", message)


def faults(known: Known) -> Iterator[Fault]:
    """Faults of `lockedGames`, each by itself."""
    first: dict[LockedGame, int] = {}
    for n, game in enumerate(known.league.locked_games):
        path = f"lockedGames[{n}]"
        earlier = first.setdefault(game, n)
        if earlier != n:
            yield Fault(path, f"the game is given by lockedGames[{earlier}] already; remove one")
        home, away = known.teams.get(game.home), known.teams.get(game.away)
        lock = _Lock(known, path, game, home, away, known.venues.get(game.venue))
        for check in (_names, _opponents, _team_dates, _start, _venue, _venue_date, _host):
            yield from check(lock)


def _names(lock: _Lock) -> Iterator[Fault]:
    known, game = lock.known, lock.game
    yield from known.unknown(f"{lock.path}.home", "team", game.home, known.teams)
    yield from known.unknown(f"{lock.path}.away", "team", game.away, known.teams)
    yield from known.unknown(f"{lock.path}.venue", "venue", game.venue, known.venues)


def _opponents(lock: _Lock) -> Iterator[Fault]:
    if lock.home is None or lock.away is None:
        return
    if (reason := lock.known.why_not(lock.home, lock.away)) is not None:
        names = f"{quoted(lock.home.name)} and {quoted(lock.away.name)}"
        yield lock.fault("away", f"{names} can never meet: {reason}")


def _team_dates(lock: _Lock) -> Iterator[Fault]:
    day, season = lock.game.date, lock.known.league.season
    yield from outside(lock.known, f"{lock.path}.date", day)
    if day in season.closed_dates:
        yield lock.fault("date", f"{day} is one of season.closedDates")
    for team in filter(None, (lock.home, lock.away)):
        club = lock.known.club(team)
        if day in team.closed_dates:
            yield lock.fault("date", f"{day} is one of the closedDates of {quoted(team.name)}")
        if club is not None and day in club.closed_dates:
            yield lock.fault("date", f"{day} is one of the closedDates of {quoted(club.name)}")
    if lock.home is not None and day in lock.home.home_closed_dates:
        message = f"{day} is one of the homeClosedDates of {quoted(lock.home.name)}"
        yield lock.fault("date", message)
    if lock.away is not None and day in lock.away.away_closed_dates:
        message = f"{day} is one of the awayClosedDates of {quoted(lock.away.name)}"
        yield lock.fault("date", message)


def _start(lock: _Lock) -> Iterator[Fault]:
    start, weekday = minutes(lock.game.start), Weekday.of(lock.game.date)
    offered = lock.known.starts[weekday]
    if start not in offered:
        yield lock.fault("start", f"slots offers no {lock.game.start} on {weekday}")
    elif lock.venue is not None and start not in _own_starts(lock.venue, offered):
        message = f"{quoted(lock.venue.name)} offers no {lock.game.start} in its starts"
        yield lock.fault("start", message)
    if lock.division is not None:
        length = lock.division.game_minutes or lock.known.league.game_minutes
        if start + length > MIDNIGHT:
            message = f"a game of {length} minutes from {lock.game.start} ends after midnight"
            yield lock.fault("start", message)


def _own_starts(venue: Venue, offered: set[int]) -> set[int]:
    return offered if venue.starts is None else set(map(minutes, venue.starts))


def _venue(lock: _Lock) -> Iterator[Fault]:
    venue, division = lock.venue, lock.division
    if venue is None or division is None:
        return
    needed = [name for name in division.venue_features if name in lock.known.features]
    lacking = [name for name in needed if name not in venue.features]
    if lacking:
        message = f"{quoted(venue.name)} has no {quoted(lacking[0])}, which the division needs"
        yield lock.fault("venue", message)
    at_home = division.play_at is PlayAt.HOME_VENUE
    if at_home and lock.home is not None and lock.known.is_home_known(lock.home):
        home_venue = lock.known.home_venue(lock.home)
        if home_venue is not None and home_venue != venue.name:
            message = f"must be the home venue of {quoted(lock.home.name)}, {quoted(home_venue)}"
            yield lock.fault("venue", message)


def _venue_date(lock: _Lock) -> Iterator[Fault]:
    venue, day = lock.venue, lock.game.date
    if venue is None:
        return
    name = quoted(venue.name)
    if venue.open_dates is not None and day not in venue.open_dates:
        yield lock.fault("venue", f"{day} is not one of the openDates of {name}{PLAYED}")
    if day in venue.closed_dates:
        yield lock.fault("venue", f"{day} is one of the closedDates of {name}{PLAYED}")
    if venue.courts_on.get(day, venue.courts) == 0:
        yield lock.fault("venue", f"{name} has no court on {day}")


def _host(lock: _Lock) -> Iterator[Fault]:
    if lock.venue is None or lock.home is None or lock.away is None:
        return
    if not lock.known.is_home_known(lock.home):
        return
    at_home = [lock.known.home_venue(team) == lock.venue.name for team in (lock.home, lock.away)]
    if at_home == [False, True]:
        message = (
            f"{quoted(lock.venue.name)} is the home venue of {quoted(lock.away.name)} alone,"
            " which must be at home then; swap home and away"
        )
        yield lock.fault("home", message)
