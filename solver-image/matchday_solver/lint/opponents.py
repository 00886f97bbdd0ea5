"""Teams that cannot meet as often as they have to."""

from collections.abc import Iterator

import numpy as np

from matchday_api.faults import counted as count
from matchday_solver.instance import Longs, Mask
from matchday_solver.lint import paths
from matchday_solver.lint.finding import Finding, listed
from matchday_solver.lint.reach import Reach
from matchday_solver.lint.teams import short_of


def too_few_opponents(reach: Reach) -> Iterator[Finding]:
    """Teams whose possible opponents do not make their games."""
    divisions = reach.instance.divisions
    for d in np.flatnonzero(reach.demand.required).tolist():
        if _is_nowhere(reach, d):
            yield Finding(_nowhere(reach, d), _nowhere_paths(reach, d))
            continue
        most = meetings(reach, d)
        possible = most.sum(axis=1) + _elsewhere(reach, d)
        # Of a team without any date `too_few_dates` tells.
        dated = reach.most[divisions.teams[d]].any(axis=1)
        short = short_of(reach, d, divisions.games[d] - possible) & dated
        for place in np.flatnonzero(short).tolist():
            row = most[place]
            yield Finding(_few(reach, d, place, row), _few_paths(reach, d, place))


def _is_nowhere(reach: Reach, d: int) -> bool:
    """Whether a division with teams has no date and place at all, nor any given game."""
    members = reach.instance.divisions.teams[d]
    return bool(len(members)) and not (reach.days[d].any() or reach.fixed[members].any())


def _nowhere(reach: Reach, d: int) -> str:
    league, calendar = reach.league, reach.instance.calendar
    length, name = reach.instance.divisions.length[d], league.divisions[d].name
    if not calendar.playable[calendar.slot_date].any():
        return f"{name} plays nowhere: no date of the season that is open has a start"
    if not calendar.fits[:, length].any():
        minutes = int(calendar.lengths[length])
        return f"{name} plays nowhere: no start leaves {minutes} minutes until midnight"
    return f"{name} plays nowhere: no venue that it may use has a court and a start on any date"


def _nowhere_paths(reach: Reach, d: int) -> paths.Paths:
    where = np.flatnonzero(reach.venues[d]).tolist()
    own = (*paths.division(reach.league, d), *paths.venues(reach.league, where))
    return (*own, *paths.season(reach.league))


def _few(reach: Reach, d: int, place: int, row: Longs) -> str:
    divisions, league = reach.instance.divisions, reach.league
    members, games = divisions.teams[d], int(divisions.games[d])
    left = [league.teams[members[p]].name for p in np.flatnonzero(row).tolist()]
    text = f"{league.teams[members[place]].name} needs {count(games, 'game')}, but it may meet "
    if not left:
        return f"{text}no other team of {league.divisions[d].name}"
    often = "once" if row.max() == 1 else f"at most {row.max()} times"
    return f"{text}only {listed(left)}, {often}: {count(int(row.sum()), 'game')}"


def _few_paths(reach: Reach, d: int, place: int) -> paths.Paths:
    league, divisions = reach.league, reach.instance.divisions
    members = divisions.teams[d]
    team = int(members[place])
    missing = np.flatnonzero(~_share_dates(reach, d)[place] & divisions.may_meet[d][place])
    apart = [team, *members[missing].tolist()] if len(missing) else []
    return (
        *paths.division(league, d),
        f"divisions[{d}].maxMeetings",
        *paths.forbidden(league, team),
        *(("rules.sameClubMeets",) if not league.rules.same_club_meets else ()),
        *dict.fromkeys(path for t in apart for path in paths.dates_of_team(league, t)),
        *(paths.venues(league, np.flatnonzero(reach.venues[d]).tolist()) if apart else ()),
    )


def meetings(reach: Reach, d: int) -> Longs:
    """(n, n) most meetings of two teams of a division.

    With games at home venues a pair of which only one can be at home meets at most once, or so
    often that frozen games at the other's home are made up for. Frozen meetings count whatever
    they break.
    """
    divisions = reach.instance.divisions
    most = divisions.may_meet[d] * np.int64(divisions.max_meetings[d])
    hosted, frozen = _share_dates(reach, d), _frozen_meetings(reach, d)
    if divisions.home_only[d]:
        new = np.maximum(0, frozen.T - frozen + 1) * hosted
        most = np.where(hosted ^ hosted.T, np.minimum(most, frozen + frozen.T + new + new.T), most)
    most[~(hosted | hosted.T)] = 0
    return np.asarray(np.maximum(most, frozen + frozen.T))


