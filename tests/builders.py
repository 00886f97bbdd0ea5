"""Small leagues and games for tests: a test names only what matters to it."""

from collections.abc import Sequence
from typing import Any

from bench.families import no_preferences
from matchday_api.base import clock, minutes
from matchday_api.checker import CheckReport, check
from matchday_api.league import League
from matchday_api.problem import EarlierSchedule
from matchday_api.read import read_league
from matchday_api.request import Completeness
from matchday_api.schedule import Game, Unplaced

HOURLY = [f"{hour:02d}:00" for hour in range(9, 20)]
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]


def league_document(teams: str | Sequence[dict[str, Any]] = "ABCD", **changed: Any) -> Any:
    """A league as a user writes it: one division U12, one gym, every hour but on Sundays.

    Teams are letters, or records that lack only their division.
    """
    records = [{"name": team} if isinstance(team, str) else team for team in teams]
    return {
        "season": {"start": "2026-01-05", "end": "2026-02-28"},
        "slots": [{"days": WEEKDAYS, "starts": HOURLY}],
        "divisions": [{"name": "U12", "gamesPerTeam": 8, "maxMeetings": 20}],
        "teams": [{"division": "U12", **record} for record in records],
        "venues": [{"name": "Gym", "courts": 2}],
    } | changed


def division(name: str = "U12", **changed: Any) -> dict[str, Any]:
    """A division in which nothing is tight."""
    return {"name": name, "gamesPerTeam": 8, "maxMeetings": 20} | changed


def only(**preferences: Any) -> dict[str, Any]:
    """Preferences of which only some are on."""
    return no_preferences() | preferences


def league(teams: str | Sequence[dict[str, Any]] = "ABCD", **changed: Any) -> League:
    """The league of `league_document`, valid but for an odd number of halves of games."""
    return read_league(league_document(teams, **changed), Completeness.BEST_EFFORT)


def game(
    pair: str,
    day: str = "2026-01-10",
    start: str = "09:00",
    venue: str = "Gym",
    **changed: Any,
) -> Game:
    """A game such as `A-B`, home team first, of 60 minutes on court 1."""
    home, away = pair.split("-")
    lasts = changed.pop("lasts", 60)
    fields = {
        "id": f"{pair} {day} {start}",
        "division": "U12",
        "home": home,
        "away": away,
        "date": day,
        "start": start,
        "end": clock(minutes(start) + lasts),
        "venue": venue,
        "court": 1,
    }
    return Game.model_validate(fields | changed)


def lacking(missing: int, *teams: str) -> Unplaced:
    """An entry of `unplaced` for a team or a pair."""
    return Unplaced(division="U12", teams=teams, missing=missing, reason="no room")


def reported(of: League, games: Sequence[Game]) -> list[Unplaced]:
    """Entries that report every missing game, each for one team."""
    wanted = {division.name: division.games_per_team for division in of.divisions}
    short = {
        team.name: wanted[team.division] - sum(team.name in (g.home, g.away) for g in games)
        for team in of.teams
    }
    divisions = {team.name: team.division for team in of.teams}
    return [
        Unplaced(division=divisions[name], teams=(name,), missing=number, reason="no room")
        for name, number in short.items()
        if number > 0
    ]


def checked(of: League, *games: Game, earlier: EarlierSchedule | None = None) -> CheckReport:
    """The report on a schedule that tells all it lacks."""
    return check(of, games, reported(of, games), earlier)


def broken(of: League, *games: Game, earlier: EarlierSchedule | None = None) -> list[str]:
    """The rules that a schedule breaks, with every shortage reported."""
    return [found.rule for found in checked(of, *games, earlier=earlier).violations]


def units(term: str, of: League, *games: Game) -> int:
    """Units of one soft term in a schedule."""
    return checked(of, *games).terms[term]
