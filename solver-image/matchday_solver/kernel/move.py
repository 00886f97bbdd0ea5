"""A move: games are taken out, put back where that is cheapest, and all is undone if refused."""

from matchday_solver.kernel.dates import forget_dates, keep_dates, return_dates
from matchday_solver.kernel.evaluate import best_position, best_there
from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import IMPOSSIBLE, MOST_REMOVED, State, Static, Work
from matchday_solver.kernel.place import link_place, put, take
from matchday_solver.kernel.random import below


@kernel
def remove(s: Static, st: State, wk: Work, g: int) -> bool:
    """Take a game out and remember where it was; False where the move may not have it."""
    n = wk.removed_count[0]
    if n >= MOST_REMOVED or st.fixed[g] != 0 or wk.marked[g] != 0:
        return False
    wk.removed[n], wk.marked[g] = g, 1
    wk.undo[n, 0], wk.undo[n, 1] = st.a[g], st.b[g]
    wk.undo[n, 2], wk.undo[n, 3], wk.undo[n, 4] = st.slot[g], st.venue[g], st.host[g]
    wk.undo[n, 5] = s.slot_date[st.slot[g]] if st.slot[g] >= 0 else -1
    wk.undo[n, 6] = st.venue[g]
    wk.removed_count[0] = n + 1
    keep_dates(st, wk, st.a[g])
    keep_dates(st, wk, st.b[g])
    if st.slot[g] >= 0:
        take(s, st, g)
    return True


@kernel
def reinsert(s: Static, st: State, wk: Work, noise: int, aims: bool) -> bool:
    """Put the games back in random order; False where one that was placed fits nowhere.

    With `aims` they go to the date and venue in `undo` where they can, mostly to their own.
    """
    n = wk.removed_count[0]
    for left in range(n, 0, -1):
        i = below(st, left)
        wk.removed[i], wk.removed[left - 1] = wk.removed[left - 1], wk.removed[i]
        for column in range(7):
            x = wk.undo[i, column]
            wk.undo[i, column] = wk.undo[left - 1, column]
            wk.undo[left - 1, column] = x
        g = wk.removed[left - 1]
        find_position(s, st, wk, left - 1, noise, aims)
        if wk.position[0] < IMPOSSIBLE:
            put(s, st, g, wk.position[1], wk.position[2], wk.position[3])
        elif wk.undo[left - 1, 2] >= 0:
            return False
    return True


@kernel
def find_position(s: Static, st: State, wk: Work, i: int, noise: int, aims: bool) -> None:
    """Find the cheapest position for the i-th game that was taken out."""
    g, d, v = wk.removed[i], wk.undo[i, 5], wk.undo[i, 6]
    wk.position[0] = IMPOSSIBLE
    if aims and d >= 0 and suits(s, st, g, v):
        best_there(s, st, g, d, v, noise, wk.position)
    if wk.position[0] >= IMPOSSIBLE:
        best_position(s, st, g, noise, wk.position)


@kernel
def suits(s: Static, st: State, g: int, v: int) -> bool:
    """Whether a game's division may play at a venue."""
    division = s.team_division[st.a[g]]
    for i in range(s.suit_start[division], s.suit_start[division + 1]):
        if s.suit[i] == v:
            return True
    return False


@kernel
def undo_swaps(st: State, wk: Work) -> None:
    """Give games that have exchanged teams their own again; none of them is placed."""
    if wk.swap_count[0] == 0:
        return
    for i in range(wk.swap_count[0]):
        g, h, t, u = wk.swaps[i, 0], wk.swaps[i, 1], wk.swaps[i, 2], wk.swaps[i, 3]
        replace(st, t, h, g)
        replace(st, u, g, h)
    for i in range(wk.removed_count[0]):
        x = wk.removed[i]
        st.a[x], st.b[x] = wk.undo[i, 0], wk.undo[i, 1]


@kernel
def replace(st: State, t: int, old: int, new: int) -> None:
    """One game of a team becomes another."""
    for i in range(st.games_of.shape[1]):
        if st.games_of[t, i] == old:
            st.games_of[t, i] = new
            return


@kernel
def roll_back(s: Static, st: State, wk: Work, cost: int) -> None:
    """Put everything back as it was; `cost` is what it cost then."""
    n = wk.removed_count[0]
    for i in range(n):
        g = wk.removed[i]
        if st.slot[g] >= 0:
            link_place(s, st, g, -1)
            st.slot[g] = -1
    undo_swaps(st, wk)
    for i in range(n):
        g = wk.removed[i]
        if wk.undo[i, 2] >= 0:
            st.slot[g], st.venue[g], st.host[g] = wk.undo[i, 2], wk.undo[i, 3], wk.undo[i, 4]
            link_place(s, st, g, 1)
    return_dates(st, wk)
    st.cost[0] = cost


@kernel
def finish(wk: Work) -> None:
    """Forget the move."""
    for i in range(wk.removed_count[0]):
        wk.marked[wk.removed[i]] = 0
    wk.removed_count[0] = 0
    wk.swap_count[0] = 0
    forget_dates(wk)
