"""Column generation: better and better prices, and the bounds they prove.

Columns come from a quick search; only now and then the pricing problems are solved exactly, which
proves a bound at the prices of that moment and finds columns that the search has missed. Prices are
smoothed towards the best so far (Wentges, Int. Trans. Oper. Res. 4, 1997).
"""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from matchday_solver.bounds.columns import Column, search_column
from matchday_solver.bounds.duals import SCALE, Prices, constant, offer, sign_correct
from matchday_solver.bounds.master import Master
from matchday_solver.bounds.pricing import price_exactly
from matchday_solver.bounds.venue_days import VenueDays

SMOOTHING = 0.5
"""Share of the best prices so far in the next ones."""
SEARCHES = 2
"""Columns looked for in each kind and round."""
CLOSE = 1e-4
"""Relative distance to the LP's value at which the bound cannot grow any more."""
WORTH = 0.01
"""Relative gain of the estimate that is worth proving."""
REST = 3.0
"""Time between proofs, in units of the last proof's."""
PRICING_SECONDS = 10.0
"""Longest exact solution of one pricing problem."""
LACKING = 0.01
"""Games without a column that are as good as none."""
MOST_PENALTY = 1e7


@dataclass(frozen=True, slots=True)
class Stopping:
    """When to end."""

    deadline: float
    """As of `time.monotonic`."""
    stop: threading.Event

    def is_due(self) -> bool:
        """Whether to end now."""
        return self.stop.is_set() or time.monotonic() >= self.deadline

    def seconds(self, most: float) -> float:
        """Time for one step: what is left, but so much at most."""
        return max(0.01, min(most, self.deadline - time.monotonic()))


def improve_venue_days(data: VenueDays, stopping: Stopping, known: int) -> Iterator[int]:
    """Proven lower bounds above `known`, each above the one before."""
    yield from _Generation(data, stopping, known).run()


class _Generation:
    """The state of one column generation."""

    def __init__(self, data: VenueDays, stopping: Stopping, known: int) -> None:
        self._data, self._stopping = data, stopping
        self._best = known
        self._master = Master(data)
        self._center: Prices | None = None
        self._estimate = float("-inf")
        self._round = 0
        self._rested_at = 0.0

    def run(self) -> Iterator[int]:
        smoothing = SMOOTHING
        while not self._stopping.is_due():
            self._round += 1
            prices = self._smoothed(self._master.solve(), smoothing)
            new = self._search(prices)
            if new == 0 and smoothing > 0.0:
                smoothing = 0.0
                continue
            if new == 0 or self._is_worth_proving():
                before = self._best
                more = self._prove(prices if new == 0 else self._center or prices)
                if self._best > before:
                    yield self._best
                if new + more == 0 and not self._goes_on():
                    return
            smoothing = SMOOTHING

    def _smoothed(self, prices: Prices, share: float) -> Prices:
        return prices if self._center is None else prices.between(self._center, share)

    def _search(self, prices: Prices) -> int:
        """Look for columns at some prices; how many are new. Remember the best prices."""
        data = self._data
        duals, found = sign_correct(data, prices), list[Column]()
        estimate = constant(data, duals)
        for number, kind in enumerate(data.kinds):
            if self._stopping.is_due():
                return 0
            offered, most = offer(data, duals, kind), 0
            for search in range(SEARCHES):
                seed = (self._round * SEARCHES + search) * len(data.kinds) + number
                column, gain = search_column(data, kind, offered, number, seed)
                most = max(most, gain)
                if column is not None:
                    found.append(column)
            estimate -= most * int(data.dates[number])
        if estimate > self._estimate:
            self._estimate, self._center = estimate, prices
        return self._master.add(found)

    def _is_worth_proving(self) -> bool:
        rested = time.monotonic() >= self._rested_at
        return rested and self._estimate / SCALE > self._best * (1 + WORTH)

    def _prove(self, prices: Prices) -> int:
        """Prove the bound that prices give; how many new columns that finds."""
        data, began = self._data, time.monotonic()
        duals, found = sign_correct(data, prices), list[Column]()
        bound = constant(data, duals)
        for number, kind in enumerate(data.kinds):
            if self._stopping.is_due():
                return 0
            offered = offer(data, duals, kind)
            seconds = self._stopping.seconds(PRICING_SECONDS)
            priced = price_exactly(data, kind, offered, number, seconds)
            bound -= priced.limit * int(data.dates[number])
            if priced.column is not None:
                found.append(priced.column)
        self._best = max(self._best, -(-bound // SCALE))
        if prices is self._center:
            self._estimate = bound
        now = time.monotonic()
        self._rested_at = now + REST * (now - began)
        return self._master.add(found)

    def _goes_on(self) -> bool:
        """Whether dearer penalties can help once the LP is solved."""
        reached = self._master.value * (1 - CLOSE) <= self._best
        done = self._master.lacking < LACKING or self._master.penalty > MOST_PENALTY
        if not done:
            self._master.raise_penalty()
            self._center, self._estimate = None, float("-inf")
        return not done and not (reached and done)
