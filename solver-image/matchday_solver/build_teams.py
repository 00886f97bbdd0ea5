"""The teams, clubs and coaches of an instance."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from matchday_api.league import Club, Team
from matchday_solver.instance import Ints, Mask, Teams
from matchday_solver.names import Names


def build_teams(names: Names) -> Teams:
    """Teams with what they take over from their clubs."""
    teams = names.league.teams
    clubs = [_club_of(names, team) for team in teams]
    coaches = tuple(
        np.array([names.coach[c] for c in dict.fromkeys(t.coaches)], np.int32) for t in teams
    )
    club = np.array([names.club[c.name] if c else -1 for c in clubs], np.int32)
    both = list(zip(teams, clubs, strict=True))
    return Teams(
        names=tuple(t.name for t in teams),
        division=np.array([names.division[t.division] for t in teams], np.int32),
        place=_places(names),
        club=club,
        region=_taken(names.region, [t.region or (c.region if c else None) for t, c in both]),
        home=_taken(names.venue, [t.home_venue or (c.home_venue if c else None) for t, c in both]),
        tier=np.array([-1 if t.tier is None else t.tier for t in teams], np.int32),
        closed=_days(names, [(*t.closed_dates, *(c.closed_dates if c else ())) for t, c in both]),
        home_closed=_days(names, [t.home_closed_dates for t in teams]),
        away_closed=_days(names, [t.away_closed_dates for t in teams]),
        coaches=coaches,
        club_names=tuple(names.club),
        club_teams=_groups([[c] if c >= 0 else [] for c in club.tolist()], len(names.club)),
        coach_names=tuple(names.coach),
        coach_teams=_groups([c.tolist() for c in coaches], len(names.coach)),
    )


def _club_of(names: Names, team: Team) -> Club | None:
    return names.league.clubs[names.club[team.club]] if team.club is not None else None


def _places(names: Names) -> Ints:
    seen = dict.fromkeys(names.division, 0)
    places = []
    for team in names.league.teams:
        places.append(seen[team.division])
        seen[team.division] += 1
    return np.array(places, np.int32)


def _taken(index: dict[str, int], values: Sequence[str | None]) -> Ints:
    return np.array([-1 if v is None else index[v] for v in values], np.int32)


def _days(names: Names, rows: Sequence[Iterable[date]]) -> Mask:
    mask = np.zeros((len(rows), len(names.dates)), np.bool_)
    for t, row in enumerate(rows):
        mask[t, [names.day[day] for day in row if day in names.day]] = True
    return mask


def _groups(keys: Sequence[Sequence[int]], number: int) -> tuple[Ints, ...]:
    """Members of each group, from the groups of each member."""
    groups: list[list[int]] = [[] for _ in range(number)]
    for member, mine in enumerate(keys):
        for key in mine:
            groups[key].append(member)
    return tuple(np.array(g, np.int32) for g in groups)


def may_meet(names: Names, members: Ints) -> Mask:
    """(n, n) which teams of a division may be opponents."""
    league = names.league
    allowed = ~np.eye(len(members), dtype=np.bool_)
    if not league.rules.same_club_meets:
        clubs = [league.teams[t].club for t in members]
        club = np.array([-1 if c is None else names.club[c] for c in clubs], np.int32)
        allowed &= (club[:, None] != club[None, :]) | (club < 0)[:, None]
    place = {int(t): p for p, t in enumerate(members)}
    for a, b in league.forbidden_pairs:
        x, y = place.get(names.team[a]), place.get(names.team[b])
        if x is not None and y is not None:
            allowed[x, y] = allowed[y, x] = False
    return allowed
