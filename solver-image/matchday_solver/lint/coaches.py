"""Coaches whose teams have more games than one person can be at."""

from collections.abc import Iterator

import numpy as np

from matchday_api.faults import counted as count
from matchday_solver.instance import Ints, Longs, Mask
from matchday_solver.lint import paths
from matchday_solver.lint.finding import Finding, listed
from matchday_solver.lint.reach import Reach


def too_many_games(reach: Reach) -> Iterator[Finding]:
    """Coaches of several teams whose dates cannot hold the games of all of them."""
    if not reach.instance.limits.coach_one_game:
        return
    teams = reach.instance.teams
    for name, mine in zip(teams.coach_names, teams.coach_teams, strict=True):
        needed = _needed(reach, mine.tolist())
        if len(mine) > 1 and needed and needed > (most := _most(reach, mine.tolist())):
            names = listed([reach.league.teams[t].name for t in mine])
            text = (
                f"{name} coaches {names}, which need {count(needed, 'game')} at different times, "
                f"but their dates hold at most {most}"
            )
            yield Finding(text, _paths(reach, mine.tolist()))


def _needed(reach: Reach, mine: list[int]) -> int:
    """Different games of a coach's teams at least: where two of them meet, one counts for both, and
    one team of an odd division may lack one."""
    divisions, division = reach.instance.divisions, reach.instance.teams.division
    counted = [t for t in mine if reach.demand.required[division[t]]]
    games = sum(int(divisions.games[division[t]]) for t in counted)
    meetings = 0
    for d in np.unique(division[counted]).tolist():
        own = reach.instance.teams.place[[t for t in counted if division[t] == d]]
        pairs = int(np.triu(divisions.may_meet[d][np.ix_(own, own)], 1).sum())
        meetings += pairs * int(divisions.max_meetings[d])
    return games - meetings - int(divisions.odd[np.unique(division[counted])].sum())


def _most(reach: Reach, mine: list[int]) -> int:
    """Games that a coach can be at, one after the other, on the dates of the teams."""
    divisions, cal = reach.instance.divisions, reach.instance.calendar
    own = np.unique(reach.instance.teams.division[mine])
    starts = np.asarray(reach.starts[:, own].any(axis=1))
    shortest = int(cal.lengths[divisions.length[own].min()])
    most = _in_turn(starts, cal.slot_date, cal.slot_start, len(cal.dates), shortest)
    by_teams = reach.most[mine].sum(axis=0)
    held = reach.fixed[mine].sum(axis=0)
    return int(np.maximum(np.minimum(most, by_teams), held).sum())


def _in_turn(starts: Mask, date: Ints, time: Ints, dates: int, minutes: int) -> Longs:
    """(N,) games that can follow each other on a date."""
    games, free = np.zeros(dates, np.int64), np.full(dates, -1, np.int64)
    for k in np.flatnonzero(starts).tolist():
        if free[date[k]] <= time[k]:
            games[date[k]] += 1
            free[date[k]] = time[k] + minutes
    return games


def _paths(reach: Reach, mine: list[int]) -> paths.Paths:
    league = reach.league
    own = np.unique(reach.instance.teams.division[mine])
    where = np.flatnonzero(reach.venues[own].any(axis=0)).tolist()
    dates = dict.fromkeys(path for t in mine for path in paths.dates_of_team(league, t))
    return (
        *paths.coaching(league, mine),
        *(path for d in own.tolist() for path in paths.division(league, d)),
        *(f"divisions[{d}].maxMeetings" for d in own.tolist()),
        *dates,
        *("rules.doubleheaders",),
        *paths.venues(league, where),
    )
