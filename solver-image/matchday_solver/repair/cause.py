"""Why a game of an earlier schedule cannot stay where it was."""

from datetime import date

import numpy as np

from matchday_api.base import clock
from matchday_solver.instance import EarlierGames, Instance, Mask


def causes(instance: Instance, games: EarlierGames) -> tuple[str, ...]:
    """For each game what forbids it by itself; empty for a game that may stay."""
    rows = zip(games.home, games.away, games.slot, games.venue, games.frozen, strict=True)
    return tuple("" if row[4] else _cause(instance, *(int(n) for n in row[:4])) for row in rows)


def may_stay(instance: Instance, games: EarlierGames) -> Mask:
    """(E,) games that nothing forbids by itself."""
    return np.array([not cause for cause in causes(instance, games)], np.bool_)


def _cause(instance: Instance, home: int, away: int, slot: int, venue: int) -> str:
    return (
        _of_pair(instance, home, away)
        or _of_venue(instance, home, slot, venue)
        or _of_teams(instance, home, away, slot)
        or _of_home(instance, home, away, venue)
    )


def _of_pair(instance: Instance, home: int, away: int) -> str:
    if instance.may_meet(home, away):
        return ""
    teams = instance.teams
    return f"{teams.names[home]} and {teams.names[away]} may not meet any more"


def _of_venue(instance: Instance, home: int, slot: int, venue: int) -> str:
    cal, venues, divisions = instance.calendar, instance.venues, instance.divisions
    name, day, d = venues.names[venue], _day(instance, slot), int(instance.teams.division[home])
    if not cal.playable[cal.slot_date[slot]]:
        return f"nobody plays on {day}"
    if venues.courts[cal.slot_date[slot], venue] == 0:
        return f"{name} is closed on {day}"
    if not venues.open[slot, venue] or not cal.fits[slot, divisions.length[d]]:
        return f"{name} has no game at {clock(int(cal.slot_start[slot]))} on {day}"
    if not divisions.suitable[d, venue]:
        return f"{name} does not suit {divisions.names[d]}"
    return ""


def _of_teams(instance: Instance, home: int, away: int, slot: int) -> str:
    teams, day = instance.teams, int(instance.calendar.slot_date[slot])
    for team, side, what in ((home, teams.home_closed, "home"), (away, teams.away_closed, "away")):
        if teams.closed[team, day]:
            return f"{teams.names[team]} does not play on {_day(instance, slot)}"
        if side[team, day]:
            return f"{teams.names[team]} has no {what} game on {_day(instance, slot)}"
    return ""


def _of_home(instance: Instance, home: int, away: int, venue: int) -> str:
    homes, division = instance.teams.home, instance.teams.division[home]
    name = str(instance.venues.names[venue])
    if homes[away] == venue and homes[home] != venue:
        return f"{name} is the home venue of {instance.teams.names[away]}"
    if instance.divisions.home_only[division] and homes[home] != venue:
        return f"{name} is not the home venue of {instance.teams.names[home]}"
    return ""


def _day(instance: Instance, slot: int) -> str:
    day: date = instance.calendar.dates[instance.calendar.slot_date[slot]]
    return day.isoformat()
