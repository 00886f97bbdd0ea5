"""Good columns quickly: sets of clubs by annealing, games within them greedily."""

from dataclasses import dataclass

import numba
import numpy as np

from matchday_solver.bounds.duals import Offer
from matchday_solver.bounds.venue_days import Kind, VenueDays
from matchday_solver.instance import Ints, Longs
from matchday_solver.kernel.jit import kernel

MOVES = 1500
"""Changes of the set of clubs that one search tries."""


@dataclass(frozen=True, slots=True)
class Column:
    """Games of one venue on one date."""

    kind: int
    """Index of the kind of venue and date."""
    pairs: tuple[int, ...]
    """Indices of the pairs that meet, ascending."""


def search_column(
    data: VenueDays, kind: Kind, priced: Offer, number: int, seed: int
) -> tuple[Column | None, int]:
    """A column of a kind that gains much, and its gain; None and 0 where none is found."""
    if not len(priced.pairs):
        return None, 0
    chosen = np.zeros(kind.games + 1, np.int64)
    first, second = data.first[priced.pairs], data.second[priced.pairs]
    setting = np.array([kind.games, kind.starts, kind.cover, priced.idle_cost, seed], np.int64)
    gain, games = anneal_clubs(
        first, second, priced.gain, data.owner, priced.club_cost, setting, MOVES, chosen
    )
    if gain <= 0:
        return None, 0
    return Column(number, tuple(sorted(priced.pairs[chosen[:games]].tolist()))), int(gain)


@numba.njit(cache=True, nogil=True, error_model="numpy")
def anneal_clubs(
    first: Ints,
    second: Ints,
    gain: Longs,
    owner: Ints,
    cost: Longs,
    setting: Longs,
    moves: int,
    chosen: Longs,
) -> tuple[int, int]:
    """Search a set of clubs whose games gain most; the gain, and how many games are in `chosen`.

    `setting` is most games, starts, cover, cost of an idle start, and seed.
    """
    np.random.seed(setting[4])
    is_in, used = np.zeros(len(cost), np.bool_), np.zeros(len(owner), np.bool_)
    trial = np.zeros_like(chosen)
    now, best, paid, found = 0, 0, 0, 0
    heat = gain[0] * 0.5
    for move in range(moves):
        x, y = pick(first, second, owner, is_in)
        extra = flip(is_in, cost, x) + flip(is_in, cost, y)
        value, games = match_greedily(first, second, gain, owner, is_in, used, setting, trial)
        value -= paid + extra
        temperature = heat * (1 - move / moves) + 1e-3
        if value >= now or np.random.random() < np.exp((value - now) / temperature):
            now, paid = value, paid + extra
            if now > best:
                best, found = now, games
                chosen[:games] = trial[:games]
        else:
            flip(is_in, cost, x)
            flip(is_in, cost, y)
    return best, found


@kernel
def pick(first: Ints, second: Ints, owner: Ints, is_in: Longs) -> tuple[int, int]:
    """One or two owners to put in or out, -1 for none: both of a game, one, or an exchange."""
    game = np.random.randint(len(first))
    x, y = owner[first[game]], owner[second[game]]
    chance = np.random.random()
    if chance < 0.35:
        return (-1 if is_in[x] else x), (-1 if is_in[y] or x == y else y)
    if chance < 0.6:
        return x, -1
    start = np.random.randint(len(is_in))
    for i in range(len(is_in)):
        z = (start + i) % len(is_in)
        if is_in[z]:
            return z, (-1 if is_in[x] else x)
    return x, -1


@kernel
def flip(is_in: Longs, cost: Longs, x: int) -> int:
    """Put an owner in or out; the change of what the set costs."""
    if x < 0:
        return 0
    is_in[x] = not is_in[x]
    return cost[x] if is_in[x] else -cost[x]


@kernel
def match_greedily(
    first: Ints,
    second: Ints,
    gain: Longs,
    owner: Ints,
    is_in: Longs,
    used: Longs,
    setting: Longs,
    chosen: Longs,
) -> tuple[int, int]:
    """Games within a set of owners, best first, one a team; what they gain and how many."""
    used[:] = False
    total, games = 0, 0
    for g in range(len(gain)):
        a, b = first[g], second[g]
        if is_in[owner[a]] and is_in[owner[b]] and not used[a] and not used[b]:
            used[a] = used[b] = True
            chosen[games] = g
            games += 1
            total += gain[g]
            if games == setting[0]:
                break
    if games > 0:
        total -= setting[3] * max(0, setting[1] - setting[2] * games)
    return total, games
