"""The whole problem as one model: optimal cost, its bound, and the fewest missing games."""

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice, Stopped
from matchday_solver.choice.rules import add_rules, meetings_or_missing
from matchday_solver.choice.table import Table, every_game, rows_of, size
from matchday_solver.decode import Placed
from matchday_solver.demand import Demand
from matchday_solver.exact.changes import kept, staying
from matchday_solver.exact.coaches import coach_back_to_back
from matchday_solver.exact.costs import Costs
from matchday_solver.exact.meetings import rematch_gap, rivals
from matchday_solver.exact.places import club_days, full_evenings, games_at_venues
from matchday_solver.exact.run import SOLVED, Budget, Values, proven, run, whole
from matchday_solver.exact.teams import (
    doubleheaders,
    home_away_balance,
    hosting,
    soft_windows,
    start_fairness,
)
from matchday_solver.instance import Instance

TIGHT_ROWS = 5_000
"""Candidate games up to which one thread has all constraints in its LP rather than let strategies
take turns: it proves far more then, and finds no dearer schedules."""

TERMS: tuple[Callable[[Costs], None], ...] = (
    games_at_venues,
    club_days,
    coach_back_to_back,
    doubleheaders,
    rivals,
    full_evenings,
    rematch_gap,
    start_fairness,
    soft_windows,
)


@dataclass(frozen=True, slots=True)
class Whole:
    """What one model tells."""

    placed: tuple[Placed, ...] | None
    """The games of the best schedule found; None where there is none yet, or none at all."""
    missing: int
    """Games that it lacks; 0 without a schedule."""
    missing_bound: int
    """No schedule lacks fewer."""
    cost: int | None
    """Its cost by the model."""
    bound: int
    """No schedule with so few games missing costs less; 0 where changes came before the cost."""
    is_infeasible: bool = False
    """Whether it is proven that there is no complete schedule, or none at all with BestEffort."""


UNKNOWN = Whole(None, 0, 0, None, 0)
"""Nothing was found out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A schedule that the model has come to."""

    cost: int
    placed: tuple[Placed, ...]


def rows_needed(instance: Instance) -> int:
    """Candidate games of the whole model, at most: about what its size grows with."""
    return sum(size(instance, d) for d in range(len(instance.divisions.names)))


def solve_complete(
    instance: Instance,
    budget: Budget,
    stop: threading.Event,
    told: Callable[[int], None] | None = None,
    found: Callable[[Found], None] | None = None,
    known: Sequence[Placed] = (),
    *,
    repairing: bool = False,
) -> Whole:
    """The cheapest complete schedule, with a bound.

    `told` gets each better bound, and `found` each better schedule; `known` is one to start from.
    When `repairing`, the cheapest of those that change no more of the earlier schedule than that.
    """
    try:
        model = Model(instance, complete=True, stop=stop)
    except Stopped:
        return UNKNOWN
    if repairing:
        model.keep_as(known)
    if known:
        model.start_from(known, budget, stop)

    def tell(at: cp_model.CpSolverSolutionCallback) -> None:
        if found is not None:
            found(Found(round(at.objective_value), model.placed(at)))

    tight = budget.workers == 1 and len(model.choice.table) <= TIGHT_ROWS
    solver, status = run(
        model.choice.model, budget, stop, model.minimised(), told, tell,
        tight_lp=tight, interleaved=bool(known) and not tight,
    )  # fmt: skip
    if status == cp_model.INFEASIBLE:
        return Whole(None, 0, 0, None, 0, is_infeasible=True)
    bound = 0 if repairing else whole(proven(solver, status))
    if status not in SOLVED:
        return Whole(None, 0, 0, None, bound)
    return Whole(model.placed(solver), 0, 0, round(solver.objective_value), bound)


def solve_best_effort(
    instance: Instance, budget: Budget, stop: threading.Event, table: Table | None = None
) -> Whole:
    """The cheapest among the schedules with the fewest missing games; of a table's, where given.

    Beside an earlier schedule, and without a table, the fewest changes come before the cost.
    """
    try:
        model = Model(instance, complete=False, table=table, stop=stop)
    except Stopped:
        return UNKNOWN
    tiers = _Tiers(model, budget, stop)
    solver, status = tiers.most(model.played)
    if status not in SOLVED:
        return Whole(None, 0, 0, None, 0, is_infeasible=status == cp_model.INFEASIBLE)
    least = max(0, instance.games_total - math.floor(-proven(solver, status) + 1e-6))
    missing = instance.games_total + round(solver.objective_value)
    best = Whole(model.placed(solver), missing, least, None, 0)
    if status != cp_model.OPTIMAL:
        return best
    return tiers.preferred(best, repairing=table is None and instance.earlier is not None)


