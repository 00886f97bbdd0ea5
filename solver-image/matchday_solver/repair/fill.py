"""The model that fills the gaps of an earlier schedule with as few changes as possible."""

from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice
from matchday_solver.choice.rules import add_rules
from matchday_solver.choice.table import (
    Table,
    candidates,
    fixed_rows,
    joined,
    pairs_of,
    size,
)
from matchday_solver.instance import Instance, Ints, Longs, Mask
from matchday_solver.repair.cost import row_costs
from matchday_solver.repair.room import Room

MAX_ROWS = 60_000
"""New candidate games up to which a model is built."""

MAX_CELLS = 20_000_000
"""Pairs times places that are looked at, at most."""


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

    def fill(self, seconds: float, workers: int) -> Filled | bool:
        """The schedule with the fewest changes; False where there is none, True where unknown."""
        rows = replace(self.rows, fixed=self.stays)
        fixed = fixed_rows(self.instance)
        table = joined(fixed, rows, self.new)
        everyone = np.ones(len(self.instance.divisions.games), np.bool_)
        choice = Choice(self.instance, table, everyone)
        add_rules(choice)
        unit = self._prefer(choice, len(fixed))
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        solver.parameters.num_workers = workers
        status = solver.solve(choice.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return status != cp_model.INFEASIBLE
        chosen = np.array([solver.boolean_value(var) for var in choice.chosen], np.bool_)
        stays = chosen[len(fixed) : len(fixed) + len(rows)]
        most = int((unit - 1 - solver.best_objective_bound) // unit)
        return Filled(table.where(chosen), stays, min(most, len(rows)))

    def _prefer(self, choice: Choice, fixed: int) -> int:
        """Keep earlier games first, then take cheap new ones; what an earlier game counts."""
        first = fixed + len(self.rows)
        costs = row_costs(self.instance, self.new, self.rows.where(self.stays))
        unit = 1 + int(costs.max(initial=0)) * self.instance.games_total
        stays = choice.chosen[fixed:first]
        kept = cp_model.LinearExpr.weighted_sum(stays, [-unit] * len(stays))
        new = cp_model.LinearExpr.weighted_sum(choice.chosen[first:], costs.tolist())
        choice.model.minimize(kept + new)
        return unit


def insertions(instance: Instance, rows: Table, stays: Mask) -> Gaps | None:
    """New games where courts and teams are free, with all of `stays` in their places.

    Only teams that lack games get new ones, so this loses no solution. None where there are too
    many candidates.
    """
    staying = joined(fixed_rows(instance), rows.where(stays))
    room = Room(instance, staying)
    lacking = _lacking(instance, staying)
    found = []
    for d in np.unique(instance.teams.division[lacking]).tolist():
        pairs = pairs_of(instance, d)
        pairs = pairs[np.isin(pairs, lacking).all(axis=1)]
        within = room.places(int(instance.divisions.length[d]))
        if len(pairs) * int(within.sum()) > MAX_CELLS:
            return None
        found.append(room.fitting(candidates(instance, d, pairs, within)))
    return _gaps(instance, rows, stays, found)


def displacements(instance: Instance, rows: Table, stays: Mask) -> Gaps | None:
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
    return _gaps(instance, rows, firm, found)


def everything(instance: Instance, rows: Table) -> Gaps | None:
    """All candidate games: the exact model; None where it is too large."""
    divisions = range(len(instance.divisions.games))
    if sum(size(instance, d) for d in divisions) > MAX_ROWS:
        return None
    found = [candidates(instance, d, pairs_of(instance, d)) for d in divisions]
    return _gaps(instance, rows, np.zeros(len(rows), np.bool_), found)


def _gaps(instance: Instance, rows: Table, stays: Mask, found: list[Table]) -> Gaps | None:
    new = joined(rows.where(np.zeros(len(rows), np.bool_)), *found)
    known = np.concatenate([rows.keys(instance), fixed_rows(instance).keys(instance)])
    new = new.where(~np.isin(new.keys(instance), known))
    return Gaps(instance, rows, stays, new) if len(new) <= MAX_ROWS else None


def _pair_keys(instance: Instance, one: Ints, other: Ints) -> Longs:
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other)
    return np.asarray(low * len(instance.teams.names) + high)


def _lacking(instance: Instance, table: Table) -> Longs:
    """Teams with fewer games than they play."""
    teams = instance.teams
    played = np.bincount(np.concatenate([table.home, table.away]), minlength=len(teams.names))
    return np.flatnonzero(played < instance.divisions.games[teams.division])