def _frozen_meetings(reach: Reach, d: int) -> Longs:
    """(n, n) frozen games of the first team at home to the second."""
    games, teams = reach.instance.fixed, reach.instance.teams
    size = len(reach.instance.divisions.teams[d])
    met = np.zeros((size, size), np.int64)
    mine = games.frozen & _inside(reach, d)
    np.add.at(met, (teams.place[games.home[mine]], teams.place[games.away[mine]]), 1)
    return met


def _inside(reach: Reach, d: int) -> Mask:
    """(F,) fixed games of two teams of a division."""
    games, division = reach.instance.fixed, reach.instance.teams.division
    return np.asarray((division[games.home] == d) & (division[games.away] == d))


def _elsewhere(reach: Reach, d: int) -> Longs:
    """(n,) frozen games of each team against teams that are of another division by now."""
    games, teams = reach.instance.fixed, reach.instance.teams
    outside = games.frozen & (teams.division[games.home] != teams.division[games.away])
    both = np.concatenate([games.home[outside], games.away[outside]])
    games_of = np.bincount(both, minlength=len(teams.names))
    return np.asarray(games_of[reach.instance.divisions.teams[d]])


def _share_dates(reach: Reach, d: int) -> Mask:
    """(n, n) there is a date on which the first team can be at home to the second, or a fixed game.

    Where games need not be at home venues, it is enough that one of the two can be at home.
    """
    teams, members = reach.instance.teams, reach.instance.divisions.teams[d]
    can = reach.may_play[members]
    home = can & ~teams.home_closed[members]
    if reach.instance.divisions.home_only[d]:
        home &= _home_days(reach, d)
    away = can & ~teams.away_closed[members]
    shared: Mask = (home.astype(np.float32) @ away.T.astype(np.float32)) > 0
    if not reach.instance.divisions.home_only[d]:
        shared |= shared.T
    games = reach.instance.fixed
    mine = _inside(reach, d)
    shared[teams.place[games.home[mine]], teams.place[games.away[mine]]] = True
    return shared


def _home_days(reach: Reach, d: int) -> Mask:
    """(n, N) dates on which each team's home venue is open for the division."""
    cal, divisions = reach.instance.calendar, reach.instance.divisions
    homes = reach.instance.teams.home[divisions.teams[d]]
    usable = reach.instance.venues.open & cal.fits[:, divisions.length[d]][:, None]
    days = np.zeros((len(cal.dates), usable.shape[1]), np.bool_)
    k, v = np.nonzero(usable)
    days[cal.slot_date[k], v] = True
    has = (homes >= 0) & divisions.suitable[d][homes]
    found: Mask = days[:, homes].T & has[:, None]
    return found


def too_few_meetings(reach: Reach) -> Iterator[Finding]:
    """Pairs that must meet more often than their dates or home venues allow, one a division."""
    for d in np.flatnonzero(reach.instance.divisions.min_meetings).tolist():
        yield from _impossible_pairs(reach, d)


def _impossible_pairs(reach: Reach, d: int) -> Iterator[Finding]:
    league, divisions = reach.league, reach.instance.divisions
    least = int(divisions.min_meetings[d])
    short = reach.demand.must_meet[d] & (meetings(reach, d) < least)
    for a, b in np.argwhere(np.triu(short))[:1].tolist():
        both = divisions.teams[d][[a, b]].tolist()
        names = listed([league.teams[t].name for t in both])
        text = f"{names} must meet {count(least, 'time')}, but can meet less often"
        dates = dict.fromkeys(p for t in both for p in paths.dates_of_team(league, t))
        where = np.flatnonzero(reach.venues[d]).tolist()
        own = (f"divisions[{d}].minMeetings", *paths.division(league, d)[1:])
        yield Finding(text, (*own, *dates, *paths.venues(league, where)))
