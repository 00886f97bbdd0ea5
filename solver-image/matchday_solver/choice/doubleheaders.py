"""A team's games of one date: one, or two at one venue with a break, on few dates."""

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice, grouped
from matchday_solver.instance import Longs


def games_a_date(choice: Choice) -> None:
    """Every team has one game a date but for its doubleheaders."""
    most = choice.instance.limits.max_doubleheaders
    for _, rows in choice.by_team:
        held = [
            doubled
            for date, here in grouped(choice.date[rows], rows)
            if date >= choice.instance.calendar.frozen
            and (doubled := _one_date(choice, here)) is not None
        ]
        limit = max(0, most - _frozen_dates(choice, rows))
        if len(held) > limit:
            choice.model.add(cp_model.LinearExpr.sum(held) <= limit)


def _frozen_dates(choice: Choice, rows: Longs) -> int:
    """Frozen dates on which a team has more than one of its rows."""
    dates = choice.date[rows[choice.table.frozen[rows]]]
    return int((np.unique(dates, return_counts=True)[1] > 1).sum())


def _one_date(choice: Choice, rows: Longs) -> cp_model.IntVar | None:
    """One game, or two at one venue; whether it is two, None where it cannot be."""
    can = [part for _, part in grouped(choice.table.venue[rows].astype(np.int64), rows)
           if may_double(choice, part)]  # fmt: skip
    if not can:
        choice.at_most(rows, 1)
        return None
    doubled = choice.model.new_bool_var("")
    choice.model.add(choice.sum(rows) <= doubled + 1)
    choice.model.add(
        cp_model.LinearExpr.sum([_at(choice, part, doubled) for part in can]) == doubled
    )
    others = np.setdiff1d(rows, np.concatenate(can))
    choice.model.add_at_most_one([doubled, *(choice.chosen[row] for row in others)])
    return doubled


def _at(choice: Choice, rows: Longs, doubled: cp_model.IntVar) -> cp_model.IntVar:
    """Whether both games of a date are at a venue, with their break; if not, none of the two is."""
    here = choice.model.new_bool_var("")
    choice.model.add(choice.sum(rows) <= 1 - doubled + 2 * here)
    breaks(choice, rows)
    return here


def may_double(choice: Choice, rows: Longs) -> bool:
    """Whether two games of a team fit at a venue of one date, with their break."""
    if not choice.instance.limits.max_doubleheaders:
        return False
    start = choice.start[rows]
    return bool(start.max() - start.min() >= _span(choice, rows))


def _span(choice: Choice, rows: Longs) -> int:
    """Minutes from one start to the next; a team's games of a date that is not frozen are equal."""
    length = int(choice.instance.calendar.lengths[choice.table.length[rows[0]]])
    return length + choice.instance.limits.min_break


def breaks(choice: Choice, rows: Longs) -> None:
    """No two games that begin within one span."""
    start, span = choice.start[rows], _span(choice, rows)
    for first in np.unique(start).tolist():
        choice.at_most(rows[(start >= first) & (start < first + span)], 1)
