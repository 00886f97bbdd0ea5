"""The model that fills the gaps of an earlier schedule with as few changes as possible."""

import threading
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice
from matchday_solver.choice.room import Room
from matchday_solver.choice.rules import add_rules, meetings_or_missing
from matchday_solver.choice.table import (
    Table,
    candidates,
    fixed_rows,
    joined,
    pairs_of,
    size,
)
from matchday_solver.demand import Demand
from matchday_solver.exact.run import SOLVED, Budget, proven, run
from matchday_solver.instance import Instance, Ints, Longs, Mask
from matchday_solver.repair.cost import row_costs
from matchday_solver.size import rows_with_room

MAX_ROWS = 40_000
"""New candidate games up to which a model is built."""
WORKERS = 2
"""Workers for which there has to be memory."""
FEW_ROWS = 10_000
"""New candidate games that mostly suffice, and up to which presolve is worth its time."""


@dataclass(frozen=True)
class Filled:
    """A complete schedule that keeps all hard rules."""

    table: Table
    stays: Mask
    """(n,) the earlier rows that are in it."""
    most: int
    """No schedule of this model keeps more earlier rows."""


@dataclass(frozen=True)
class Gaps:
    """Earlier games that stay for sure, those that may move, and the candidates beside them."""

    instance: Instance
    rows: Table
    """All earlier games that may stay."""
    stays: Mask
    """(n,) those that stay for sure."""
    new: Table
    """Candidate games."""
    is_whole: bool
    """Whether no candidate was left out, so that no solution means that there is none."""

    def fill(
        self, budget: Budget, stop: threading.Event, *, complete: bool = True
    ) -> Filled | bool:
        """The schedule with the fewest changes; False where there is none, True where unknown.

        Where it need not be complete, the fewest missing games come first.
        """
        rows = replace(self.rows, fixed=self.stays)
        fixed = fixed_rows(self.instance)
        table = joined(fixed, rows, self.new)
        demand = Demand.whole(self.instance) if complete else Demand.nothing(self.instance)
        choice = Choice(self.instance, table, demand)
        add_rules(choice)
        if not complete:
            meetings_or_missing(choice, range(len(self.instance.divisions.names)))
        unit = 0 if complete and self.stays.all() else self._prefer(choice, len(fixed), complete)
        presolve = len(self.new) <= FEW_ROWS
        solver, status = run(choice.model, budget, stop, presolve=presolve)
        if status not in SOLVED:
            return not self.is_whole or status != cp_model.INFEASIBLE
        chosen = choice.solution(solver)
        stays = chosen[len(fixed) : len(fixed) + len(rows)]
        most = len(rows)
        if unit and self.is_whole and complete:
            most = int((unit - 1 - proven(solver, status)) // unit)
        elif unit and self.is_whole and status == cp_model.OPTIMAL:
            most = int(stays.sum())
        return Filled(table.where(chosen), stays, min(most, len(rows)))

    def _prefer(self, choice: Choice, fixed: int, complete: bool) -> int:
        """Have many games where some may be missing, then keep earlier ones, then take cheap new
        ones; what an earlier game counts."""
        first = fixed + len(self.rows)
        costs = row_costs(self.instance, self.new, self.rows.where(self.stays))
        unit = 1 + int(costs.max(initial=0)) * self.instance.games_total
        stays = choice.chosen[fixed:first]
        kept = cp_model.LinearExpr.weighted_sum(stays, [-unit] * len(stays))
        new = cp_model.LinearExpr.weighted_sum(choice.chosen[first:], costs.tolist())
        each = 0 if complete else unit * (len(stays) + 1)
        choice.model.minimize(kept + new - each * cp_model.LinearExpr.sum(choice.chosen[fixed:]))
        return unit


def own_pairings(instance: Instance, rows: Table, stays: Mask) -> Gaps:
    """New games of the pairs that lose one, with all of `stays` in their places."""
    earlier = instance.earlier
    if earlier is None:
        raise ValueError("there is no earlier schedule")
    home, away, _ = zip(*earlier.spare, strict=True) if earlier.spare else ((), (), ())
    gone = _pair_keys(instance, np.array(home, np.int32), np.array(away, np.int32))
    here = _pair_keys(instance, earlier.home, earlier.away)
    every, times = np.unique(np.concatenate([here, gone]), return_counts=True)
    staying = joined(fixed_rows(instance), rows.where(stays))
    kept = np.sort(_pair_keys(instance, staying.home, staying.away))
    left = np.searchsorted(kept, every, "right") - np.searchsorted(kept, every)
    lost = every[times > left]
    return _inserted(instance, rows, stays, FEW_ROWS, lost)


def few_insertions(instance: Instance, rows: Table, stays: Mask) -> Gaps:
    """The cheapest of `insertions`, for a quick answer."""
    return _inserted(instance, rows, stays, FEW_ROWS, None)


def insertions(instance: Instance, rows: Table, stays: Mask) -> Gaps:
    """New games where courts and teams are free, with all of `stays` in their places.

    Only teams that lack games get new ones, so this loses no solution but for candidates beyond
    MAX_ROWS, the dearest ones.
    """
    return _inserted(instance, rows, stays, _most_rows(instance), None)


def _most_rows(instance: Instance) -> int:
    return min(MAX_ROWS, rows_with_room(instance, WORKERS))


def _inserted(instance: Instance, rows: Table, stays: Mask, most: int, only: Longs | None) -> Gaps:
    """Insertions, of pairs with some keys only."""
    staying = joined(fixed_rows(instance), rows.where(stays))
    room = Room(instance, staying)
    lacking = _lacking(instance, staying)
    found = []
    for d in np.unique(instance.teams.division[lacking]).tolist():
        pairs = pairs_of(instance, d)
        pairs = pairs[np.isin(pairs, lacking).all(axis=1)]
        if only is not None:
            pairs = pairs[np.isin(_pair_keys(instance, pairs[:, 0], pairs[:, 1]), only)]
        within = room.places(int(instance.divisions.length[d]))
        found.append(room.fitting(candidates(instance, d, pairs, within)))
    gaps = _gaps(instance, rows, stays, found, most)
    return gaps if only is None else replace(gaps, is_whole=False)


def displacements(instance: Instance, rows: Table, stays: Mask) -> Gaps:
    """New games anywhere for pairs near the gaps, with the other games in their places."""
    staying = joined(fixed_rows(instance), rows.where(stays))
    lacking = _lacking(instance, staying)
    near = np.isin(rows.home, lacking) | np.isin(rows.away, lacking) | ~stays
    firm = stays & ~near
    room = Room(instance, joined(fixed_rows(instance), rows.where(firm)))
    moving = rows.where(near)
    found = []
    for d in np.unique(instance.teams.division[lacking]).tolist():
        pairs = pairs_of(instance, d)
        known = _pair_keys(instance, moving.home, moving.away)
        own = np.isin(_pair_keys(instance, pairs[:, 0], pairs[:, 1]), known)
        pairs = pairs[own | np.isin(pairs, lacking).all(axis=1)]
        within = room.places(int(instance.divisions.length[d]))
        found.append(room.fitting(candidates(instance, d, pairs, within)))
    return _gaps(instance, rows, firm, found, FEW_ROWS)


def everything(instance: Instance, rows: Table) -> Gaps | None:
    """All candidate games: the exact model; None where it is too large."""
    divisions = range(len(instance.divisions.games))
    if sum(size(instance, d) for d in divisions) > _most_rows(instance):
        return None
    found = [candidates(instance, d, pairs_of(instance, d)) for d in divisions]
    return _gaps(instance, rows, np.zeros(len(rows), np.bool_), found, MAX_ROWS)


def _gaps(instance: Instance, rows: Table, stays: Mask, found: list[Table], most: int) -> Gaps:
    new = joined(rows.where(np.zeros(len(rows), np.bool_)), *found)
    known = np.concatenate([rows.keys(instance), fixed_rows(instance).keys(instance)])
    new = new.where(~np.isin(new.keys(instance), known))
    cheap = _cheapest(instance, new, rows.where(stays), most)
    return Gaps(instance, rows, stays, cheap, len(cheap) == len(new))


def _cheapest(instance: Instance, new: Table, staying: Table, most: int) -> Table:
    """As many candidates as a model may have, the cheapest of each pair."""
    if len(new) <= most:
        return new
    pair = _pair_keys(instance, new.home, new.away)
    order = np.lexsort((row_costs(instance, new, staying), pair))
    _, firsts, counts = np.unique(pair[order], return_index=True, return_counts=True)
    rank = np.arange(len(new)) - np.repeat(firsts, counts)
    return new.where(np.sort(order[rank < most // len(firsts)]))


def _pair_keys(instance: Instance, one: Ints, other: Ints) -> Longs:
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other)
    return np.asarray(low * len(instance.teams.names) + high)


def _lacking(instance: Instance, table: Table) -> Longs:
    """Teams with fewer games than they play."""
    teams = instance.teams
    played = np.bincount(np.concatenate([table.home, table.away]), minlength=len(teams.names))
    return np.flatnonzero(played < instance.divisions.games[teams.division])
