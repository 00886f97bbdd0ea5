"""Column generation: better and better prices, and the bounds they prove.

Columns come from a quick search; only now and then the pricing problems are solved exactly, which
proves a bound at the prices of that moment and finds columns that the search has missed.
"""

import math
import time
from collections.abc import Iterator, Set
from operator import itemgetter

from matchday_solver.bounds.ascent import stepped
from matchday_solver.bounds.columns import Column, ColumnSearch
from matchday_solver.bounds.duals import (
    SCALE,
    Prices,
    constant,
    offer,
    price_scale,
    sign_correct,
    uniform,
)
from matchday_solver.bounds.master import Master
from matchday_solver.bounds.pricing import PRICING_SECONDS, Proof, prove
from matchday_solver.bounds.stabilising import Stabiliser
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays

SAME = 1e-9
"""Relative difference of values of the LP that are the same."""
SEARCHES = 2
"""Columns looked for in each kind and round."""
CLOSE, CLOSEST = 1e-3, 2e-4
"""Relative distances to the LP's value at which a bound is proven, at first and at last."""
NEARER = 0.5
"""Factor between two such distances."""
WORTH, REST = 0.005, 2.5
"""Relative gain of the estimate that is worth proving, and time between such proofs, in units of
the last proof's."""
LITTLE, LONG_REST = 0.0005, 10.0
"""The same for smaller gains."""
FIRST_REST = 5.0
"""Seconds of subgradient steps before the first proof on the way."""
STEPS = 80
"""Subgradient steps before the first LP."""
REACH = 0.15
"""Relative distance of the target of a subgradient step at first."""
MOST_PRICING_SECONDS, LONGER = 60.0, 2.0
"""Longest exact solution of one pricing problem where all else is done, and the step to there."""
TIRED = 4
"""Steps without better prices after which the target comes closer."""
FIRST_PRICES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.7, 1.0)
"""Prices of a team's game to begin with, in parts of the price scale."""


