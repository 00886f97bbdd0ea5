"""Games of one venue and date that gain most: sets of clubs by annealing, games within greedily."""

import math

from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import Pricing
from matchday_solver.kernel.pairing import draw

MOST_GAMES, TURNS, STARTS, COVER, IDLE_COST, APART_COST = 0, 1, 2, 3, 4, 5
BOTH, ONE, OF = 35, 60, 100
"""Chances, cumulative: both clubs of a game, one of them, else an exchange."""


@kernel
def search_clubs(p: Pricing, moves: int) -> None:
    """Anneal the set of clubs from the empty one; `found` and `chosen` keep the best."""
    for club in range(len(p.present)):
        p.present[club] = 0
    p.found[0], p.found[1] = 0, 0
    now, paid = 0, 0
    heat = p.gain[0] / 2
    for move in range(moves):
        x, y = pick(p)
        change = flip(p, x) + flip(p, y)
        games = play(p)
        value = worth(p, games) - paid - change
        temperature = heat * (1.0 - move / moves)
        if value >= now or now - value <= reluctance(p, temperature):
            now, paid = value, paid + change
            keep(p, value, games)
        else:
            flip(p, x)
            flip(p, y)


@kernel
def reluctance(p: Pricing, temperature: float) -> int:
    """The dearest worsening that annealing accepts this time: exponential with that mean."""
    return int(-temperature * math.log((draw(p.random, 1 << 30) + 1) / (1 << 30)))


@kernel
def pick(p: Pricing) -> tuple[int, int]:
    """One or two clubs to put in or out; -1 for none."""
    game = draw(p.random, len(p.first))
    x, y = p.owner[p.first[game]], p.owner[p.second[game]]
    chance = draw(p.random, OF)
    if chance < BOTH:
        return (-1 if p.present[x] != 0 else x), (-1 if p.present[y] != 0 or x == y else y)
    if chance < ONE:
        return x, -1
    start = draw(p.random, len(p.present))
    for i in range(len(p.present)):
        z = (start + i) % len(p.present)
        if p.present[z] != 0:
            return z, (-1 if p.present[x] != 0 else x)
    return x, -1


@kernel
def flip(p: Pricing, x: int) -> int:
    """Put a club in or out; the change of what the set costs."""
    if x < 0:
        return 0
    p.present[x] = 1 - p.present[x]
    return p.cost[x] if p.present[x] != 0 else -p.cost[x]


@kernel
def play(p: Pricing) -> int:
    """Put games within the set into `trial`, best first, one a team; how many.

    Games that gain nothing are among them while they save more idle starts than they lose.
    """
    for team in range(len(p.used)):
        p.used[team] = 0
    for coach in range(len(p.turns)):
        p.turns[coach] = 0
        for length in range(len(p.links)):
            p.of_length[coach, length] = 0
    games = 0
    for g in range(len(p.first)):
        if p.gain[g] <= 0 and p.gain[g] + idle(p, games) <= idle(p, games + 1):
            break
        a, b = p.first[g], p.second[g]
        if p.present[p.owner[a]] == 0 or p.present[p.owner[b]] == 0:
            continue
        if p.used[a] == 0 and p.used[b] == 0 and has_turn(p, g) and pays(p, g, games):
            p.used[a], p.used[b] = 1, 1
            count_coaches(p, g, 1)
            p.trial[games] = g
            games += 1
            if games == p.setting[MOST_GAMES]:
                break
    return games


@kernel
def has_turn(p: Pricing, g: int) -> bool:
    """Whether every coach of a game can be at one game more."""
    for i in range(p.coach_start[g], p.coach_start[g + 1]):
        if p.turns[p.coach[i]] >= p.setting[TURNS]:
            return False
    return True


@kernel
def pays(p: Pricing, g: int, games: int) -> bool:
    """Whether a game more is worth that a coach's games are apart."""
    if len(p.links) == 0 or p.coach_start[g] == p.coach_start[g + 1]:
        return True
    gain = p.gain[g]
    for i in range(p.coach_start[g], p.coach_start[g + 1]):
        gain += p.setting[APART_COST] * apart(p, p.coach[i])
    count_coaches(p, g, 1)
    for i in range(p.coach_start[g], p.coach_start[g + 1]):
        gain -= p.setting[APART_COST] * apart(p, p.coach[i])
    count_coaches(p, g, -1)
    return gain > 0 or gain + idle(p, games) > idle(p, games + 1)


@kernel
def count_coaches(p: Pricing, g: int, sign: int) -> None:
    """Count a game in (1) or out (-1) for each of its coaches."""
    for i in range(p.coach_start[g], p.coach_start[g + 1]):
        p.turns[p.coach[i]] += sign
        if len(p.links) > 0:
            p.of_length[p.coach[i], p.length[g]] += sign


@kernel
def apart(p: Pricing, coach: int) -> int:
    """Games of a coach that others cannot follow at once, beyond those that cost nothing."""
    units = -p.spare[coach]
    for length in range(len(p.links)):
        units += max(0, p.of_length[coach, length] - p.links[length])
    return max(0, units)


@kernel
def worth(p: Pricing, games: int) -> int:
    """What the games of `trial` gain, less the idle starts that so few games must leave, and less
    what coaches' games that are apart cost."""
    total = 0
    for i in range(games):
        total += p.gain[p.trial[i]]
    for coach in range(len(p.turns)):
        total -= p.setting[APART_COST] * apart(p, coach)
    return total - idle(p, games) if games > 0 else total


@kernel
def idle(p: Pricing, games: int) -> int:
    """Cost of the idle starts that so few games must leave."""
    return p.setting[IDLE_COST] * max(0, p.setting[STARTS] - p.setting[COVER] * games)


@kernel
def keep(p: Pricing, value: int, games: int) -> None:
    """Remember the games under trial where they gain more than any before."""
    if value > p.found[0]:
        p.found[0], p.found[1] = value, games
        for i in range(games):
            p.chosen[i] = p.trial[i]
