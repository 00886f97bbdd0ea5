"""Ruin and recreate under simulated annealing, over all neighbourhoods."""

from matchday_solver.improve.club_days import remove_club_days
from matchday_solver.improve.hosts import swap_hosts
from matchday_solver.improve.move_day import move_day
from matchday_solver.improve.opponents import swap_opponents
from matchday_solver.improve.scattered import remove_scattered
from matchday_solver.improve.team import remove_team_games
from matchday_solver.improve.trade import trade_days
from matchday_solver.improve.venue_day import remove_venue_day
from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import Best, State, Static, Work
from matchday_solver.kernel.move import finish, reinsert, roll_back
from matchday_solver.kernel.random import below, threshold
from matchday_solver.kernel.replay import is_log_full, note
from matchday_solver.kernel.settle import keep_best

SCATTERED, CLUB_DAYS, VENUE_DAY, TEAM, HOSTS, OPPONENTS, TRADE, DAY = 0, 1, 2, 3, 4, 5, 6, 7
CHANCES = (16, 34, 42, 53, 60, 82, 100)
"""Out of 100, cumulative, in that order, where it is not DAY."""
DAY_CHANCE, DAY_CHANCE_FEW, FEW_GAMES = 4, 16, 130
"""Out of 100, of DAY; more where there are so few games, which play on the same days together."""


@kernel
def anneal(
    s: Static, st: State, wk: Work, best: Best, moves: int, temperature: float, noise: int
) -> None:
    """Try so many moves at one temperature, fewer where the log has no room for more; `best` keeps
    the cheapest schedule."""
    for _ in range(moves):
        if is_log_full(wk):
            return
        before = st.cost[0]
        kind = ruin(s, st, wk)
        wk.tally[kind, 0] += 1
        if wk.removed_count[0] == 0:
            continue
        placed = kind == HOSTS or reinsert(s, st, wk, noise, kind >= TRADE)
        limit = threshold(st, temperature) if placed else -1
        if placed and st.cost[0] - before <= limit:
            wk.tally[kind, 1] += int(st.cost[0] != before)
            if wk.logged[0] >= 0:
                note(s, st, wk, limit, st.cost[0] != before)
            if st.cost[0] < best.cost[0]:
                keep_best(st, best)
        else:
            roll_back(s, st, wk, before)
        finish(wk)


@kernel
def ruin(s: Static, st: State, wk: Work) -> int:
    """Take games out by a random neighbourhood; which one it was."""
    if below(st, 100) < (DAY_CHANCE_FEW if len(st.a) <= FEW_GAMES else DAY_CHANCE):
        move_day(s, st, wk)
        return DAY
    chance = below(st, 100)
    if chance < CHANCES[SCATTERED]:
        remove_scattered(s, st, wk)
        return SCATTERED
    if chance < CHANCES[CLUB_DAYS]:
        remove_club_days(s, st, wk)
        return CLUB_DAYS
    if chance < CHANCES[VENUE_DAY]:
        remove_venue_day(s, st, wk)
        return VENUE_DAY
    if chance < CHANCES[TEAM]:
        remove_team_games(s, st, wk)
        return TEAM
    if chance < CHANCES[HOSTS]:
        swap_hosts(s, st, wk)
        return HOSTS
    if chance < CHANCES[OPPONENTS]:
        swap_opponents(s, st, wk)
        return OPPONENTS
    trade_days(s, st, wk)
    return TRADE
