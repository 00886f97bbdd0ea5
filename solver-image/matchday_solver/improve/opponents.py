"""Neighbourhood: two games of a division swap opponents."""

from matchday_solver.improve.move import remove, replace
from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import W_RIVAL, State, Static, Work
from matchday_solver.kernel.random import below


@kernel
def swap_opponents(s: Static, st: State, wk: Work) -> None:
    """Take out two games a-b and c-d and make them a-d and c-b, if the rules of pairs allow it."""
    g = below(st, len(st.a))
    h = partner(s, st, g)
    if h < 0 or not may_change(st, g) or not may_change(st, h):
        return
    a, b, c, d = st.a[g], st.b[g], st.a[h], st.b[h]
    if below(st, 2) == 1:
        c, d = d, c
    if a in (c, d) or b in (c, d):
        return
    if not may_swap(s, st, a, b, c, d):
        return
    remove(s, st, wk, g)
    remove(s, st, wk, h)
    st.cost[0] += leave(s, st, a, b) + leave(s, st, c, d)
    replace(st, b, g, h)
    replace(st, d, h, g)
    st.a[g], st.b[g], st.a[h], st.b[h] = a, d, c, b
    st.cost[0] -= leave(s, st, a, d) + leave(s, st, c, b)
    wk.swap[0], wk.swap[1], wk.swap[2], wk.swap[3] = g, h, b, d


@kernel
def partner(s: Static, st: State, g: int) -> int:
    """Another game of the division: half of the time of the same venue and date; or -1."""
    division = s.team_division[st.a[g]]
    if st.slot[g] >= 0 and below(st, 2) == 0:
        chosen, seen = -1, 0
        x = st.head[s.slot_date[st.slot[g]], st.venue[g]]
        while x >= 0:
            if x != g and s.team_division[st.a[x]] == division:
                seen += 1
                if below(st, seen) == 0:
                    chosen = x
            x = st.after[x]
        return chosen
    t = s.division_team[s.division_start[division] + below(st, s.division_size[division])]
    x = st.games_of[t, below(st, st.games_of.shape[1])]
    return -1 if x == g else x


@kernel
def may_change(st: State, g: int) -> bool:
    """Whether a game's opponents are free: not given, nor known from the earlier schedule."""
    return st.fixed[g] == 0 and st.anchor[g, 0] < 0


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
