"""Accepted moves of one search, made again by another that went on from the same schedule."""

from matchday_solver.kernel.exchange import exchange
from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import MOST_REMOVED, Best, LongGrid, State, Static, Work
from matchday_solver.kernel.move import finish, reinsert, remove, roll_back
from matchday_solver.kernel.settle import keep_best

MOST_ROWS = 1 + MOST_REMOVED // 2 + MOST_REMOVED
"""Rows of the log that a move takes at most."""


@kernel
def is_log_full(wk: Work) -> bool:
    """Whether moves are noted and one more may not fit the log."""
    return wk.logged[0] >= 0 and len(wk.log) < wk.logged[0] + MOST_ROWS


@kernel
def note(s: Static, st: State, wk: Work, limit: int, is_new_cost: bool) -> None:
    """Note the move that was just accepted, if it changed anything.

    First come the numbers of its games and exchanges and `limit`, the dearest worsening that would
    have been accepted; then the exchanges; then the games and their dates and venues, date -1 where
    not placed. `is_new_cost` tells whether the cost is another one now.
    """
    row, games, swaps = wk.logged[0], wk.removed_count[0], wk.swap_count[0]
    if swaps == 0 and not has_moved(st, wk):
        return
    wk.log[row, 0], wk.log[row, 1], wk.log[row, 2] = games, swaps, limit
    row += 1
    for i in range(swaps):
        for column in range(4):
            wk.log[row + i, column] = wk.swaps[i, column]
    row += swaps
    for i in range(games):
        g = wk.removed[i]
        wk.log[row + i, 0], wk.log[row + i, 2] = g, st.venue[g]
        wk.log[row + i, 1] = s.slot_date[st.slot[g]] if st.slot[g] >= 0 else -1
    wk.logged[0] = row + games
    wk.logged[1] += int(is_new_cost)


@kernel
def has_moved(st: State, wk: Work) -> bool:
    """Whether any game that was taken out is elsewhere now."""
    for i in range(wk.removed_count[0]):
        g = wk.removed[i]
        if st.slot[g] != wk.undo[i, 2] or st.venue[g] != wk.undo[i, 3]:
            return True
        if st.host[g] != wk.undo[i, 4]:
            return True
    return False


@kernel
def replay(s: Static, st: State, wk: Work, best: Best, log: LongGrid) -> int:
    """Make the moves of a log that still can be made and are still accepted; how many they are."""
    row, made = 0, 0
    while row < len(log):
        before, games = st.cost[0], row + 1 + log[row, 1]
        end = games + log[row, 0]
        possible = make_again(s, st, wk, log, row + 1, games, end)
        if possible and st.cost[0] - before <= log[row, 2]:
            made += 1
            if st.cost[0] < best.cost[0]:
                keep_best(st, best)
        else:
            roll_back(s, st, wk, before)
        finish(wk)
        row = end
    return made


@kernel
def make_again(
    s: Static, st: State, wk: Work, log: LongGrid, swaps: int, games: int, end: int
) -> bool:
    """Make one move, its games on any court and start of their dates and venues, or anywhere where
    they cannot be there; False where part of it is not possible."""
    for i in range(swaps, games):
        g, h, t, u = log[i, 0], log[i, 1], log[i, 2], log[i, 3]
        if t not in (st.a[g], st.b[g]) or u not in (st.a[h], st.b[h]):
            return False
        if not exchange(s, st, wk, g, t, h, u):
            return False
    for i in range(games, end):
        g = log[i, 0]
        remove(s, st, wk, g)
        aim(wk, g, log[i, 1], log[i, 2])
    return reinsert(s, st, wk, 0, True)


@kernel
def aim(wk: Work, g: int, d: int, v: int) -> None:
    """Have a game that was taken out go to a date and venue."""
    for i in range(wk.removed_count[0]):
        if wk.removed[i] == g:
            wk.undo[i, 5], wk.undo[i, 6] = d, v
