"""What a league says of its teams, venues and dates, looked up by name."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from matchday_api.base import minutes
from matchday_api.league import Club, Division, League, Team, Venue, Weekday

Named = TypeVar("Named", Division, Club, Team, Venue)


class Facts:
    """A valid league as the checker asks it."""

    def __init__(self, league: League) -> None:
        self.league = league
        self.divisions = _by_name(league.divisions)
        self.clubs = _by_name(league.clubs)
        self.teams = _by_name(league.teams)
        self.venues = _by_name(league.venues)
        self.dates = league.season.dates()
        self.forbidden = {
            frozenset(pair): f"forbiddenPairs[{n}]" for n, pair in enumerate(league.forbidden_pairs)
        }
        self._starts = {day: _starts(league, day) for day in Weekday}
        self._places = {
            key: {thing.name: f"{key}[{n}]" for n, thing in enumerate(things)}
            for key, things in _lists(league).items()
        }

    def path(self, key: str, name: str) -> str:
        """The path of a named thing: ("teams", "A") gives `teams[0]`."""
        return self._places[key][name]

    def length(self, division: Division) -> int:
        """Minutes of a game of the division."""
        return division.game_minutes or self.league.game_minutes

    def club(self, team: Team) -> Club | None:
        """The team's club, if it has one."""
        return None if team.club is None else self.clubs[team.club]

    def region(self, team: Team) -> str | None:
        """The team's region, or its club's."""
        club = self.club(team)
        return team.region or (club.region if club else None)

    def home_venue(self, team: Team) -> str | None:
        """The team's home venue, or its club's."""
        club = self.club(team)
        return team.home_venue or (club.home_venue if club else None)

    def starts_on(self, day: date) -> dict[int, bool]:
        """Starts that the league offers on a date, in minutes, and whether each is unpopular."""
        return self._starts[Weekday.of(day)]

    def starts_at(self, venue: Venue, day: date) -> list[int]:
        """Starts that the league and the venue offer on a date, in minutes."""
        offered = self.starts_on(day)
        if venue.starts is None:
            return list(offered)
        return [start for start in {minutes(s) for s in venue.starts} if start in offered]


def _by_name(things: Iterable[Named]) -> dict[str, Named]:
    return {thing.name: thing for thing in things}


def _lists(league: League) -> dict[str, Iterable[Division | Club | Team | Venue]]:
    return {
        "divisions": league.divisions,
        "clubs": league.clubs,
        "teams": league.teams,
        "venues": league.venues,
    }


def _starts(league: League, day: Weekday) -> dict[int, bool]:
    found: dict[int, bool] = {}
    for rule in league.slots:
        if day in rule.days:
            for start in map(minutes, rule.starts):
                found[start] = found.get(start, False) or rule.unpopular
    return found
