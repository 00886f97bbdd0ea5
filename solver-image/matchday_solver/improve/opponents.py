"""Neighbourhood: two games of a division swap opponents."""

from matchday_solver.kernel.exchange import exchange, nearby
from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import State, Static, Work
from matchday_solver.kernel.random import below


@kernel
def swap_opponents(s: Static, st: State, wk: Work) -> None:
    """Take out two games a-b and c-d and make them a-d and c-b, if the rules of pairs allow it."""
    g = below(st, len(st.a))
    h = partner(s, st, g)
    if h >= 0:
        exchange(s, st, wk, g, st.b[g], h, st.b[h] if below(st, 2) == 0 else st.a[h])


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
    x = nearby(s, st, t, g)
    return -1 if x == g else x
