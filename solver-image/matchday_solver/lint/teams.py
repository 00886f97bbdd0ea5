"""Teams whose dates cannot hold their games, and windows that hold too few or too many."""

from collections.abc import Iterator

import numpy as np

from matchday_api.faults import counted as count
from matchday_solver.instance import Longs, Mask
from matchday_solver.lint import paths
from matchday_solver.lint.finding import MAX_NAMED, Finding
from matchday_solver.lint.reach import Reach, earliest


def too_few_dates(reach: Reach) -> Iterator[Finding]:
    """Teams that have fewer dates under the windows than games."""
    teams, games = reach.instance.teams, reach.instance.divisions.games
    most = reach.before[:, -1]
    lacking = (games[teams.division] - most) * reach.demand.required[teams.division]
    for d in np.unique(teams.division[lacking > 0]).tolist():
        members = reach.instance.divisions.teams[d]
        mine = members[short_of(reach, d, lacking[members])].tolist()
        like = _like(mine, reach.league.divisions[d].name)
        for t in mine[:1] if like else mine:
            yield Finding(_few(reach, t, int(most[t])) + like, _team_paths(reach, t))


def short_of(reach: Reach, d: int, lacking: Longs) -> Mask:
    """(n,) teams of a division that lack games for sure; one team of an odd one may lack one."""
    allowed = int(reach.instance.divisions.odd[d])
    return (lacking > 0) & (int(np.maximum(0, lacking).sum()) > allowed)


def _like(mine: list[int], division: str) -> str:
    """What is said of one team in place of all, where many are short."""
    if len(mine) <= MAX_NAMED:
        return ""
    return f"; so it is with {count(len(mine) - 1, 'more team')} of {division}"


def _few(reach: Reach, t: int, most: int) -> str:
    dates = int(np.count_nonzero(reach.most[t]))
    needed = int(reach.instance.divisions.games[reach.instance.teams.division[t]])
    rules = " and ".join(
        f"at most {count(w.games, 'game')} in {count(w.days, 'day')}"
        for w in reach.league.rules.max_games
        if w.is_hard
    )
    under = f" ({rules})" if rules else ""
    needs = f"{reach.league.teams[t].name} needs {count(needed, 'game')}, but"
    if dates == 0:
        return f"{needs} there is no date on which it can play"
    hold = "holds" if dates == 1 else "hold"
    have = f"the {count(dates, 'date')} on which it can play {hold}"
    return f"{needs} {have} at most {most}{under}"


def _team_paths(reach: Reach, t: int) -> paths.Paths:
    d = int(reach.instance.teams.division[t])
    where = np.flatnonzero(reach.venues[d]).tolist()
    return (
        *paths.division(reach.league, d),
        *paths.dates_of_team(reach.league, t),
        *paths.pace(reach.league),
        *paths.venues(reach.league, where),
    )


def unreachable_minimum(reach: Reach) -> Iterator[Finding]:
    """Windows that must hold more games of a team than its dates there can."""
    for days, games, entry in reach.instance.limits.windows.min_hard.tolist():
        for t, first in _short_windows(reach, days, games):
            dates = reach.instance.calendar.dates
            text = (
                f"{reach.league.teams[t].name} needs {count(games, 'game')} from {dates[first]} to "
                f"{dates[first + days - 1]}, but its dates there hold fewer"
            )
            yield Finding(text, (f"rules.minGames[{entry}]", *_team_paths(reach, t)))


def _short_windows(reach: Reach, days: int, games: int) -> Iterator[tuple[int, int]]:
    """(team, first date) of the first window of each team that holds too few games at best.

    A window of frozen dates alone is as it is.
    """
    cal = reach.instance.calendar
    held = reach.fixed * (np.arange(len(cal.dates)) < cal.frozen)
    limits = [(w, k) for w, k, _ in reach.instance.limits.windows.max_hard.tolist()]
    found: set[int] = set()
    for first in range(max(0, cal.frozen - days + 1), len(cal.dates) - days + 1):
        part = slice(first, first + days)
        most: Longs = earliest(reach.most[:, part], held[:, part], limits)[:, -1]
        for t in np.flatnonzero(most < games).tolist():
            if t not in found:
                found.add(t)
                yield t, first


def minimum_beyond_total(reach: Reach) -> Iterator[Finding]:
    """Windows without a common date that ask together for more games than a team plays."""
    season = len(reach.instance.calendar.dates) - reach.instance.calendar.frozen
    for days, games, entry in reach.instance.limits.windows.min_hard.tolist():
        needed = season // days * games
        for d in np.flatnonzero(reach.instance.divisions.games < needed).tolist():
            if len(reach.instance.divisions.teams[d]):
                plays = int(reach.instance.divisions.games[d])
                every = "on every date" if days == 1 else f"in every {days} days"
                text = (
                    f"{reach.league.divisions[d].name} plays {count(plays, 'game')} a team, but at "
                    f"least {games} {every} make {needed}"
                )
                yield Finding(text, (f"divisions[{d}].gamesPerTeam", f"rules.minGames[{entry}]"))
