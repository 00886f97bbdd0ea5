"""`homeAwayBalance` in the venue-day relaxation: each team's home less away games, and their cost.

A team's surplus s has the parity of its games. The term costs |s| - 1 beyond 1, so with an even
number of games it is 0 at 0, 1 at 2 and 3 at 4: convex, with slopes of 1/2 and then 1. The second
cuts off averages such as half a team at 4 and half at 5 of 8 games at home.
"""

import numpy as np

from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.instance import Longs


def segments(weight: int, even: bool) -> tuple[tuple[float, float], ...]:
    """Widths of parts of a surplus, either way from 0, and the cost of one in them, ascending."""
    return ((2.0, weight / 2) if even else (1.0, 0.0)), (np.inf, float(weight))


def best_surplus(data: VenueDays, prices: Longs, weight: int) -> Longs:
    """(T,) the surplus of a team that is least by its cost and price; prices are within weights."""
    dear = (2 * np.abs(prices) > weight) | ~data.even
    return np.asarray(-np.sign(prices) * np.where(data.even, 2, 1) * dear)


def least(data: VenueDays, prices: Longs, weight: int) -> int:
    """What the teams' surpluses cost at the least, by cost and price, over all teams."""
    surplus = best_surplus(data, prices, weight)
    excess = np.maximum(0, np.abs(surplus) - 1)
    return int((weight * excess + prices * (surplus - data.lead)).sum())
