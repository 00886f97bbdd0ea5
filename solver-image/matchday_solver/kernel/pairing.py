"""Who meets whom: annealing by 2-swaps on the multigraph of a division's games.

Two games a-b and c-d become a-d and c-b, which keeps how often everybody plays.
"""

from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import BAD, Pairing, Words
from matchday_solver.kernel.random import HIGH_BITS, INCREMENT, LOGARITHMS, MULTIPLIER, STEPS


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
def shift(p: Pairing, x: int, y: int, by: int) -> int:
    """Let a pair meet once more or less; the change of the cost."""
    least, most = p.limits[0], p.limits[1]
    before = meetings_cost(p.cost[x, y], p.bonus[x, y], p.meet[x, y], least, most)
    p.meet[x, y] += by
    if x != y:
        p.meet[y, x] += by
    return meetings_cost(p.cost[x, y], p.bonus[x, y], p.meet[x, y], least, most) - before


@kernel
def swap_opponents(p: Pairing, moves: int, heat: float) -> None:
    """Improve the games of a division in place, cooling from `heat` to 1."""
    games = len(p.first)
    for move in range(moves):
        i, j = draw(p.random, games), draw(p.random, games)
        if i == j or p.fixed[i] != 0 or p.fixed[j] != 0:
            continue
        a, b, c, d = p.first[i], p.second[i], p.first[j], p.second[j]
        if draw(p.random, 2) == 1:
            c, d = d, c
        change = shift(p, a, b, -1) + shift(p, c, d, -1) + shift(p, a, d, 1) + shift(p, c, b, 1)
        temperature = max(1.0, heat * (1.0 - move / moves))
        if change <= int(temperature * LOGARITHMS[draw(p.random, STEPS)]):
            p.second[i], p.first[j], p.second[j] = d, c, b
        else:
            shift(p, c, b, -1)
            shift(p, a, d, -1)
            shift(p, c, d, 1)
            shift(p, a, b, 1)
