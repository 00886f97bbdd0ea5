"""The hard rules of a choice among candidate games, one function a rule.

Here a schedule is looked for, of leagues with very many candidate games, where sums of these do
best: with variables for where teams play and when pairs meet, which proofs of a cost need, it takes
half as long again and more (`mixed-62-s1`: 42 s; more than 60 s).
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.coaches import one_game_a_coach
from matchday_solver.choice.doubleheaders import games_a_date
from matchday_solver.choice.model import Choice, grouped
from matchday_solver.instance import Ints, Longs


def add_rules(choice: Choice) -> None:
    """All hard rules; the rows themselves keep to dates, features and home venues."""
    add_upper_rules(choice)
    least_meetings(choice)
    games_of_odd_divisions(choice)
    least_in_windows(choice)
    home_balance(choice)


def add_upper_rules(choice: Choice) -> None:
    """The rules that limit: a part of what keeps them keeps them too, but for required games."""
    games_a_team(choice)
    most_meetings(choice)
    courts(choice)
    games_a_date(choice)
    most_in_windows(choice)
    one_game_a_coach(choice)


def games_a_team(choice: Choice) -> None:
    """Every team plays its games; where not required, at most so many."""
    division, games = choice.instance.teams.division, choice.instance.divisions.games
    exactly = choice.demand.required & ~choice.instance.divisions.odd
    with_rows = {team for team, _ in choice.by_team}
    for team, rows in choice.by_team:
        d = division[team]
        number = max(int(games[d]), int(choice.table.frozen[rows].sum()))
        if exactly[d]:
            choice.model.add(choice.sum(rows) == number)
        else:
            choice.model.add(choice.sum(rows) <= number)
    for team, d in enumerate(division.tolist()):
        if team not in with_rows and exactly[d] and games[d]:
            choice.model.add_bool_or([])


def games_of_odd_divisions(choice: Choice) -> None:
    """All games but the half one that is left over, where they are required."""
    divisions = choice.instance.divisions
    division = choice.instance.teams.division[choice.table.home]
    for d in np.flatnonzero(choice.demand.required & divisions.odd).tolist():
        games = choice.sum(np.flatnonzero(division == d))
        choice.model.add(games >= int(divisions.games_total[d]))


def most_meetings(choice: Choice) -> None:
    """Each pair meets at most as often as its division says, and once on a date."""
    for pair, rows in choice.by_pair:
        d = choice.instance.teams.division[pair // len(choice.instance.teams.names)]
        choice.at_most(rows, int(choice.instance.divisions.max_meetings[d]))
        for _, same_date in grouped(choice.date[rows], rows):
            choice.at_most(same_date, 1)


def least_meetings(choice: Choice) -> None:
    """Each pair that must meet does so as often as its division says."""
    divisions, teams = choice.instance.divisions, len(choice.instance.teams.names)
    asking = np.flatnonzero(divisions.min_meetings).tolist()
    if not asking:
        return
    found = dict(choice.by_pair)
    for d in asking:
        members = divisions.teams[d]
        for a, b in members[np.argwhere(np.triu(choice.demand.must_meet[d]))].tolist():
            rows = found.get(min(a, b) * teams + max(a, b), np.zeros(0, np.int64))
            choice.model.add(choice.sum(rows) >= int(divisions.min_meetings[d]))


def meetings_or_missing(choice: Choice, divisions: Iterable[int]) -> None:
    """Two teams that must meet more often lack a game each for every meeting that is missing.

    For schedules with games missing. Teams whose frozen games are all that they may have, or more,
    are not asked: nothing can be missing for them.
    """
    for division in divisions:
        if choice.instance.divisions.min_meetings[division]:
            _meetings_or_missing(choice, division)


def _meetings_or_missing(choice: Choice, division: int) -> None:
    divisions, teams = choice.instance.divisions, len(choice.instance.teams.names)
    least, games = int(divisions.min_meetings[division]), int(divisions.games[division])
    found, members = dict(choice.by_pair), divisions.teams[division]
    taken, full = defaultdict[int, list[cp_model.LinearExprT]](list), set[int]()
    for team, rows in choice.by_team:
        taken[team].append(choice.sum(rows))
        if int(choice.table.frozen[rows].sum()) >= games:
            full.add(team)
    for a, b in members[np.argwhere(np.triu(divisions.may_meet[division]))].tolist():
        if {a, b} & full:
            continue
        missing = choice.model.new_int_var(0, least, "")
        rows = found.get(min(a, b) * teams + max(a, b), np.zeros(0, np.int64))
        choice.model.add(cp_model.LinearExpr.sum([choice.sum(rows), missing]) >= least)
        for team in (a, b):
            taken[team].append(missing)
    for team in members.tolist():
        if team not in full:
            choice.model.add(cp_model.LinearExpr.sum(taken[team]) <= games)


def courts(choice: Choice) -> None:
    """No more games in progress at a venue than it has courts."""
    for venue, rows in grouped(choice.table.venue.astype(np.int64), np.arange(len(choice.table))):
        for slot, busy in in_progress(choice, rows):
            date = choice.instance.calendar.slot_date[slot]
            choice.at_most(busy, int(choice.instance.venues.courts[date, venue]))


def in_progress(choice: Choice, rows: Longs) -> list[tuple[int, Longs]]:
    """Slots with the rows whose games are in progress at them."""
    table, cover = choice.table, choice.instance.calendar.cover
    slots = table.slot[rows].astype(np.int64)
    lasting = cover[slots, table.length[rows]] - slots
    every = np.repeat(rows, lasting)
    offset = np.arange(len(every)) - np.repeat(np.cumsum(lasting) - lasting, lasting)
    return list(grouped(np.repeat(slots, lasting) + offset, every))


def most_in_windows(choice: Choice) -> None:
    """`maxGames`: so many games of a team in every window."""
    for days, games, _ in choice.instance.limits.windows.max_hard.tolist():
        for _, rows in choice.by_team:
            for within in _windows(choice, rows, days):
                choice.at_most(within, games)


def least_in_windows(choice: Choice) -> None:
    """`minGames`: at least so many games of a team in every window that is not all frozen."""
    frozen = choice.instance.calendar.frozen
    none: Longs = np.zeros(0, np.int64)
    for days, games, _ in choice.instance.limits.windows.min_hard.tolist():
        rows_of = dict(choice.by_team)
        for team in range(len(choice.instance.teams.names)):
            windows = _windows(choice, rows_of.get(team, none), days)
            for within in windows[max(0, frozen - days + 1) :]:
                choice.model.add(choice.sum(within) >= games)


def _windows(choice: Choice, rows: Longs, days: int) -> list[Longs]:
    """Rows in each window of so many dates, in the order of the windows."""
    ordered = rows[np.argsort(choice.date[rows], kind="stable")]
    dates = choice.date[ordered]
    firsts = np.arange(len(choice.instance.calendar.dates) - days + 1)
    low, high = np.searchsorted(dates, firsts), np.searchsorted(dates, firsts + days)
    return [ordered[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True)]


def home_balance(choice: Choice) -> None:
    """With games at home venues, two teams host each other equally often, or once more.

    Where frozen games alone break that, it is asked for as soon as the pair plays again. Divisions
    with nothing but the instance's given games are not asked: there is nothing to choose.
    """
    table, teams = choice.table, len(choice.instance.teams.names)
    division = choice.instance.teams.division[table.home]
    asked = choice.instance.divisions.home_only.copy()
    asked[np.setdiff1d(np.arange(len(asked)), division[len(choice.instance.fixed) :])] = False
    rows = np.flatnonzero(asked[division])
    low, high = _ordered(table.home[rows], table.away[rows])
    for _, mine in grouped(low * teams + high, rows):
        if table.frozen[mine].all():
            continue
        sides = np.where(table.home[mine] < table.away[mine], 1, -1)
        games = [choice.chosen[row] for row in mine]
        gap = cp_model.LinearExpr.weighted_sum(games, sides.tolist())
        even = choice.model.add_linear_constraint(gap, -1, 1)
        if abs(int(sides[table.frozen[mine]].sum())) > 1:
            even.only_enforce_if(_any(choice, mine[~table.frozen[mine]]))


def _any(choice: Choice, rows: Longs) -> cp_model.IntVar:
    """Whether any of the rows is chosen."""
    found = choice.model.new_bool_var("")
    choice.model.add_max_equality(found, [choice.chosen[row] for row in rows.tolist()])
    return found


def _ordered(a: Ints, b: Ints) -> tuple[Longs, Longs]:
    return np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
