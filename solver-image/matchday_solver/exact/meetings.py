"""Terms of pairs: rivals and rematchGap."""

from ortools.sat.python import cp_model

from matchday_solver.exact.costs import Costs, pairs_within


def rivals(costs: Costs) -> None:
    """Rival pairs that never meet."""
    weight, teams = costs.choice.instance.weights.rivals, len(costs.choice.instance.teams.names)
    frozen = costs.choice.table.frozen
    have_met = {pair for pair, rows in costs.choice.by_pair if frozen[rows].any()}
    for a, b in costs.choice.instance.rivals.tolist() if weight else ():
        pair = min(a, b) * teams + max(a, b)
        if pair not in have_met:
            meetings = costs.presence.met[pair].values()
            costs.choice.model.add_bool_or([costs.flag(weight), *meetings])


def rematch_gap(costs: Costs) -> None:
    """A meeting of a pair fewer than so many dates after another one."""
    weights, frozen = costs.choice.instance.weights, costs.choice.table.frozen
    if not weights.rematch_gap:
        return
    for pair, rows in costs.choice.by_pair:
        before = {date: len(mine) for date, mine in costs.by_date(rows[frozen[rows]])}
        # On frozen dates a pair may have met more than once.
        costs.constant += weights.rematch_gap * sum(games - 1 for games in before.values())
        met: dict[int, cp_model.LinearExprT] = dict.fromkeys(before, 1)
        met |= costs.presence.met[pair]
        _close_meetings(costs, met, weights.rematch_days, weights.rematch_gap)


def _close_meetings(
    costs: Costs, met: dict[int, cp_model.LinearExprT], days: int, weight: int
) -> None:
    """Of the meetings in a window all but the first come too soon after another one."""
    close: dict[int, cp_model.IntVar] = {}
    for sooner, later in pairs_within(met, days):
        if later not in close:
            close[later] = costs.flag(weight)
        both = cp_model.LinearExpr.sum([met[sooner], met[later]])
        costs.choice.model.add(close[later] >= both - 1)
    for last in close:
        window = sorted(date for date in met if last - days < date <= last)
        if len(window) > 2:
            every = cp_model.LinearExpr.sum([met[date] for date in window])
            soon = cp_model.LinearExpr.sum([close[date] for date in window[1:]])
            costs.choice.model.add(soon >= every - 1)
