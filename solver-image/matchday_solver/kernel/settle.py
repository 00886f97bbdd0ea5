"""Place waiting games: at their cheapest position, else by throwing others out, or not at all."""

from matchday_solver.kernel.eject import eject_position
from matchday_solver.kernel.evaluate import best_position
from matchday_solver.kernel.exchange import exchange
from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import IMPOSSIBLE, Best, State, Static, Work
from matchday_solver.kernel.move import finish, reinsert, roll_back
from matchday_solver.kernel.place import put, take
from matchday_solver.kernel.random import below

SHAKES = 3
"""Games moved at random after each ejection, so that the search does not go in circles."""

EXCHANGES = 1
"""Exchanges of opponents that are tried before each ejection."""


@kernel
def settle(s: Static, st: State, wk: Work, best: Best, noise: int, steps: int) -> int:
    """Place the games in `stack` within so many steps; how many still wait."""
    while wk.waiting[0] > 0 and steps > 0:
        steps -= 1
        g = wk.stack[wk.waiting[0] - 1]
        best_position(s, st, g, noise, wk.position)
        if wk.position[0] < IMPOSSIBLE:
            wk.waiting[0] -= 1
            put(s, st, g, wk.position[1], wk.position[2], wk.position[3])
            continue
        keep_best(st, best)
        wk.weight[g] += 1
        if pair_anew(s, st, wk, g, noise):
            wk.waiting[0] -= 1
            continue
        eject_position(s, st, wk, g)
        if wk.position[0] < IMPOSSIBLE:
            throw_out(s, st, wk, g)
            for _ in range(SHAKES):
                shake(s, st, wk, noise)
        else:
            postpone(st, wk)
    keep_best(st, best)
    return wk.waiting[0]


@kernel
def fill(s: Static, st: State, wk: Work, best: Best, noise: int) -> int:
    """Place what waits wherever there is room, and throw nothing out; how many still wait.

    Games that cannot all be placed would else keep the search from all those below them.
    """
    for i in range(wk.waiting[0] - 1, -1, -1):
        g = wk.stack[i]
        best_position(s, st, g, noise, wk.position)
        if wk.position[0] < IMPOSSIBLE:
            put(s, st, g, wk.position[1], wk.position[2], wk.position[3])
    left = 0
    for i in range(wk.waiting[0]):
        if st.slot[wk.stack[i]] < 0:
            wk.stack[left] = wk.stack[i]
            left += 1
    wk.waiting[0] = left
    keep_best(st, best)
    return left


@kernel
def pair_anew(s: Static, st: State, wk: Work, g: int, noise: int) -> bool:
    """Place a waiting game after an exchange of opponents with a random placed one, if both fit."""
    division = s.team_division[st.a[g]]
    for _ in range(EXCHANGES):
        u = s.division_team[s.division_start[division] + below(st, s.division_size[division])]
        h, cost = st.games_of[u, below(st, st.games_of.shape[1])], st.cost[0]
        if h < 0 or st.slot[h] < 0 or not exchange(s, st, wk, g, st.b[g], h, u):
            continue
        fits = reinsert(s, st, wk, noise, False) and st.slot[g] >= 0
        if not fits:
            roll_back(s, st, wk, cost)
        finish(wk)
        if fits:
            return True
    return False


@kernel
def throw_out(s: Static, st: State, wk: Work, g: int) -> None:
    """Place g, the top of the stack, where `eject_position` says; its victims wait instead."""
    wk.waiting[0] -= 1
    i = 0
    while wk.victims[i] >= 0:
        take(s, st, wk.victims[i])
        wk.stack[wk.waiting[0]] = wk.victims[i]
        wk.waiting[0] += 1
        i += 1
    put(s, st, g, wk.position[1], wk.position[2], wk.position[3])


@kernel
def shake(s: Static, st: State, wk: Work, noise: int) -> None:
    """Move a random game elsewhere, wherever that is cheapest by then and a large noise."""
    g = below(st, len(st.a))
    if st.slot[g] < 0 or st.fixed[g] != 0:
        return
    k, v, host = st.slot[g], st.venue[g], st.host[g]
    take(s, st, g)
    best_position(s, st, g, noise + 100, wk.position)
    if wk.position[0] < IMPOSSIBLE:
        k, v, host = wk.position[1], wk.position[2], wk.position[3]
    put(s, st, g, k, v, host)


@kernel
def postpone(st: State, wk: Work) -> None:
    """Let the top of the stack wait behind a random other game."""
    top = wk.waiting[0] - 1
    other = below(st, wk.waiting[0])
    wk.stack[top], wk.stack[other] = wk.stack[other], wk.stack[top]


@kernel
def keep_best(st: State, best: Best) -> None:
    """Remember the schedule if it is the cheapest so far."""
    if st.cost[0] >= best.cost[0]:
        return
    best.cost[0] = st.cost[0]
    best.a[:] = st.a
    best.b[:] = st.b
    best.slot[:] = st.slot
    best.venue[:] = st.venue
    best.host[:] = st.host
