"""Neighbourhood: all games of a venue and date go to another date or venue together."""

from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import State, Static, Work
from matchday_solver.kernel.move import remove
from matchday_solver.kernel.random import below


@kernel
def move_day(s: Static, st: State, wk: Work) -> None:
    """Exchange the games of a venue and date with those of another date, venue, or both.

    Game by game such a day does not move: each would have to go where the others are not yet.
    What a move may not have, or what does not fit there, stays or goes anywhere.
    """
    g = below(st, len(st.a))
    if st.slot[g] < 0 or st.fixed[g] != 0:
        remove(s, st, wk, g)
        return
    d, v = s.slot_date[st.slot[g]], st.venue[g]
    e, w = s.play_dates[below(st, len(s.play_dates))], v
    if below(st, 2) == 0:
        w = below(st, s.courts.shape[1])
        if below(st, 2) == 0:
            e = d
    if s.courts[e, w] == 0 or (d == e and v == w):
        return
    send(s, st, wk, d, v, e, w)
    send(s, st, wk, e, w, d, v)


@kernel
def send(s: Static, st: State, wk: Work, d: int, v: int, e: int, w: int) -> None:
    """Take out the games of a date and venue, to go to another date and venue."""
    x = st.head[d, v]
    while x >= 0:
        following = st.after[x]
        n = wk.removed_count[0]
        if remove(s, st, wk, x):
            wk.undo[n, 5], wk.undo[n, 6] = e, w
        x = following
