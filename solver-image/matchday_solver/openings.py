"""Where teams could play if there were no other game, and why that may be nowhere."""

from dataclasses import dataclass

import numpy as np

from matchday_solver.instance import Instance, Longs, Mask

NO_START = "no date of the season has a start"
SEASON_CLOSED = "every date of the season that has starts is closed{or_frozen}"
NO_VENUE = "no {venue} has all the features that {division} asks for"
NO_COURT = "no suitable {venue} has a court on an open date"
NEVER_OFFERED = "no suitable {venue} has a start on the dates on which it is open"
TOO_LONG = "a game of {minutes} minutes ends after midnight at every start of a suitable {venue}"


@dataclass(frozen=True)
class Openings:
    """(S,) starts at venues: the same start at two venues is there twice."""

    slot: Longs
    venue: Longs
    date: Longs

    def __len__(self) -> int:
        return len(self.slot)


def openings(instance: Instance, teams: tuple[int, ...]) -> Openings:
    """Starts at suitable venues for two teams, or for one and whomever it may meet."""
    cal, division = instance.calendar, instance.teams.division[teams[0]]
    fits = cal.fits[:, instance.divisions.length[division], None]
    slot, venue = np.nonzero(instance.venues.open & fits & suitable_venues(instance, teams))
    return Openings(slot, venue, cal.slot_date[slot].astype(np.int64))


def why_nowhere(instance: Instance, teams: tuple[int, ...]) -> str:
    """Why there are no openings for the teams."""
    cal, divisions = instance.calendar, instance.divisions
    division = instance.teams.division[teams[0]]
    lack = _first_lack(instance, suitable_venues(instance, teams))
    return lack.format(
        division=divisions.names[division],
        venue="home venue of theirs" if divisions.home_only[division] else "venue",
        minutes=int(cal.lengths[divisions.length[division]]),
        or_frozen=" or frozen" if cal.frozen else "",
    )


def _first_lack(instance: Instance, suitable: Mask) -> str:
    """What there is not for games at suitable venues (V,), the most general first."""
    cal, venues = instance.calendar, instance.venues
    if not cal.playable[cal.slot_date].any():
        return SEASON_CLOSED if len(cal.slot_date) else NO_START
    if not suitable.any():
        return NO_VENUE
    if not venues.courts[cal.playable][:, suitable].any():
        return NO_COURT
    return TOO_LONG if venues.open[:, suitable].any() else NEVER_OFFERED


def suitable_venues(instance: Instance, teams: tuple[int, ...]) -> Mask:
    """(V,) venues at which the teams may play, whether open or not."""
    suitable = instance.divisions.suitable[instance.teams.division[teams[0]]]
    return np.asarray(suitable & _at_home(instance, teams))


def _at_home(instance: Instance, teams: tuple[int, ...]) -> Mask:
    """(V,) home venues of the teams where games have to be at one, else all venues."""
    divisions, division = instance.divisions, instance.teams.division[teams[0]]
    if not divisions.home_only[division]:
        return np.ones(len(instance.venues.names), np.bool_)
    hosts = list(teams)
    if len(teams) == 1:
        others = divisions.may_meet[division][instance.teams.place[teams[0]]]
        hosts += divisions.teams[division][others].tolist()
    return np.isin(np.arange(len(instance.venues.names)), instance.teams.home[hosts])
