"""Neighbourhood: some games of one team."""

from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import State, Static, Work
from matchday_solver.kernel.move import remove
from matchday_solver.kernel.random import below


@kernel
def remove_team_games(s: Static, st: State, wk: Work) -> None:
    """Take out up to four random games of a random team."""
    t = below(st, len(st.doubles))
    for _ in range(4):
        g = st.games_of[t, below(st, st.games_of.shape[1])]
        if g >= 0:
            remove(s, st, wk, g)
