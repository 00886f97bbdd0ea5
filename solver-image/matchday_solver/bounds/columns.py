"""Good columns quickly, by annealing sets of clubs."""

from dataclasses import dataclass

import numpy as np

from matchday_solver.bounds.duals import Offer
from matchday_solver.bounds.kinds import Kind
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.kernel.layout import Pricing
from matchday_solver.kernel.native import native
from matchday_solver.kernel.table import table

MOVES = 1500
"""Changes of the set of clubs that one search tries."""


@dataclass(frozen=True, slots=True, order=True)
class Column:
    """Games of one venue on one date."""

    kind: int
    """Index of the kind of venue and date."""
    pairs: tuple[int, ...]
    """Indices of the pairs that meet, ascending."""


class ColumnSearch:
    """Searches for columns of one kind at some prices."""

    def __init__(self, data: VenueDays, kind: Kind, number: int, offered: Offer) -> None:
        self._offered, self._number = offered, number
        pairs, most = offered.pairs, min(kind.games, len(offered.pairs)) + 1
        coach_start, coach = data.coaches.of_pairs(pairs)
        coaches = data.coaches.number
        costs = (offered.idle_cost, offered.apart_cost)
        setting = [kind.games, kind.turns, kind.starts, kind.cover, *costs]
        self._pricing = Pricing(
            first=data.first[pairs],
            second=data.second[pairs],
            gain=offered.gain,
            owner=data.owner,
            cost=offered.club_cost,
            setting=np.array(setting, np.int64),
            coach_start=coach_start,
            coach=coach,
            turns=np.zeros(coaches, np.int32),
            spare=data.coaches.spare.astype(np.int32),
            length=data.coaches.length[pairs].astype(np.int32),
            links=np.array(kind.links, np.int32),
            of_length=np.zeros((coaches, len(kind.links)), np.int32),
            present=np.zeros(len(offered.club_cost), np.int8),
            used=np.zeros(len(data.owner), np.int8),
            trial=np.zeros(most, np.int32),
            chosen=np.zeros(most, np.int32),
            found=np.zeros(2, np.int64),
            random=np.zeros(1, np.uint64),
        )
        self._table = table(self._pricing)

    def search(self, seed: int) -> tuple[Column | None, int]:
        """A column that gains much, and its gain; None and 0 where none is found."""
        if not (self._offered.gain > 0).any():
            return None, 0
        self._pricing.random[0] = 2 * seed + 1
        native().column(self._table.ctypes.data, MOVES)
        gain, games = self._pricing.found.tolist()
        if gain <= 0:
            return None, 0
        chosen = self._offered.pairs[self._pricing.chosen[:games]]
        return Column(self._number, tuple(sorted(chosen.tolist()))), gain
