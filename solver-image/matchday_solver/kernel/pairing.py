"""Who meets whom: annealing by 2-swaps on the multigraph of a division's games.

Two games a-b and c-d become a-d and c-b, which keeps how often everybody plays.
"""

import math

from matchday_solver.kernel.jit import entry, kernel
from matchday_solver.kernel.layout import Bytes, IntGrid, Ints, LongGrid, Words
from matchday_solver.kernel.random import HIGH_BITS, INCREMENT, MULTIPLIER

BAD = 1 << 40
"""Cost of one meeting that the rules of pairs forbid or lack."""


@kernel
def draw(random: Words, bound: int) -> int:
    """A random integer from 0 to bound - 1."""
    random[0] = random[0] * MULTIPLIER + INCREMENT
    return (int(random[0] >> HIGH_BITS) * bound) >> 31


@kernel
def meetings_cost(cost: int, bonus: int, n: int, least: int, most: int) -> int:
    """Cost of n meetings of a pair; `bonus` is saved by the first."""
    total = n * cost
    if n > most:
        total += (n - most) * BAD
    if n < least and cost < BAD:
        total += (least - n) * BAD
    return total - bonus if n > 0 else total


@kernel
def shift(
    x: int, y: int, by: int, cost: LongGrid, bonus: LongGrid, meet: IntGrid, limits: Ints
) -> int:
    """Let a pair meet once more or less; the change of the cost."""
    least, most = limits
    before = meetings_cost(cost[x, y], bonus[x, y], meet[x, y], least, most)
    meet[x, y] += by
    if x != y:
        meet[y, x] += by
    return meetings_cost(cost[x, y], bonus[x, y], meet[x, y], least, most) - before


@entry
def swap_opponents(
    first: Ints,
    second: Ints,
    fixed: Bytes,
    cost: LongGrid,
    bonus: LongGrid,
    meet: IntGrid,
    limits: Ints,
    moves: int,
    heat: float,
    random: Words,
) -> None:
    """Improve the games `first`-`second` of a division in place, cooling from `heat` to 1.

    `cost` (n, n) is that of a meeting, BAD where it is forbidden; `bonus` what the first meeting
    saves; `meet` (n, n) counts the meetings; `limits` are least and most meetings; games with
    `fixed` keep their opponents.
    """
    games = len(first)
    for move in range(moves):
        i, j = draw(random, games), draw(random, games)
        if i == j or fixed[i] != 0 or fixed[j] != 0:
            continue
        a, b, c, d = first[i], second[i], first[j], second[j]
        if draw(random, 2) == 1:
            c, d = d, c
        change = shift(a, b, -1, cost, bonus, meet, limits)
        change += shift(c, d, -1, cost, bonus, meet, limits)
        change += shift(a, d, 1, cost, bonus, meet, limits)
        change += shift(c, b, 1, cost, bonus, meet, limits)
        temperature = max(1.0, heat * (1.0 - move / moves))
        luck = (draw(random, 1 << 30) + 1) / (1 << 30)
        if change <= 0 or change < -temperature * math.log(luck):
            second[i], first[j], second[j] = d, c, b
        else:
            shift(c, b, -1, cost, bonus, meet, limits)
            shift(a, d, -1, cost, bonus, meet, limits)
            shift(c, d, 1, cost, bonus, meet, limits)
            shift(a, b, 1, cost, bonus, meet, limits)
