"""The fixed games of an instance as records, with their places in the league."""

from dataclasses import dataclass
from datetime import date

from matchday_api.base import clock, minutes
from matchday_solver.lint.reach import Reach


@dataclass(frozen=True)
class Fixed:
    """A locked or frozen game."""

    teams: tuple[int, int]
    """Home, then away."""
    day: int
    """Index of the date."""
    start: int
    end: int
    """Minutes from midnight."""
    slot: int
    length: int
    """Index into Calendar.lengths."""
    venue: int
    path: str
    """`lockedGames[n]`; empty for a frozen game."""

    @property
    def begins(self) -> str:
        """Its start as HH:MM."""
        return clock(self.start)


def fixed_games(reach: Reach) -> list[Fixed]:
    """All fixed games in the order of date and start."""
    games, cal = reach.instance.fixed, reach.instance.calendar
    numbers = _numbers(reach)
    found = []
    for g in range(len(games)):
        slot, length, venue = int(games.slot[g]), int(games.length[g]), int(games.venue[g])
        teams = (int(games.home[g]), int(games.away[g]))
        day, start = int(cal.slot_date[slot]), int(cal.slot_start[slot])
        number = numbers.get((*teams, cal.dates[day], start, venue))
        frozen = bool(games.frozen[g]) or number is None
        path = "" if frozen else f"lockedGames[{number}]"
        end = start + int(cal.lengths[length])
        found.append(Fixed(teams, day, start, end, slot, length, venue, path))
    return sorted(found, key=lambda game: (game.day, game.start, game.end))


def _numbers(reach: Reach) -> dict[tuple[int, int, date, int, int], int]:
    """Position of each locked game in the league, the first of equal ones."""
    team = {name: t for t, name in enumerate(reach.instance.teams.names)}
    venue = {name: v for v, name in enumerate(reach.instance.venues.names)}
    numbers: dict[tuple[int, int, date, int, int], int] = {}
    for n, g in enumerate(reach.league.locked_games):
        key = (team[g.home], team[g.away], g.date, minutes(g.start), venue[g.venue])
        numbers.setdefault(key, n)
    return numbers
