"""Neighbourhood: two clubs trade a day."""

from matchday_solver.kernel.exchange import exchange, nearby
from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import State, Static, Work
from matchday_solver.kernel.random import below


@kernel
def trade_days(s: Static, st: State, wk: Work) -> None:
    """Exchange a club's teams on a (date, venue) pair for another's on another, by divisions.

    A club-day moves as a whole: one exchange alone would open a day and leave another open.
    """
    g = below(st, len(st.a))
    t = st.a[g] if below(st, 2) == 0 else st.b[g]
    division = s.team_division[t]
    u = s.division_team[s.division_start[division] + below(st, s.division_size[division])]
    h = nearby(s, st, u, g)
    if h < 0 or s.club[t] < 0 or s.club[u] < 0 or s.club[t] == s.club[u]:
        return
    if st.slot[g] < 0 or st.slot[h] < 0:
        return
    x = st.head[s.slot_date[st.slot[g]], st.venue[g]]
    while x >= 0:
        following = st.after[x]
        y = team_of(s, st, x, s.club[t])
        if y >= 0:
            trade(s, st, wk, x, y, s.club[u], s.slot_date[st.slot[h]], st.venue[h])
        x = following


@kernel
def team_of(s: Static, st: State, g: int, club: int) -> int:
    """A game's team of a club; -1 where none is."""
    if s.club[st.a[g]] == club:
        return st.a[g]
    return st.b[g] if s.club[st.b[g]] == club else -1


@kernel
def trade(s: Static, st: State, wk: Work, g: int, t: int, club: int, d: int, v: int) -> None:
    """Exchange a team for one of its division of a club that plays at a venue on a date."""
    x = st.head[d, v]
    while x >= 0:
        following = st.after[x]
        u = team_of(s, st, x, club)
        if u >= 0 and s.team_division[u] == s.team_division[t] and exchange(s, st, wk, g, t, x, u):
            return
        x = following
