"""The whole league by dates, with starts open, as one integer linear programme.

A small league has some hundred games by pair, date and venue. Teams' dates and pairs' meetings are
paths in it. Left out is what starts decide: `startFairness`, `coachBackToBack`, and how
`fullEvenings` come about. So it is a relaxation, and its solution mostly has starts.
"""

import threading
from collections import Counter
from collections.abc import Callable

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.bounds.dating import meetings_of, one_start
from matchday_solver.bounds.paths import (
    add_path,
    has_windows,
    price_of_doubleheader,
    price_of_rematches,
    price_of_windows,
    together,
)
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.choice.model import Choice
from matchday_solver.choice.rules import games_of_odd_divisions, home_balance, least_meetings
from matchday_solver.choice.table import Table, every_game
from matchday_solver.demand import Demand
from matchday_solver.exact.costs import Costs
from matchday_solver.exact.meetings import rivals
from matchday_solver.exact.model import RULES_OF_PRESENCE
from matchday_solver.exact.places import club_days, games_at_venues
from matchday_solver.exact.presence import Presence
from matchday_solver.exact.teams import charge_windows, doubleheaders, home_away_balance, hosting
from matchday_solver.instance import Longs
from matchday_solver.milp import Solved, solve_linear

RULES: tuple[Callable[[Choice], None], ...] = (
    least_meetings,
    games_of_odd_divisions,
    home_balance,
)
TERMS: tuple[Callable[[Costs], None], ...] = (games_at_venues, club_days, doubleheaders, rivals)


class ByDates:
    """The programme; raises Stopped where `stop` is set meanwhile."""

    def __init__(self, data: VenueDays, stop: threading.Event) -> None:
        self._data, self._games = data, every_game(data.instance)
        table = self._games.where(one_start(data, self._games))
        self._choice = Choice(data.instance, table, Demand.whole(data.instance), stop)
        presence = Presence(self._choice, open_starts=True)
        for rule in RULES:
            rule(self._choice)
        for rule_of_presence in RULES_OF_PRESENCE:
            rule_of_presence(presence)
        costs = Costs(presence)
        for term in TERMS:
            term(costs)
        home_away_balance(costs, hosting(self._choice))
        _venue_days(costs, data)
        _add_windows(costs)
        _add_paths(costs)
        self._choice.model.minimize(costs.expression())

    def solve(self, seconds: float, stop: threading.Event) -> Solved | None:
        """The cheapest solution found, and what none costs less than; None where none is found."""
        return solve_linear(self._choice.model, seconds, stop)

    def games(self, values: list[int]) -> Table:
        """The candidate games of a solution's meetings, at any start."""
        chosen = [values[row.index] > 0 for row in self._choice.chosen]
        kept = self._choice.table.where(np.array(chosen, np.bool_))
        met = np.isin(meetings_of(self._data, self._games), meetings_of(self._data, kept))
        return self._games.where(met)


def _venue_days(costs: Costs, data: VenueDays) -> None:
    """Games at a venue on a date: no more than fit, nor than a coach can be at one after another;
    what cannot be busy of an evening costs."""
    choice, instance = costs.choice, data.instance
    for venue, date, rows in costs.by_venue_date(costs.rows):
        kind = data.kinds[int(data.kind_at[date, venue])]
        choice.at_most(rows, kind.games)
        if instance.limits.coach_one_game:
            _turns(choice, rows, kind.turns)
        if kind.starts:
            opened = costs.any_of(costs.there[venue, date], 0)
            idle = costs.units(kind.starts, instance.weights.full_evenings)
            busy = cp_model.LinearExpr.weighted_sum(choice.literals(rows), [kind.cover] * len(rows))
            choice.model.add(idle + busy >= kind.starts * opened)


def _turns(choice: Choice, rows: Longs, most: int) -> None:
    """No more games of any coach than that."""
    for teams in choice.instance.teams.coach_teams:
        if len(teams) > 1:
            mine = np.isin(choice.table.home[rows], teams) | np.isin(choice.table.away[rows], teams)
            choice.at_most(rows[mine], most)


def _add_windows(costs: Costs) -> None:
    """The soft windows for more than one game; a doubleheader's part in those for one."""
    windows = costs.choice.instance.limits.windows
    most, least = (part[part[:, 1] != 1] for part in (windows.max_soft, windows.min_soft))
    charge_windows(costs, most, least)
    for (_, date), doubled in costs.presence.doubled.items():
        costs.add(doubled, price_of_doubleheader(costs.choice.instance, date))


def _add_paths(costs: Costs) -> None:
    """A path for each team and each pair; one for both teams and the pair where these play nobody
    else."""
    instance, presence = costs.choice.instance, costs.presence
    teams, most = len(instance.teams.names), instance.divisions.max_meetings
    windows, rematches = price_of_windows(instance), price_of_rematches(instance)
    pairs = [pair for pair, _ in costs.choice.by_pair]
    opponents = Counter(team for pair in pairs for team in divmod(pair, teams))
    left = set(range(teams))
    for pair in pairs:
        one, other = divmod(pair, teams)
        if opponents[one] == opponents[other] == 1:
            left -= {one, other}
            price = together(windows, windows, rematches)
            add_path(costs, presence.met[pair], price, is_certain=True)
        elif most[instance.teams.division[one]] > 1 and instance.weights.rematch_gap:
            add_path(costs, presence.met[pair], rematches, is_certain=False)
    for team in sorted(left) if has_windows(instance) else ():
        add_path(costs, presence.plays[team], windows, is_certain=False)
