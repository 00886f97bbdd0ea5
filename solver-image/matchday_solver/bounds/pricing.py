"""The best column of a kind by CP-SAT, with a proven bound on its gain."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.duals import Duals, Offer, constant, offer
from matchday_solver.bounds.kinds import Kind
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.exact.run import SOLVED, Budget, proven, run

PRICING_SECONDS = 4.0
"""Longest exact solution of one pricing problem, at first."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Prices and what they prove."""

    duals: Duals
    limits: tuple[int, ...]
    """(kinds,) what no column of each kind gains more than, in 1/SCALE of a cost."""
    bound: int
    """In 1/SCALE of a cost."""
    is_exact: bool = True
    """Whether every pricing problem was solved to its end; else these prices prove more."""


def prove(
    data: VenueDays, duals: Duals, stopping: Stopping, seconds: float = PRICING_SECONDS
) -> tuple[Proof | None, list[Column]]:
    """What prices prove with so many seconds for each pricing problem, and the columns that gain
    most.

    None where it is time to end before all pricing problems are solved.
    """
    limits, found, is_exact = list[int](), list[Column](), True
    for number, kind in enumerate(data.kinds):
        if stopping.is_due():
            return None, found
        offered = offer(data, duals, kind)
        priced = price_exactly(data, kind, offered, number, stopping, seconds)
        limits.append(priced.limit)
        is_exact = is_exact and priced.is_exact
        if priced.column is not None:
            found.append(priced.column)
    used = int(np.array(limits, np.int64) @ data.dates)
    return Proof(duals, tuple(limits), constant(data, duals) - used, is_exact), found


@dataclass(frozen=True, slots=True)
class Priced:
    """A column that gains much, and what none gains more than, in 1/SCALE of a cost."""

    column: Column | None
    limit: int
    is_exact: bool = True
    """Whether the limit is the gain of the best column."""


def price_exactly(
    data: VenueDays,
    kind: Kind,
    offered: Offer,
    number: int,
    stopping: Stopping,
    seconds: float = PRICING_SECONDS,
) -> Priced:
    """Solve a kind's pricing problem; the limit is proven even where the time is up.

    A run that ends before it has a solution proves nothing: the limit then is all that is gained.
    """
    if not len(offered.pairs):
        return Priced(None, 0)
    pricing = _Pricing(data, kind, offered)
    budget = Budget(stopping.seconds(seconds))
    solver, status = run(pricing.model, budget, stopping.stop, tight_lp=True)
    most = int(np.maximum(offered.gain, 0).sum())
    if status not in SOLVED:
        return Priced(None, most, is_exact=False)
    played = [p for p, game in pricing.games.items() if solver.boolean_value(game)]
    column = Column(number, tuple(sorted(played))) if played else None
    limit = max(0, min(most, int(proven(solver, status) + 0.5)))
    return Priced(column, limit, status == cp_model.OPTIMAL)


class _Pricing:
    """The model: which games, which clubs they bring, whose doubleheaders, which starts idle."""

    def __init__(self, data: VenueDays, kind: Kind, offered: Offer) -> None:
        self.model = cp_model.CpModel()
        self._data, self._kind, self._offered = data, kind, offered
        self._gain: list[cp_model.LinearExprT] = []
        self._owners: dict[int, cp_model.IntVar] = {}
        self.games = {int(p): self.model.new_bool_var("") for p in offered.pairs}
        for gain, game in zip(offered.gain.tolist(), self.games.values(), strict=True):
            self._gain.append(gain * game)
        self.model.add(cp_model.LinearExpr.sum(list(self.games.values())) <= kind.games)
        self._add_teams()
        self._add_coaches()
        if kind.starts > 0:
            self._add_idle_starts()
        self.model.maximize(cp_model.LinearExpr.sum(self._gain))

    def _add_teams(self) -> None:
        """A team plays once, or twice for its price, and brings its club."""
        of_team = defaultdict[int, list[cp_model.IntVar]](list)
        for p, game in self.games.items():
            of_team[int(self._data.first[p])].append(game)
            of_team[int(self._data.second[p])].append(game)
        for team, games in of_team.items():
            club = self._owner(int(self._data.owner[team]))
            allowed = [club]
            if self._data.doubles[team] > 0 and len(games) > 1:
                allowed.append(self._twice(team, club))
            self.model.add(cp_model.LinearExpr.sum(games) <= cp_model.LinearExpr.sum(allowed))

    def _add_coaches(self) -> None:
        """A coach has as many games as follow each other; those that do not do so at once cost."""
        of_coach = defaultdict[int, list[int]](list)
        for pair in self.games:
            for coach in self._data.coaches.of_pair(pair):
                of_coach[coach].append(pair)
        for coach, pairs in of_coach.items():
            if len(pairs) > self._kind.turns:
                self.model.add(self._played(pairs) <= self._kind.turns)
            if self._kind.links:
                self._add_back_to_back(coach, pairs)

    def _add_back_to_back(self, coach: int, pairs: list[int]) -> None:
        """What `Coaches.units` tells of one coach."""
        of_length = defaultdict[int, list[int]](list)
        for pair in pairs:
            of_length[int(self._data.coaches.length[pair])].append(pair)
        apart = []
        for length, alike in of_length.items():
            beyond = len(alike) - self._kind.links[length]
            if beyond > 0:
                apart.append(self.model.new_int_var(0, beyond, ""))
                self.model.add(apart[-1] >= self._played(alike) - self._kind.links[length])
        if apart:
            units = self.model.new_int_var(0, len(pairs), "")
            spare = int(self._data.coaches.spare[coach])
            self.model.add(units >= cp_model.LinearExpr.sum(apart) - spare)
            self._gain.append(-self._offered.apart_cost * units)

    def _played(self, pairs: list[int]) -> cp_model.LinearExpr:
        """How many of some pairs meet."""
        return cp_model.LinearExpr.sum([self.games[pair] for pair in pairs])

    def _twice(self, team: int, club: cp_model.IntVar) -> cp_model.IntVar:
        twice = self.model.new_bool_var("")
        self.model.add_implication(twice, club)
        self._gain.append(-int(self._offered.double_cost[team]) * twice)
        return twice

    def _owner(self, owner: int) -> cp_model.IntVar:
        if owner not in self._owners:
            self._owners[owner] = self.model.new_bool_var("")
            self._gain.append(-int(self._offered.club_cost[owner]) * self._owners[owner])
        return self._owners[owner]

    def _add_idle_starts(self) -> None:
        """Too few games for the starts of a weekday leave some idle."""
        opened = self.model.new_bool_var("")
        for owner in self._owners.values():
            self.model.add_implication(owner, opened)
        idle = self.model.new_int_var(0, self._kind.starts, "")
        games = cp_model.LinearExpr.sum(list(self.games.values()))
        self.model.add(idle >= self._kind.starts * opened - self._kind.cover * games)
        self._gain.append(-self._offered.idle_cost * idle)