class _Tiers:
    """Runs of one model, each for a goal among what is best by the goals before; they share a
    budget."""

    def __init__(self, model: "Model", budget: Budget, stop: threading.Event) -> None:
        self._model, self._budget, self._stop = model, budget, stop

    def preferred(self, best: Whole, *, repairing: bool) -> Whole:
        """The cheapest of those as full as `best`; when `repairing`, with the fewest changes."""
        if repairing:
            solver, status = self.most(self._model.kept)
            if status in SOLVED:
                best = replace(best, placed=self._model.placed(solver))
            if status != cp_model.OPTIMAL:
                return best
        solver, status = self.cheapest()
        if status not in SOLVED:
            return best
        cost, bound = round(solver.objective_value), whole(proven(solver, status))
        placed = self._model.placed(solver)
        return replace(best, placed=placed, cost=cost, bound=0 if repairing else bound)

    def most(self, goal: cp_model.LinearExprT) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """As much of a goal as half of what is left suffices for; it is kept to where proven."""
        solver, status = self._run(self._budget.share(0.5), -goal)
        if status == cp_model.OPTIMAL:
            self._model.choice.model.add(goal == round(-solver.objective_value))
            self._model.hint(solver)
        return solver, status

    def cheapest(self) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """The least cost, with all that is left."""
        return self._run(self._budget, self._model.minimised())

    def _run(
        self, budget: Budget, minimised: cp_model.LinearExprT
    ) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        solver, status = run(self._model.choice.model, budget, self._stop, minimised)
        self._budget = self._budget.after(solver.deterministic_time)
        return solver, status


class Model:
    """All candidate games, or those of a table, with all rules and all terms.

    Raises Stopped where `stop` is set meanwhile.
    """

    def __init__(
        self,
        instance: Instance,
        *,
        complete: bool,
        table: Table | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        table = every_game(instance) if table is None else table
        demand = Demand.whole(instance) if complete else Demand.nothing(instance)
        self.choice = Choice(instance, table, demand, stop)
        add_rules(self.choice)
        if not complete:
            meetings_or_missing(self.choice, range(len(instance.divisions.names)))
        self.played = self.choice.sum(np.arange(len(table)))
        self._swapped = hosting(self.choice)
        self.kept = kept(self.choice, self._swapped)
        self._costs = Costs(self.choice)
        for term in TERMS:
            term(self._costs)
        home_away_balance(self._costs, self._swapped)

    def minimised(self) -> cp_model.LinearExprT:
        """The cost."""
        return self._costs.expression()

    def hint(self, solver: cp_model.CpSolver) -> None:
        """Start the next solution from the last one."""
        model = self.choice.model
        model.proto.clear_solution_hint()
        for index in range(len(model.proto.variables)):
            variable = model.get_int_var_from_proto_index(index)
            model.add_hint(variable, solver.value(variable))

    def keep_as(self, games: Sequence[Placed]) -> None:
        """Have no more changes of the earlier schedule than these games."""
        instance = self.choice.instance
        same, _ = staying(instance, rows_of(instance, games))
        self.choice.model.add(self.kept >= int(same.sum()))

    def start_from(
        self, games: Sequence[Placed], budget: Budget, stop: threading.Event
    ) -> int | None:
        """Hint at a schedule, with every variable: what is not told by its games is worked out.

        Its cost by the model; None where that does not take it, or has no time to.
        """
        self._hint_games(games)
        rest = Budget(budget.rest().seconds, seed=budget.seed)
        solver, status = run(self.choice.model, rest, stop, self.minimised(), fixed=True)
        self.choice.model.proto.clear_solution_hint()
        if status not in SOLVED:
            return None
        self.hint(solver)
        return round(solver.objective_value)

    def _hint_games(self, games: Sequence[Placed]) -> None:
        played = {
            (*sorted((game.home, game.away)), game.slot, game.venue): game
            for game in games
            if game.fixed < 0
        }
        table, instance = self.choice.table, self.choice.instance
        # Elsewhere a row stands for both ways to host where either is allowed.
        both_ways = instance.divisions.home_only[instance.teams.division]
        columns = (table.home, table.away, table.slot, table.venue)
        for n, (x, y, k, v) in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
            game = played.get((*sorted((x, y)), k, v))
            same = game is not None and (game.home == x or not both_ways[x])
            if not table.fixed[n]:
                self.choice.model.add_hint(self.choice.chosen[n], same)
            if n in self._swapped:
                self.choice.model.add_hint(self._swapped[n], game is not None and game.home != x)

    def placed(self, solver: Values) -> tuple[Placed, ...]:
        """The chosen games."""
        table, fixed = self.choice.table, len(self.choice.instance.fixed)
        rows = [n for n, game in enumerate(self.choice.chosen) if solver.boolean_value(game)]
        found = []
        for n in rows:
            home, away = int(table.home[n]), int(table.away[n])
            if n in self._swapped and solver.boolean_value(self._swapped[n]):
                home, away = away, home
            place = (int(table.slot[n]), int(table.venue[n]))
            given = n if n < fixed else -1
            found.append(Placed(*place, home, away, int(table.length[n]), given))
        return tuple(found)
