"""Neighbourhood: one game has the other team at home."""

from matchday_solver.kernel.hosting import EITHER, hosts
from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import State, Static, Work
from matchday_solver.kernel.move import remove
from matchday_solver.kernel.place import put
from matchday_solver.kernel.random import below


@kernel
def swap_hosts(s: Static, st: State, wk: Work) -> None:
    """Let the other team host a random game where it is, if it may; the game is placed again."""
    g = below(st, len(st.a))
    k, v, host = st.slot[g], st.venue[g], st.host[g]
    if k < 0 or not remove(s, st, wk, g):
        return
    if hosts(s, st, g, s.slot_date[k], v) == EITHER:
        host = 1 - host
    put(s, st, g, k, v, host)
