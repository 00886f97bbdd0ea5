"""Proof or refutation beside a search that cannot place its last games.

First the season relaxation counts, then the exact model decides: of the whole league where it is
small enough, else of one division after the other, which can only refute.
"""

import math
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from matchday_solver.clock import Clock
from matchday_solver.demand import Demand
from matchday_solver.engine_threads import engine_thread
from matchday_solver.instance import EarlierGames, Instance

if TYPE_CHECKING:
    from matchday_solver.choice.feasible import Answer

PATIENCE_SECONDS, PATIENCE_ROW_SECONDS = 3.0, 5e-4
"""How long games are placed before the model is built, at most and by its candidate games."""
JOIN_SECONDS = 5.0
"""How long the end of the thread is waited for."""
ROUNDS_SHARE = 0.4
"""Part of the time limit that a search waits for the answer, in the engine's own unit."""


class Deciding:
    """Whether a complete schedule exists, worked out in a thread after a while of waiting; with
    `lacking`, and at once, whether any does that keeps all rules, whatever is missing.

    When that thread has an answer is chance; with a number of `rounds` the answer is worked out
    after so many, while the search waits.
    """

    def __init__(
        self, instance: Instance, clock: Clock, rounds: int | None = None, *, lacking: bool = False
    ) -> None:
        self._is_lacking = lacking
        self._instance, self._deadline = instance, time.monotonic() + clock.left
        self._clock, self._rounds_left = clock, rounds
        self._end = threading.Event()
        self._answer: Answer | None = None
        self.lacking = 0
        """Games that every schedule lacks, as far as it is proven."""
        self._thread = engine_thread("deciding", self._work)

    def __enter__(self) -> Self:
        """Begin to wait."""
        if self._rounds_left is None:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End, with or without an answer."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(JOIN_SECONDS)

    @property
    def is_refuted(self) -> bool:
        """Whether it is proven that there is no such schedule."""
        refuted = self._answer is not None and self._answer.feasible is False
        return refuted or self.lacking > 0

    @property
    def found(self) -> EarlierGames | None:
        """Such a schedule, which keeps all hard rules, once there is one."""
        games = self._answer.games if self._answer is not None else None
        return None if games is None else games.as_games()

    def count_round(self) -> None:
        """A round of the search is over."""
        if self._rounds_left is None:
            return
        self._rounds_left -= 1
        if self._rounds_left == 0:
            self._decide(ROUNDS_SHARE * self._clock.limit, self._clock.stop)

    def _work(self) -> None:
        from matchday_solver.choice.feasible import rows_needed

        rows = rows_needed(self._instance, Demand.whole(self._instance))
        patience = min(PATIENCE_SECONDS, PATIENCE_ROW_SECONDS * rows)
        if self._is_lacking or not self._end.wait(patience):
            self._decide(math.inf, self._end)

    def _decide(self, work: float, stop: threading.Event) -> None:
        if self._is_lacking:
            from matchday_solver.choice.fewest import any_schedule
            from matchday_solver.exact.run import Budget

            budget = Budget(self._deadline - time.monotonic(), work=work)
            self._answer = any_schedule(self._instance, budget, stop)
        else:
            self._decide_complete(work, stop)

    def _decide_complete(self, work: float, stop: threading.Event) -> None:
        from matchday_solver.bounds.season import lacking
        from matchday_solver.choice.feasible import decide, is_built, rows_needed
        from matchday_solver.exact.run import Budget
        from matchday_solver.lint.reach import Capacity

        instance, whole = self._instance, Demand.whole(self._instance)
        self.lacking = lacking(Capacity(instance, whole), self._deadline - time.monotonic(), stop)
        budget = Budget(self._deadline - time.monotonic())
        parts = [whole]
        if not is_built(instance, rows_needed(instance, whole), budget):
            parts = [Demand.alone(instance, d) for d in range(len(instance.divisions.names))]
        for demand in parts:
            if self.is_refuted or stop.is_set():
                return
            answer = decide(instance, demand, replace(budget, work=work / len(parts)), stop)
            if demand is whole or answer.feasible is False:
                self._answer = answer
