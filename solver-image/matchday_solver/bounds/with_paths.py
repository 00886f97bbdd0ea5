"""The optimum of a small league whose pairs meet often, by one programme of its dates."""

from collections.abc import Iterator

import numpy as np

from matchday_solver.bounds.by_dates import ByDates
from matchday_solver.bounds.composing import can_list, finished
from matchday_solver.bounds.incumbent import Incumbent
from matchday_solver.bounds.integer import IntegerBounds
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.choice.model import Stopped
from matchday_solver.exact.whole import Found

FEW_STEPS, MOST_STEPS = 3_500, 20_000
"""Steps of all paths up to which the engine proves much in a minute, and where pairs meet often."""
OFTEN = 3
"""Games for each pair that may meet."""
SHARE, MOST_SECONDS = 0.8, 300.0
"""Part of the time left, and the most."""


def improve_by_dates(
    data: VenueDays, integer: IntegerBounds, incumbent: Incumbent, stopping: Stopping
) -> Iterator[int | Found]:
    """A proven bound and a schedule, where they are better; the incumbent takes it."""
    if not _pays(data, integer, incumbent) or stopping.is_due():
        return
    try:
        league = ByDates(data, stopping.stop)
    except Stopped:
        return
    solved = league.solve(stopping.share(SHARE, MOST_SECONDS), stopping.stop)
    if solved is None:
        return
    if solved.bound > integer.known:
        integer.known = solved.bound
        yield solved.bound
    found = finished(data.instance, league.games(solved.values), stopping)
    if found is not None and incumbent.take(found):
        yield found


def _pays(data: VenueDays, integer: IntegerBounds, incumbent: Incumbent) -> bool:
    """Whether anything is left to prove, and nothing to repair: frozen games may break what the
    programme keeps."""
    instance = data.instance
    is_free = instance.earlier is None
    is_open = np.isfinite(incumbent.cost) and integer.known < incumbent.cost
    most = MOST_STEPS if instance.games_total >= OFTEN * len(data.first) else FEW_STEPS
    return is_free and is_open and can_list(instance) and _steps(data) <= most


def _steps(data: VenueDays) -> int:
    """About how many steps the paths of a league have: one for each two dates."""
    dates = int((data.groups >= 0).sum())
    return (len(data.first) + len(data.needed)) * dates * dates // 2
