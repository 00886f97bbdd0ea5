"""A coach is at one game at a time, with the way between two venues."""

import numpy as np

from matchday_solver.choice.model import Choice, grouped
from matchday_solver.instance import Longs


def one_game_a_coach(choice: Choice) -> None:
    """No two games at once for a coach of several teams."""
    if not choice.instance.limits.coach_one_game:
        return
    rows_of = dict(choice.by_team)
    for teams in choice.instance.teams.coach_teams:
        mine = [rows_of[t] for t in teams.tolist() if t in rows_of]
        if len(teams) < 2 or not mine:
            continue
        rows = np.unique(np.concatenate(mine))
        rows = rows[choice.date[rows] >= choice.instance.calendar.frozen]
        for _, here in grouped(choice.date[rows], rows):
            _one_date(choice, here)


def _one_date(choice: Choice, rows: Longs) -> None:
    start = choice.start[rows]
    end = start + choice.instance.calendar.lengths[choice.table.length[rows]]
    for first in np.unique(start).tolist():
        choice.at_most(rows[(start <= first) & (end > first)], 1)
    if choice.instance.limits.travel:
        _ways(choice, rows, end)


def _ways(choice: Choice, rows: Longs, end: Longs) -> None:
    """No game at another venue that begins before the way there is done."""
    start, venue = choice.start[rows], choice.table.venue[rows]
    travel = choice.instance.limits.travel
    moments = np.unique(np.stack([venue, start, end], axis=1), axis=0).tolist()
    for where, begins, ends in moments:
        here = rows[(venue == where) & (start == begins) & (end == ends)]
        for later in np.unique(start[(start >= begins) & (start < ends + travel)]).tolist():
            away = rows[(venue != where) & (start == later)]
            if len(away):
                choice.at_most(np.concatenate([here, away]), 1)
