"""Lower bounds, worked out beside the search in a thread of their own.

On the way the engine finds schedules of small leagues too.
"""

import threading
import time
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from matchday_solver.clock import Clock
from matchday_solver.engine_threads import engine_thread
from matchday_solver.instance import Instance

if TYPE_CHECKING:
    from matchday_solver.choice.table import Table
    from matchday_solver.exact.whole import Found
    from matchday_solver.search import Search

T = TypeVar("T")

JOIN_SECONDS = 0.3
"""How long the end of the thread is waited for."""


class Latest(Generic[T]):
    """The last of what one thread puts in for another to take, each at most once."""

    def __init__(self) -> None:
        self._value: T | None = None
        self._lock = threading.Lock()

    def put(self, value: T) -> None:
        """It replaces what nobody has taken."""
        with self._lock:
            self._value = value

    def take(self) -> T | None:
        """None where there is nothing new."""
        with self._lock:
            value, self._value = self._value, None
        return value


class Prover:
    """The best bound so far; without `thorough` only the quick one.

    With games missing, as `lacking` says, costs have no bound; then it is proven how many must be,
    and the cost only once a schedule without any is found.
    The `search` is one that goes on beside.
    """

    def __init__(
        self,
        instance: Instance,
        clock: Clock,
        thorough: bool,
        search: "Search | None" = None,
        *,
        lacking: bool = False,
    ) -> None:
        self.bound = 0
        self.missing = 0
        """Games that every schedule lacks, where the search began with some missing."""
        self.least = 0
        """No schedule with as few games missing, but some, costs less."""
        self.found: Latest[Found] = Latest()
        """Schedules that the engine has found."""
        self.fuller: Latest[Table] = Latest()
        """Those that lack fewer games."""
        self._search = search
        self._instance, self._thorough, self._lacking = instance, thorough, lacking
        self._deadline = time.monotonic() + clock.left
        self._end = threading.Event()
        self._thread = engine_thread("bounds", self._work)

    def __enter__(self) -> Self:
        """Begin; the quick bound is there at once if it is all there is, else `bound` grows."""
        if self._thorough:
            self._thread.start()
        else:
            self._work()
        return self

    def __exit__(self, *_: object) -> None:
        """End; the bound stays."""
        self._end.set()
        if self._thorough:
            self._thread.join(JOIN_SECONDS)

    @property
    def is_idle(self) -> bool:
        """Whether nothing more is to be proven, so that a worker is free."""
        return self._thorough and not self._thread.is_alive()

    def _work(self) -> None:
        from matchday_solver import bounds

        if not self._thorough:
            self.bound = bounds.bound(self._instance)
            return
        if self._lacking and not self._count_missing():
            return
        search = None if self._lacking else self._search
        for news in bounds.improve(self._instance, self._deadline, self._end, search):
            if isinstance(news, int):
                self.bound = max(self.bound, news)
            else:
                self.found.put(news)

    def _count_missing(self) -> bool:
        """Prove how many games must be missing; whether a schedule without any is found."""
        from matchday_solver.bounds.incumbent import Incumbent
        from matchday_solver.bounds.missing import improve_missing
        from matchday_solver.bounds.whole_league import fits_one_model
        from matchday_solver.exact.run import Budget
        from matchday_solver.exact.whole import Found, solve_best_effort

        budget = Budget(self._deadline - time.monotonic())
        best = Incumbent(self._search).games()
        better = improve_missing(
            self._instance, best, budget, self._end, self._tell_missing, self.fuller.put
        )
        total = self._instance.games_total
        if better is not None and len(better) == total:
            return True
        if fits_one_model(self._instance, budget.rest().seconds):
            cheapest = solve_best_effort(self._instance, budget.rest(), self._end)
            if cheapest.placed is not None and cheapest.cost is not None:
                self.found.put(Found(cheapest.cost, cheapest.placed))
                self._tell_missing(cheapest.missing_bound)
                self.least, self.bound = cheapest.least, cheapest.complete_bound
                return len(cheapest.placed) == total
        return False

    def _tell_missing(self, number: int) -> None:
        self.missing = max(self.missing, number)
