"""What Python calls: the kernels over tables, see `matchday_solver.kernel.view`."""

from matchday_solver.improve.anneal import anneal
from matchday_solver.kernel.jit import entry
from matchday_solver.kernel.layout import Best, Longs, State, Static, Work
from matchday_solver.kernel.place import put, put_fixed, reset
from matchday_solver.kernel.settle import settle
from matchday_solver.kernel.view import view_of

static_view = view_of(Static)
state_view = view_of(State)
best_view = view_of(Best)
work_view = view_of(Work)


@entry
def start_entry(static: Longs, state: Longs, given: Longs) -> None:
    """Prepare an empty schedule and place the given games: rows of game, slot, venue, host, fixed;
    flat, five words each."""
    s, st = static_view(static), state_view(state)
    reset(s, st)
    for i in range(0, len(given), 5):
        if given[i + 4] != 0:
            put_fixed(s, st, given[i], given[i + 1], given[i + 2], given[i + 3])
        else:
            put(s, st, given[i], given[i + 1], given[i + 2], given[i + 3])


@entry
def settle_entry(
    static: Longs, state: Longs, work: Longs, best: Longs, noise: int, steps: int
) -> int:
    """See `settle`."""
    return settle(
        static_view(static), state_view(state), work_view(work), best_view(best), noise, steps
    )


@entry
def anneal_entry(
    static: Longs,
    state: Longs,
    work: Longs,
    best: Longs,
    moves: int,
    temperature: float,
    noise: int,
) -> None:
    """See `anneal`."""
    anneal(
        static_view(static),
        state_view(state),
        work_view(work),
        best_view(best),
        moves,
        temperature,
        noise,
    )
