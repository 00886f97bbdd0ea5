"""The best schedule that is known while bounds are worked out."""

import math
from collections.abc import Sequence
from typing import Protocol

from matchday_solver.decode import Placed
from matchday_solver.exact.whole import Found


class Searching(Protocol):
    """A search that goes on beside, such as `Search`."""

    @property
    def preferences(self) -> int:
        """Cost of its best schedule, without changes; far above every other where games are
        missing."""

    def placed(self) -> Sequence[Placed]:
        """The games of its best schedule."""


class Incumbent:
    """The search's schedule, or a cheaper one that the engine has found."""

    def __init__(self, search: Searching | None = None) -> None:
        self._search = search
        self._found: Found | None = None

    @property
    def cost(self) -> float:
        """What it costs; infinite where there is none."""
        found = math.inf if self._found is None else self._found.cost
        return found if self._search is None else min(found, self._search.preferences)

    def games(self) -> Sequence[Placed]:
        """Its games; none where there is none."""
        found, search = self._found, self._search
        if found is not None and (search is None or found.cost <= search.preferences):
            return found.placed
        return () if search is None else search.placed()

    def take(self, found: Found) -> bool:
        """Keep a schedule that is cheaper; whether it is."""
        is_cheaper = found.cost < self.cost
        if is_cheaper:
            self._found = found
        return is_cheaper
