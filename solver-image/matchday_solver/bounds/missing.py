"""How many games every schedule lacks, by ever dearer means."""

import threading
from collections.abc import Callable, Sequence

import numpy as np

from matchday_solver.bounds.season import lacking
from matchday_solver.choice.fewest import fewest_missing
from matchday_solver.choice.table import Table
from matchday_solver.decode import Placed
from matchday_solver.demand import Demand
from matchday_solver.exact.run import Budget
from matchday_solver.instance import Instance
from matchday_solver.lint.reach import Capacity


def improve_missing(
    instance: Instance,
    games: Sequence[Placed],
    budget: Budget,
    stop: threading.Event,
    told: Callable[[int], None],
    found: Callable[[Table], None] | None = None,
) -> Table | None:
    """Tell numbers of games that no schedule can do without; a schedule that lacks fewer than
    `games`, where the exact model finds one, and before that each better one to `found`.

    First the season relaxation counts. Then the exact model is asked about the whole league, and
    where that is too large about each division that lacks games, as if the others had none: the
    numbers of divisions add up.
    """
    homes = np.array([game.home for game in games], np.int32)
    short: list[int] = instance.lacking(homes).tolist()
    proven = _Growing(told)
    proven.tell(lacking(Capacity(instance, Demand.whole(instance)), budget.seconds, stop))
    if proven.number == sum(short):
        return None
    everything = range(len(short))
    better = fewest_missing(instance, everything, sum(short), budget, stop, proven.tell, found)
    is_ended = better is not None or proven.number == sum(short)
    if not is_ended and not len(instance.limits.windows.min_hard):
        _add_up(instance, short, budget, stop, proven)
    return better


def _add_up(
    instance: Instance,
    short: Sequence[int],
    budget: Budget,
    stop: threading.Event,
    proven: "_Growing",
) -> None:
    """Ask about each division by itself."""
    before = 0
    for division in np.flatnonzero(short).tolist():
        alone = proven.beyond(before)
        fewest_missing(instance, (division,), short[division], budget, stop, alone.tell)
        before += alone.number


class _Growing:
    """A number that is told each time that it grows."""

    def __init__(self, told: Callable[[int], None]) -> None:
        self.number = 0
        self._told = told

    def beyond(self, before: int) -> "_Growing":
        """A number that this one is larger than by what was known before."""
        return _Growing(lambda number: self.tell(before + number))

    def tell(self, number: int) -> None:
        """It is at least so large."""
        if number > self.number:
            self.number = number
            self._told(number)
