"""The memory of a search besides its schedule: the best one so far, and the move under way."""

import numpy as np

from matchday_solver.kernel.layout import MOST_REMOVED, Best, State, Work

LOG_ROWS = 1 << 14
"""Room for the moves that a search accepts from one merge to the next (`together.py`): about three
in ten of those that it tries, some five rows each."""


def make_best(state: State) -> Best:
    """Nothing known yet."""
    return Best(
        a=state.a.copy(),
        b=state.b.copy(),
        slot=state.slot.copy(),
        venue=state.venue.copy(),
        host=state.host.copy(),
        cost=np.array([np.iinfo(np.int64).max], np.int64),
    )


def make_work(state: State) -> Work:
    """Empty memory for a search on a state."""
    games, dates = len(state.a), state.games_on.shape[1]
    room = len(state.coach_row) + 64
    return Work(
        stack=np.zeros(games, np.int32),
        waiting=np.zeros(1, np.int64),
        weight=np.zeros(games, np.int64),
        victims=np.full(room, -1, np.int32),
        first_gain=np.zeros(dates, np.int64),
        second_gain=np.zeros(dates, np.int64),
        first_victim=np.zeros(dates, np.int32),
        second_victim=np.zeros(dates, np.int32),
        position=np.zeros(4, np.int64),
        removed=np.zeros(room, np.int32),
        removed_count=np.zeros(1, np.int64),
        undo=np.zeros((room, 7), np.int32),
        swaps=np.zeros((room // 2, 4), np.int32),
        swap_count=np.zeros(1, np.int64),
        marked=np.zeros(games, np.int8),
        team=np.zeros(2 * MOST_REMOVED, np.int32),
        team_count=np.zeros(1, np.int64),
        known=np.zeros(len(state.doubles), np.int8),
        doubles=np.zeros(2 * MOST_REMOVED, np.int32),
        games_on=np.zeros((2 * MOST_REMOVED, dates), np.int8),
        forbidden=np.zeros((2 * MOST_REMOVED, dates), np.int32),
        date_cost=np.zeros((2 * MOST_REMOVED, dates), np.int64),
        tally=np.zeros((8, 2), np.int64),
        log=np.zeros((LOG_ROWS, 4), np.int64),
        logged=np.zeros(2, np.int64),
    )
