"""Two games of a division exchange one team each."""

from matchday_solver.kernel.hosting import stays_shared
from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import MOST_REMOVED, W_RIVAL, State, Static, Work
from matchday_solver.kernel.move import remove, replace
from matchday_solver.kernel.random import below


@kernel
def exchange(s: Static, st: State, wk: Work, g: int, t: int, h: int, u: int) -> bool:
    """Take out a game of t and one of u, which then is t's; False where they may not exchange."""
    o, p = st.a[g] + st.b[g] - t, st.a[h] + st.b[h] - u
    if o in (p, u) or t in (p, u) or wk.removed_count[0] + 2 > MOST_REMOVED:
        return False
    if not may_change(st, wk, g) or not may_change(st, wk, h) or not may_swap(s, st, o, t, p, u):
        return False
    at_home = s.home_only[s.team_division[t]] != 0
    if at_home and not (stays_shared(st, o, t, g) and stays_shared(st, p, u, h)):
        return False
    remove(s, st, wk, g)
    remove(s, st, wk, h)
    st.cost[0] += leave(s, st, o, t) + leave(s, st, p, u)
    replace(st, t, g, h)
    replace(st, u, h, g)
    st.a[g], st.b[g], st.a[h], st.b[h] = o, u, p, t
    st.cost[0] -= leave(s, st, o, u) + leave(s, st, p, t)
    n = wk.swap_count[0]
    wk.swaps[n, 0], wk.swaps[n, 1], wk.swaps[n, 2], wk.swaps[n, 3] = g, h, t, u
    wk.swap_count[0] = n + 1
    return True


@kernel
def may_change(st: State, wk: Work, g: int) -> bool:
    """Whether a game's opponents are free: not given, nor known from the earlier schedule, nor
    changed by the move already."""
    return st.fixed[g] == 0 and st.anchor[g, 0] < 0 and wk.marked[g] == 0


@kernel
def may_swap(s: Static, st: State, a: int, b: int, c: int, d: int) -> bool:
    """Whether a-d and c-b may meet once more, and a-b and c-d once less."""
    if not may_meet(s, a, d) or not may_meet(s, c, b):
        return False
    division = s.team_division[a]
    most, least = s.max_meetings[division], s.min_meetings[division]
    if meetings(st, a, d) >= most or meetings(st, c, b) >= most:
        return False
    return least == 0 or (meetings(st, a, b) > least and meetings(st, c, d) > least)


@kernel
def may_meet(s: Static, x: int, y: int) -> bool:
    """Whether two teams of a division may be opponents."""
    division = s.team_division[x]
    row = s.may_start[division] + s.team_place[x] * s.division_size[division]
    return s.may[row + s.team_place[y]] != 0


@kernel
def meetings(st: State, x: int, y: int) -> int:
    """Games of two teams against each other, placed or not."""
    n = 0
    for i in range(st.games_of.shape[1]):
        g = st.games_of[x, i]
        if g < 0:
            break
        n += int(st.a[g] == y or st.b[g] == y)
    return n


@kernel
def leave(s: Static, st: State, x: int, y: int) -> int:
    """What it costs that the only meeting of two rivals goes."""
    for i in range(s.rival_start[x], s.rival_start[x + 1]):
        if s.rival[i] == y:
            return s.weight[W_RIVAL] * int(meetings(st, x, y) == 1)
    return 0


@kernel
def nearby(s: Static, st: State, t: int, g: int) -> int:
    """A random game of a team, or its nearest in time to another game; -1 where there is none.

    Teams that exchange games of about the same time keep theirs spread over the season.
    """
    if st.slot[g] < 0 or below(st, 2) == 0:
        return st.games_of[t, below(st, st.games_of.shape[1])]
    nearest, least = -1, len(s.slot_date)
    for i in range(st.games_of.shape[1]):
        x = st.games_of[t, i]
        if x < 0 or x == g or st.slot[x] < 0:
            continue
        apart = abs(s.slot_date[st.slot[x]] - s.slot_date[st.slot[g]])
        if apart < least:
            nearest, least = x, apart
    return nearest
