"""Terms of teams: doubleheaders, homeAwayBalance, startFairness, soft maxGames and minGames."""

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice
from matchday_solver.exact.changes import staying
from matchday_solver.exact.costs import Costs
from matchday_solver.instance import Ints, Longs

NONE: Longs = np.zeros(0, np.int64)


def doubleheaders(costs: Costs) -> None:
    """A team's dates with two games."""
    weight = costs.choice.instance.weights.doubleheaders
    if not weight:
        return
    for dates in costs.presence.frozen.values():
        costs.constant += weight * sum(games > 1 for games in dates.values())
    for doubled in costs.presence.doubled.values():
        costs.add(doubled, weight)


def home_away_balance(costs: Costs, swapped: dict[int, cp_model.IntVar]) -> None:
    """For every team, home minus away games beyond 1."""
    instance, choice = costs.choice.instance, costs.choice
    weight = instance.weights.home_away_balance
    if not weight:
        return
    for team, rows in costs.by_team(np.arange(len(choice.table))).items():
        games = int(instance.divisions.games[instance.teams.division[team]])
        excess = costs.units(max(games, len(costs.frozen)), weight)
        surplus = _surplus(costs, swapped, rows, team)
        choice.model.add(excess >= surplus - 1)
        choice.model.add(excess >= -1 - surplus)


def hosting(choice: Choice) -> dict[int, cp_model.IntVar]:
    """For rows that can be played either way: whether the other way is chosen.

    Where no term asks who hosts, only for games that an earlier schedule has the other way.
    """
    instance = choice.instance
    table, teams, date = choice.table, instance.teams, choice.date
    homes, (_, free) = teams.home, staying(instance, table)
    if instance.weights.home_away_balance:
        free = ~table.fixed
    free = free & ~instance.divisions.home_only[teams.division[table.home]]
    free &= ~(teams.home_closed[table.away, date] | teams.away_closed[table.home, date])
    free &= (homes[table.home] == table.venue) == (homes[table.away] == table.venue)
    found = {}
    for row in np.flatnonzero(free).tolist():
        found[row] = choice.model.new_bool_var("")
        choice.model.add_implication(found[row], choice.chosen[row])
    return found


def _surplus(
    costs: Costs, swapped: dict[int, cp_model.IntVar], rows: Longs, team: int
) -> cp_model.LinearExpr:
    """Home minus away games of a team."""
    games, signs = [], []
    for row in rows.tolist():
        sign = 1 if int(costs.choice.table.home[row]) == team else -1
        games.append(costs.choice.chosen[row])
        signs.append(sign)
        if row in swapped:
            games.append(swapped[row])
            signs.append(-2 * sign)
    return cp_model.LinearExpr.weighted_sum(games, signs)


def start_fairness(costs: Costs) -> None:
    """A team's games at unpopular starts beyond its division's mean, rounded up."""
    instance, choice = costs.choice.instance, costs.choice
    weight = instance.weights.start_fairness
    if not weight:
        return
    rows = np.flatnonzero(instance.calendar.slot_unpopular[choice.table.slot])
    of_team = costs.by_team(rows)
    for members in filter(len, instance.divisions.teams):
        counts = [choice.sum(of_team.get(t, NONE)) for t in members.tolist()]
        most = sum(len(of_team.get(t, NONE)) for t in members.tolist())
        mean, total = choice.model.new_int_var(0, most, ""), cp_model.LinearExpr.sum(counts)
        choice.model.add(len(members) * mean >= total)
        choice.model.add(len(members) * mean <= total + len(members) - 1)
        for count in counts:
            beyond = costs.units(most, weight)
            choice.model.add(cp_model.LinearExpr.sum([beyond, mean]) >= count)


def soft_windows(costs: Costs) -> None:
    """Soft `maxGames` and `minGames`: a team's games too many or too few in each window."""
    windows = costs.choice.instance.limits.windows
    charge_windows(costs, windows.max_soft, windows.min_soft)


def charge_windows(costs: Costs, most: Ints, least: Ints) -> None:
    """The same for some of the windows, as `Windows` has them."""
    for team in range(len(costs.choice.instance.teams.names)):
        for days, games, weight, _ in most.tolist():
            for _, within, frozen in costs.presence.windows(team, days):
                beyond = frozen - games + within.number
                _charge(costs, beyond, within.most + frozen - games, weight)
        for days, games, weight, _ in least.tolist():
            for _, within, frozen in costs.presence.windows(team, days):
                _charge(costs, games - frozen - within.number, games - frozen, weight)


def _charge(costs: Costs, beyond: cp_model.LinearExprT, most: int, weight: int) -> None:
    """Games too many or too few in a window, which can be so many, cost so much each."""
    if most > 0:
        costs.choice.model.add(costs.units(most, weight) >= beyond)
