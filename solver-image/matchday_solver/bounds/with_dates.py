"""The optimum of a small league from all columns that a schedule cheaper than the best can have.

They get dates in one model with what costs are left between the relaxation and the league, but for
starts. What it proves is a bound, and its solution mostly is a schedule.
"""

from collections.abc import Iterator

import numpy as np

from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.composing import can_list, finished
from matchday_solver.bounds.dated_selection import DatedSelection, Place
from matchday_solver.bounds.dating import meeting_at, meetings_of
from matchday_solver.bounds.duals import SCALE
from matchday_solver.bounds.enumeration import Most, TooMany, columns_within
from matchday_solver.bounds.incumbent import Incumbent
from matchday_solver.bounds.integer import IntegerBounds
from matchday_solver.bounds.pricing import Proof
from matchday_solver.bounds.rounding import Rounding
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.choice.table import Table, every_game
from matchday_solver.exact.whole import Found
from matchday_solver.instance import Instance
from matchday_solver.size import further_windows

MOST_STEPS = 1_000_000
"""Steps of the listing of columns."""
FEW_LISTED, MOST_LISTED = 1_500, 10_000
"""Columns times their dates, as they are listed: before schedules are made of columns, and at all.
"""
MANY_WINDOWS = 100
"""Further windows of a game that cost as much as the rest of the model."""


def improve_dated(
    data: VenueDays,
    integer: IntegerBounds,
    incumbent: Incumbent,
    stopping: Stopping,
    most: int = MOST_LISTED,
) -> Iterator[int | Found]:
    """Proven bounds above those in whole numbers, and schedules cheaper than the incumbent.

    The incumbent takes them. They end when both meet, or where the columns with dates are more than
    so many, or have no starts.
    """
    known = Rounding(data.instance).up(integer.known)
    while _pays(data.instance, incumbent) and known < incumbent.cost and not stopping.is_due():
        end = int(incumbent.cost)
        columns = _columns(data, integer.proof, end, stopping, most)
        if not columns:
            return
        dated = DatedSelection(data, columns).solve(known, integer.selected, end, stopping)
        if dated.bound > known:
            known = integer.known = dated.bound
            yield known
        if dated.columns is None:
            return
        found = finished(data.instance, _games(data, dated.columns), stopping)
        if found is None or not incumbent.take(found):
            return
        yield found


def _pays(instance: Instance, incumbent: Incumbent) -> bool:
    """Whether a schedule is known, and no game is given: those may break what the model keeps."""
    is_known = np.isfinite(incumbent.cost) and not len(instance.fixed)
    return is_known and can_list(instance)


def _columns(
    data: VenueDays, proof: Proof, end: int, stopping: Stopping, most: int
) -> list[Column]:
    """All columns of schedules that cost less than the end; none where they are too many."""
    # Each date of a column is in every window that holds it.
    dates = int(most / (1 + further_windows(data.instance) / MANY_WINDOWS))
    listing = Most(MOST_STEPS, dates=dates)
    try:
        return columns_within(data, proof, end * SCALE - proof.bound, listing, stopping)
    except TooMany:
        return []


def _games(data: VenueDays, columns: dict[Place, Column]) -> Table:
    """The candidate games of the columns on their dates, at any start."""
    table, chosen = every_game(data.instance), [np.zeros(0, np.int64)]
    for place, column in columns.items():
        chosen.append(meeting_at(data, *place, np.array(column.pairs, np.int64)))
    return table.where(np.isin(meetings_of(data, table), np.concatenate(chosen)))
