"""Neighbourhood: a few games from anywhere."""

from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import State, Static, Work
from matchday_solver.kernel.move import remove
from matchday_solver.kernel.random import below


@kernel
def remove_scattered(s: Static, st: State, wk: Work) -> None:
    """Take out one to three random games."""
    for _ in range(1 + below(st, 3)):
        remove(s, st, wk, below(st, len(st.a)))