class Generation:
    """One column generation."""

    def __init__(self, data: VenueDays, stopping: Stopping, known: int) -> None:
        self.proof: Proof | None = None
        """What proves the best bound so far."""
        self._data, self._stopping = data, stopping
        self._best = known
        self._master = Master(data)
        self._center = uniform(data, 0.0)
        self._estimate = float("-inf")
        self._scale = price_scale(data)
        self._close = CLOSE
        self._round = 0
        self._proven_at, self._proof_seconds = 0.0, 0.0
        self._seconds, self._is_cut = PRICING_SECONDS, False

    @property
    def columns(self) -> Set[Column]:
        """All columns found so far."""
        return self._master.columns

    def run(self, prices: Prices | None = None) -> Iterator[int]:
        """Proven bounds above `known`, each above the one before; at first that of some prices.

        They end when they reach the LP's value or it is time to end.
        """
        if prices is not None:
            yield from self._prove_better(prices)
        yield from self._begin()
        near = Stabiliser(self._scale)
        while not self._stopping.is_due() and not near.is_exhausted:
            self._master.box(self._center.team, near.width)
            value = self._master.value
            solved = self._master.solve(self._stopping)
            if solved is None:
                return
            prices = solved.between(self._center, near.smoothing)
            new, better = self._search(prices)
            changed = better or not math.isclose(self._master.value, value, rel_tol=SAME)
            boxed = self._master.is_boxed
            if near.adapt(new, is_better=better, has_changed=changed, is_boxed=boxed):
                continue
            if new == 0 or self._is_close() or self._is_worth_proving():
                known = len(self._master.columns)
                yield from self._prove_better(prices if new == 0 else self._center)
                new += len(self._master.columns) - known
                if self._is_over(new):
                    return

    def _is_over(self, new: int) -> bool:
        """Whether nothing more is to be proven after a proof that found so many new columns."""
        if self._is_reached():
            self._close *= NEARER
        is_over = not self._master.is_boxed and (new == 0 or self._close < CLOSEST)
        return is_over and not self._goes_deeper()

    def _goes_deeper(self) -> bool:
        """Whether the last proof was cut short, so that pricing problems get more time."""
        if not self._is_cut or self._seconds >= MOST_PRICING_SECONDS:
            return False
        self._seconds *= LONGER
        return True

    def _begin(self) -> Iterator[int]:
        """Begin with the best of some prices that are the same for all teams."""
        for share in FIRST_PRICES:
            if self._stopping.is_due():
                return
            _, better = self._search(uniform(self._data, share * self._scale))
            if not better:
                break
        yield from self._ascend()

    def _ascend(self) -> Iterator[int]:
        """Subgradient steps from the best prices so far; the bounds proven on a long way."""
        reach, tired, prices = REACH, 0, self._center
        self._proven_at, self._proof_seconds = time.monotonic(), FIRST_REST / REST
        for _ in range(STEPS):
            value, columns = self._try(prices, searches=1)
            if self._stopping.is_due():
                return
            tired = 0 if self._keep(prices, value) else tired + 1
            if tired >= TIRED:
                reach, tired, prices = reach / 2, 0, self._center
                if self._is_worth_proving():
                    yield from self._prove_better(self._center)
                continue
            target = self._estimate + reach * abs(self._estimate)
            duals = sign_correct(self._data, prices)
            prices = stepped(self._data, duals, columns, (target - value) / SCALE)

    def _search(self, prices: Prices) -> tuple[int, bool]:
        """Look for columns at some prices; how many are new, and whether the prices are better."""
        known = len(self._master.columns)
        value, _ = self._try(prices)
        better = not self._stopping.is_due() and self._keep(prices, value)
        return len(self._master.columns) - known, better

    def _keep(self, prices: Prices, value: float) -> bool:
        """Remember the best prices; whether these are."""
        better = value > self._estimate
        if better:
            self._estimate, self._center = value, prices
        return better

    def _try(self, prices: Prices, searches: int = SEARCHES) -> tuple[float, list[Column]]:
        """An estimate of the bound that prices give, and the best column of every kind."""
        data = self._data
        duals, best = sign_correct(data, prices), list[Column]()
        estimate = constant(data, duals)
        self._round += 1
        for number, kind in enumerate(data.kinds):
            if self._stopping.is_due():
                break
            search = ColumnSearch(data, kind, number, offer(data, duals, kind))
            seeds = range(self._round * SEARCHES, self._round * SEARCHES + searches)
            found = [(gain, column) for column, gain in map(search.search, seeds) if column]
            if found:
                self._master.add(column for _, column in found)
                gain, column = max(found, key=itemgetter(0))
                estimate -= gain * int(data.dates[number])
                best.append(column)
        return estimate, best

    def _is_close(self) -> bool:
        """Whether the best prices are as good as all that is left to find."""
        reached = self._estimate / SCALE >= self._master.value * (1 - self._close)
        return reached and not self._master.is_boxed

    def _is_reached(self) -> bool:
        """Whether the proven bound is."""
        return self._best >= self._master.value * (1 - 2 * self._close)

    def _is_worth_proving(self) -> bool:
        rested, gain = time.monotonic() - self._proven_at, self._estimate / SCALE - self._best
        return (gain > WORTH * self._best and rested > REST * self._proof_seconds) or (
            gain > LITTLE * self._best and rested > LONG_REST * self._proof_seconds
        )

    def _prove_better(self, prices: Prices) -> Iterator[int]:
        """The bound that prices give, where it is the best so far."""
        known = self._best
        self._prove(prices)
        if self._best > known:
            yield self._best

    def _prove(self, prices: Prices) -> None:
        """Prove the bound that prices give; the columns that this finds are taken in."""
        began = time.monotonic()
        proof, columns = prove(
            self._data, sign_correct(self._data, prices), self._stopping, self._seconds
        )
        if proof is None:
            return
        self._is_cut = not proof.is_exact
        self._best = max(self._best, -(-proof.bound // SCALE))
        if self.proof is None or proof.bound > self.proof.bound:
            self.proof = proof
        if prices is self._center:
            self._estimate = proof.bound
        self._proven_at = time.monotonic()
        self._proof_seconds = self._proven_at - began
        self._master.add(columns)
