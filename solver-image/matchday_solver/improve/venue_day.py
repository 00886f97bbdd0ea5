"""Neighbourhood: the games of a venue on one date."""

from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import State, Static, Work
from matchday_solver.kernel.move import remove
from matchday_solver.kernel.random import below


@kernel
def remove_venue_day(s: Static, st: State, wk: Work) -> None:
    """Take out the games around a random one, as many as a move may have."""
    g = below(st, len(st.a))
    if st.slot[g] < 0:
        remove(s, st, wk, g)
        return
    x = st.head[s.slot_date[st.slot[g]], st.venue[g]]
    while x >= 0:
        following = st.after[x]
        remove(s, st, wk, x)
        x = following
