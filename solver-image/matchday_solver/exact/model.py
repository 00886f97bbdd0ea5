"""The whole problem as one model: all candidate games, with all rules and all terms."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.coaches import one_game_a_coach
from matchday_solver.choice.model import Choice
from matchday_solver.choice.rules import (
    courts,
    games_of_odd_divisions,
    home_balance,
    least_meetings,
    meetings_or_missing,
)
from matchday_solver.choice.table import Table, every_game, rows_of
from matchday_solver.decode import Placed
from matchday_solver.demand import Demand
from matchday_solver.exact.changes import kept, staying
from matchday_solver.exact.coaches import coach_back_to_back
from matchday_solver.exact.costs import Costs
from matchday_solver.exact.meetings import rematch_gap, rivals
from matchday_solver.exact.places import club_days, full_evenings, games_at_venues
from matchday_solver.exact.presence import (
    Presence,
    few_doubleheaders,
    games_a_team,
    least_in_windows,
    most_in_windows,
    most_meetings,
)
from matchday_solver.exact.run import SOLVED, Budget, Values, run
from matchday_solver.exact.teams import (
    doubleheaders,
    home_away_balance,
    hosting,
    soft_windows,
    start_fairness,
)
from matchday_solver.instance import Instance
from matchday_solver.kernel.layout import CHANGED

RULES: tuple[Callable[[Choice], None], ...] = (
    courts,
    one_game_a_coach,
    least_meetings,
    games_of_odd_divisions,
    home_balance,
)
RULES_OF_PRESENCE: tuple[Callable[[Presence], None], ...] = (
    games_a_team,
    few_doubleheaders,
    most_meetings,
    most_in_windows,
    least_in_windows,
)
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
class Range:
    """Costs of schedules that are looked for."""

    least: int
    """No schedule costs less."""
    end: int
    """The cost of one that is known."""


def cheaper_than(cost: float, least: int) -> Range | None:
    """Costs from what is proven to that of a schedule of a search; None where that breaks rules."""
    return Range(least, int(cost)) if cost < CHANGED else None


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
        presence = Presence(self.choice)
        for rule in RULES:
            rule(self.choice)
        for rule_of_presence in RULES_OF_PRESENCE:
            rule_of_presence(presence)
        if not complete:
            meetings_or_missing(self.choice, range(len(instance.divisions.names)))
        self.played = self.choice.sum(np.arange(len(table)))
        self._swapped = hosting(self.choice)
        self.kept = kept(self.choice, self._swapped)
        self._costs = Costs(presence)
        for term in TERMS:
            term(self._costs)
        home_away_balance(self._costs, self._swapped)

    def minimised(self) -> cp_model.LinearExprT:
        """The cost."""
        return self._costs.expression()

    def cost_within(self, between: Range) -> None:
        """Look for schedules of such costs only."""
        self.choice.model.add(self.minimised() >= between.least)
        self.choice.model.add(self.minimised() < between.end)

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
