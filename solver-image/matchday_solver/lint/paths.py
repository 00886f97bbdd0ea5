"""Paths of the facts and rules in a league that counts rest on, those alone that bind."""

from collections.abc import Iterable

from matchday_api.league import League, LockedGame

Paths = tuple[str, ...]


def dates_of_team(league: League, team: int) -> Paths:
    """The facts that keep a team from playing on a date."""
    record = league.teams[team]
    clubs = [c for c, club in enumerate(league.clubs) if club.name == record.club]
    closed = [
        *((f"teams[{team}].closedDates",) if record.closed_dates else ()),
        *((f"teams[{team}].homeClosedDates",) if record.home_closed_dates else ()),
        *((f"teams[{team}].awayClosedDates",) if record.away_closed_dates else ()),
        *(f"clubs[{c}].closedDates" for c in clubs if league.clubs[c].closed_dates),
    ]
    return (*closed, *season(league))


def season(league: League) -> Paths:
    """The season's closed dates, where it has any."""
    return ("season.closedDates",) if league.season.closed_dates else ()


def pace(league: League) -> Paths:
    """The rules that limit how densely a team plays."""
    return (*windows(league, "maxGames"), "rules.doubleheaders")


def windows(league: League, kind: str) -> Paths:
    """The hard entries of `maxGames` or `minGames`."""
    entries = league.rules.max_games if kind == "maxGames" else league.rules.min_games
    return tuple(f"rules.{kind}[{n}]" for n, entry in enumerate(entries) if entry.is_hard)


def venue(league: League, number: int) -> Paths:
    """The facts that limit what a venue offers."""
    record, own = league.venues[number], f"venues[{number}]"
    return (
        f"{own}.courts",
        *((f"{own}.openDates",) if record.open_dates is not None else ()),
        *((f"{own}.closedDates",) if record.closed_dates else ()),
        *((f"{own}.starts",) if record.starts is not None else ()),
        *((f"{own}.courtsOn",) if record.courts_on else ()),
    )


def venues(league: League, numbers: Iterable[int]) -> Paths:
    """The facts that limit what some venues offer together."""
    return tuple(path for number in numbers for path in venue(league, number))


def division(league: League, number: int) -> Paths:
    """What a division asks for: its games and where they may be."""
    record, own = league.divisions[number], f"divisions[{number}]"
    return (
        f"{own}.gamesPerTeam",
        *((f"{own}.venueFeatures",) if record.venue_features else ()),
        *((f"{own}.playAt",) if record.play_at == "HomeVenue" else ()),
    )


def forbidden(league: League, team: int) -> Paths:
    """The forbidden pairs of a team."""
    name = league.teams[team].name
    return tuple(f"forbiddenPairs[{n}]" for n, p in enumerate(league.forbidden_pairs) if name in p)


def coaching(league: League, teams: Iterable[int]) -> Paths:
    """The rule that a coach is at one game at a time, and what binds teams by it."""
    rules = league.rules
    return (
        *(f"teams[{t}].coaches" for t in teams),
        "rules.coachOneGameAtATime",
        *(("rules.travelMinutes",) if rules.travel_minutes else ()),
    )


def locked(league: League, game: LockedGame) -> Paths:
    """All places at which a game is locked."""
    return tuple(f"lockedGames[{n}]" for n, g in enumerate(league.locked_games) if g == game)
