"""Subgradient steps: rough prices from nothing, at the cost of a search for columns each.

Polyak's step towards a target that is a little above the best value so far (Polyak, USSR Comput.
Math. Math. Phys. 9, 1969); the subgradient is what the best columns of all kinds lack of the rows.
"""

from collections.abc import Iterable

import numpy as np

from matchday_solver.bounds.balance import best_surplus
from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.duals import SCALE, Duals, Prices
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.instance import Floats, Longs


def stepped(data: VenueDays, duals: Duals, columns: Iterable[Column], distance: float) -> Prices:
    """Prices after one step; `distance` is from their value to the target, in units of cost."""
    used = _use(data, duals, columns)
    slopes = _slopes(data, duals, used)
    square = sum(float(np.vdot(slope, slope)) for slope in slopes.parts())
    length = distance / square if square else 0.0
    now = duals.prices()
    moved = (x + length * slope for x, slope in zip(now.parts(), slopes.parts(), strict=True))
    return Prices(*moved)


def _use(data: VenueDays, duals: Duals, columns: Iterable[Column]) -> Prices:
    """How much of every row the columns use, each on all dates of its kind."""
    first_hosts = duals.hosting(data.first, data.second) >= duals.hosting(data.second, data.first)
    cheaper = np.where(first_hosts, 1, 2)
    teams, pairs = np.zeros(len(data.needed)), np.zeros(len(data.first))
    clubs, lead, days = np.zeros(len(data.club_cost)), teams.copy(), np.zeros(data.days.shape)
    for column in columns:
        dates, mine = int(data.dates[column.kind]), np.array(column.pairs)
        first, second = data.first[mine], data.second[mine]
        pairs[mine] += dates
        for side in (first, second):
            np.add.at(teams, side, dates)
            np.add.at(days[data.kinds[column.kind].group], side, dates)
        clubs[np.unique(data.owner[np.concatenate([first, second])])] += dates
        host = data.hosts(data.kinds[column.kind].venue, mine)
        host = np.where(host == 0, cheaper[mine], host)
        for side, sign in ((first, 3 - 2 * host), (second, 2 * host - 3)):
            np.add.at(lead, side, dates * sign)
    return Prices(teams, np.zeros_like(teams), days, pairs, pairs, clubs, lead)


def _slopes(data: VenueDays, duals: Duals, used: Prices) -> Prices:
    """Right sides less use; 0 for prices that they would lead to where no price may be."""
    weights = data.instance.weights
    weight = weights.home_away_balance * SCALE
    surplus = best_surplus(data, duals.lead, weight) if weight else data.lead + used.lead
    return Prices(
        team=_within(duals.team, data.needed - used.team, 0, np.inf),
        double=np.zeros_like(used.double),
        days=_within(duals.days, data.days - used.days, -np.inf, 0),
        pair=_pair_slopes(data, duals.pair, used.pair),
        rematch=_within(duals.rematch, data.apart - used.rematch, -SCALE * weights.rematch_gap, 0),
        club=_within(duals.club, data.club_least - used.club, 0, SCALE * data.club_cost),
        lead=surplus - data.lead - used.lead,
    )


def _within(prices: Longs, slopes: Floats, least: float, most: Longs | float) -> Floats:
    """Slopes of prices that may go on in their direction, else 0."""
    goes_on = ((slopes < 0) & (prices > least)) | ((slopes > 0) & (prices < most))
    return np.where(goes_on, slopes, 0.0)


def _pair_slopes(data: VenueDays, prices: Longs, used: Floats) -> Floats:
    """Too few meetings count where they are priced or wanted, too many in any case."""
    wanted = np.where(data.least > 0, data.least, 1)
    may_lack = (data.least > 0) | (data.rival > 0)
    few = may_lack & ((prices > 0) | ((prices == 0) & (used < wanted)))
    return np.where(few, wanted - used, _within(prices, data.most - used, -np.inf, 0))
