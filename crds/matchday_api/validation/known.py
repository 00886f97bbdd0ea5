"""What a league's names stand for, and what follows for each team."""

from collections.abc import Iterable
from typing import TypeVar

from matchday_api.league import Club, Division, League, Team, Venue

Named = TypeVar("Named", Division, Club, Team, Venue)


class Known:
    """A league by its names; of two things with one name the first counts."""

    def __init__(self, league: League) -> None:
        self.league = league
        self.divisions = _first(league.divisions)
        self.clubs = _first(league.clubs)
        self.teams = _first(league.teams)
        self.venues = _first(league.venues)


def _first(things: Iterable[Named]) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for thing in things:
        found.setdefault(thing.name, thing)
    return found
