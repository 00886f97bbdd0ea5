"""The compact relaxation: that of venue-days with parts of games in place of columns.

A part of a game at a venue on the dates of a kind takes as large a part of a date of each team's
club there, and the parts of all games keep to the courts. What columns say beside that, which games
of one date go together in whole numbers, is left out. So this is never above the venue-day bound,
but it is a linear programme of moderate size, close to it (within 0.1 to 5%), and there in
seconds where columns take minutes.

A first-order method solves it roughly (PDLP; Applegate and others, 2021), over more and more of the
games that could be: those that the prices so far call for are added. What the prices prove is
added up in whole numbers over all games that could be, so that it holds whatever the engine left
undone.
"""

import math
from collections.abc import Iterator

from matchday_solver.assembly import Names, Point
from matchday_solver.bounds.compact.formulation import Formulation
from matchday_solver.bounds.compact.offers import Offers, begin
from matchday_solver.bounds.compact.proof import Proof, Trial, prove
from matchday_solver.bounds.compact.sharing import shared
from matchday_solver.bounds.duals import SCALE, Prices, sign_correct
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.lp import solve_lp
from matchday_solver.size import room

ROUGH, FINE, FINER = 2e-3, 1e-5, 0.3
"""Relative precision of the programme's solution at first and at last, and the step to there."""
NEAR = 0.1
"""Relative distance of what is proven to the programme's value at which it is solved finer."""
LITTLE = 2e-4
"""Relative gain of a round at the last precision after which no further one pays."""
FRUITLESS = 4
"""Such rounds that end it where it is not near."""
ROUNDS = 40
"""Most programmes that are solved."""
MOST_SECONDS = 600.0
"""Longest solution of one programme."""
OFFER_BYTES = 4_000
"""A game in the programme and in the engine, with all that it brings with it."""
MOST_GAINS = 500_000_000
"""Pairs times kinds of venue-days up to which one look at all gains pays: some 20 seconds."""


class Compact:
    """One course of programmes."""

    def __init__(self, data: VenueDays, stopping: Stopping, known: int) -> None:
        self.prices: Prices | None = None
        """Those that prove the most so far, if that is more than was known before."""
        self._data, self._stopping = data, stopping
        self._best = known
        self._precision = ROUGH
        self._proven, self._fruitless = -math.inf, 0
        """The most that a round has proven, and rounds since then."""
        self._last: tuple[Names, Point] | None = None

    def run(self) -> Iterator[int]:
        """Proven bounds above `known`, each above the one before.

        They end where a further round gives little, there is no memory for it, or it is time to
        end.
        """
        if not _pays(self._data):
            return
        offers = begin(self._data, self._stopping)
        for _ in range(ROUNDS):
            if offers is None or not _has_room(offers):
                return
            known, result = self._best, self._round(offers)
            if result is None:
                return
            if self._best > known:
                yield self._best
            if self._is_over(*result):
                return
            offers = offers.with_more(self._data, result[0].broken)

    def _round(self, offers: Offers) -> tuple[Proof, float] | None:
        """Solve a programme over some games; what its prices prove, and its value."""
        formulation = Formulation(self._data, offers)
        end = self._solve(formulation)
        if end is None:
            return None
        prices = formulation.prices(end.duals)
        duals = sign_correct(self._data, prices)
        shares = shared(self._data, duals, formulation.shares(end.duals))
        trial = Trial(duals, shares, formulation.rents(end.duals))
        proof = prove(self._data, trial, offers, self._stopping)
        if proof is None:
            return None
        bound = -(-proof.bound // SCALE)
        if bound > self._best:
            self._best, self.prices = bound, prices
        return proof, formulation.value(end.cost)

    def _solve(self, formulation: Formulation) -> Point | None:
        """Solve a programme, beginning where the last one ended."""
        names = formulation.names
        start = names.beginning(*self._last) if self._last else None
        seconds, stop = self._stopping.seconds(MOST_SECONDS), self._stopping.stop
        end = solve_lp(formulation.programme, seconds, stop, self._precision, start)
        if end is not None:
            self._last = names, end
        return end

    def _is_over(self, proof: Proof, value: float) -> bool:
        """Whether no round is worth it after this one; if one is, how precise it is to be."""
        proven, is_finest = proof.bound / SCALE, self._precision <= FINE
        if not proof.broken and (is_finest or proven >= value * (1 - self._precision / 10)):
            return True
        is_near = proven >= value * (1 - NEAR)
        gained = proven - self._proven > LITTLE * abs(proven)
        self._proven = max(self._proven, proven)
        self._fruitless = 0 if gained else self._fruitless + 1
        if is_finest and self._fruitless >= (1 if is_near else FRUITLESS):
            return True
        if is_near or not proof.broken or not gained:
            self._precision = max(FINE, self._precision * FINER)
        return False


def _pays(data: VenueDays) -> bool:
    """Whether there is anything to be proven, and a proof takes a usual time."""
    return 0 < len(data.kinds) * len(data.first) <= MOST_GAINS


def _has_room(offers: Offers) -> bool:
    return len(offers.pair) * OFFER_BYTES <= room()
