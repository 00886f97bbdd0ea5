"""Repair an earlier schedule: fewest changes first, proven where that is possible in the time.

A game counts as changed when it is not in the new schedule with its teams, date, start and venue.
Which games cannot stay, alone or together, is a bound. If the gaps can be filled without moving
anything else, that is proven best; else games near the gaps may move as well.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matchday_solver.choice.table import Table, fixed_rows, keys
from matchday_solver.exact.run import Budget, Ending
from matchday_solver.instance import EarlierGames, Instance, Mask
from matchday_solver.repair.fill import Filled, Gaps
from matchday_solver.repair.listing import Listing
from matchday_solver.repair.stay import earlier_rows, most_staying

__all__ = ["Repaired", "certain_changes", "repair"]


@dataclass(frozen=True)
class Repaired:
    """A schedule near the earlier one."""

    games: EarlierGames
    """Its games, the fixed ones too; new ones have no id."""
    changes: int
    """Games of the earlier schedule that are not in it."""
    changes_bound: int
    """No schedule with so few games missing has fewer changes."""


def repair(
    instance: Instance,
    seconds: float,
    workers: int,
    stop: threading.Event,
    *,
    complete: bool = True,
) -> Repaired | None:
    """A complete schedule with few changes, or None where none is found in the time.

    Where it need not be `complete` and cannot be, one with the fewest missing games, and few
    changes of these. None also without an earlier schedule.
    """
    if instance.earlier is None:
        return None
    return _Repair(instance, instance.earlier, Budget(seconds, workers), stop).run(complete)


def certain_changes(instance: Instance) -> int:
    """Earlier games that cannot stay by themselves: no schedule has fewer changes."""
    earlier = instance.earlier
    return 0 if earlier is None else _gone(instance, earlier, earlier_rows(instance, earlier))


class _Repair:
    def __init__(
        self, instance: Instance, earlier: EarlierGames, budget: Budget, stop: threading.Event
    ) -> None:
        self._instance, self._earlier = instance, earlier
        self._budget, self._stop = budget, stop
        self._rows = earlier_rows(instance, earlier)
        self._bound = self._least = _gone(instance, earlier, self._rows)

    def run(self, complete: bool) -> Repaired | None:
        """First without moving more than has to, then with ever more freedom, at last with games
        missing where that is allowed."""
        found = self._complete()
        return found if found or complete else self._with_missing()

    def _complete(self) -> Repaired | None:
        gone = self._bound
        stays = most_staying(self._instance, self._rows, self._budget.rest(), self._stop)
        if stays is None:
            return None
        self._bound = self._least = gone + int((~stays).sum())
        listing = self._listing(stays)
        for gaps in (listing.own_pairings, listing.few_insertions, listing.insertions):
            found = self._filled(gaps)
            if isinstance(found, Filled):
                return self._repaired(found, gone)
            if found is False:
                self._bound += int(stays.all())
                break
        return self._with_freedom(listing, gone)

    def _with_freedom(self, listing: Listing, gone: int) -> Repaired | None:
        """Games near the gaps may move, then all, where the exact model is small enough."""
        best = self._filled(listing.displacements)
        if not self._is_best(best, gone):
            found = self._filled(listing.everything)
            if isinstance(found, Filled):
                self._bound = max(self._bound, gone + len(self._rows) - found.most)
                if not isinstance(best, Filled) or found.stays.sum() > best.stays.sum():
                    best = found
        return self._repaired(best, gone) if isinstance(best, Filled) else None

    def _with_missing(self) -> Repaired | None:
        """With the fewest missing games, of a league that is small enough for the exact model."""
        listing = self._listing(np.zeros(len(self._rows), np.bool_))
        found = self._filled(listing.everything, complete=False)
        if not isinstance(found, Filled):
            return None
        gone = _gone(self._instance, self._earlier, self._rows)
        self._bound = max(self._least, gone + len(self._rows) - found.most)
        return self._repaired(found, gone)

    def _is_best(self, found: Filled | bool, gone: int) -> bool:
        return isinstance(found, Filled) and gone + int((~found.stays).sum()) == self._bound

    def _listing(self, stays: Mask) -> Listing:
        ending = Ending(self._budget, self._stop)
        return Listing(self._instance, self._earlier, self._rows, stays, ending)

    def _filled(self, listed: Callable[[], Gaps | None], *, complete: bool = True) -> Filled | bool:
        """A solution, False where there is none, True where that is not known."""
        if self._stop.is_set() or self._budget.is_spent or (gaps := listed()) is None:
            return True
        return gaps.fill(self._budget.rest(), self._stop, complete=complete)

    def _repaired(self, found: Filled, gone: int) -> Repaired:
        changes = gone + int((~found.stays).sum())
        return Repaired(found.table.as_games(), changes, self._bound)


def _gone(instance: Instance, earlier: EarlierGames, rows: Table) -> int:
    """Earlier games that cannot stay by themselves."""
    games = keys(instance, earlier.home, earlier.away, earlier.slot, earlier.venue)
    fixed = np.isin(games, fixed_rows(instance).keys(instance))
    return earlier.lost + int((~fixed).sum()) - len(rows)
