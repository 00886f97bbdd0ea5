"""Positions that throw other games out, for games that fit nowhere.

Guided ejection search (Nagata and Bräysy 2009): the games thrown out are those that have been the
easiest to place so far.
"""

from matchday_solver.kernel.coaches import clash, gather_coaches
from matchday_solver.kernel.dates import count_on_date
from matchday_solver.kernel.evaluate import (
    ANY_VENUE,
    NO_VENUE,
    doubleheader_venue,
    has_room,
    rested,
)
from matchday_solver.kernel.hosting import choose_host, hosts
from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import (
    IMPOSSIBLE,
    R_COACH,
    Ints,
    Longs,
    State,
    Static,
    Work,
)
from matchday_solver.kernel.random import below

SCALE = 1024
"""Weights are in these, so that random numbers below it only break ties."""


@kernel
def eject_position(s: Static, st: State, wk: Work, g: int) -> None:
    """The position of g that throws out the least: `position`, and who must go in `victims`."""
    a, b = st.a[g], st.b[g]
    wk.position[0] = IMPOSSIBLE
    price_dates(s, st, wk, a, wk.first_gain, wk.first_victim)
    price_dates(s, st, wk, b, wk.second_gain, wk.second_victim)
    for i in range(len(s.play_dates)):
        d = s.play_dates[i]
        base = wk.first_gain[d] + wk.second_gain[d]
        if wk.first_victim[d] >= 0 and wk.first_victim[d] == wk.second_victim[d]:
            base = wk.first_gain[d]
        if base < wk.position[0]:
            eject_on_date(s, st, wk, g, d, base)


@kernel
def price_dates(s: Static, st: State, wk: Work, t: int, gain: Longs, victim: Ints) -> None:
    """For every date the lightest game of a team that must go so that it may play, if any."""
    for d in range(len(gain)):
        gain[d], victim[d] = IMPOSSIBLE, -1
        if st.date_cost[t, d] < IMPOSSIBLE // 2:
            gain[d] = 0
    for i in range(st.games_of.shape[1]):
        x = st.games_of[t, i]
        if x < 0:
            break
        if st.slot[x] < 0 or st.fixed[x] != 0:
            continue
        on = s.slot_date[st.slot[x]]
        count_on_date(s, st, t, on, -1)
        price = (1 + wk.weight[x]) * SCALE
        for d in range(len(gain)):
            free = st.date_cost[t, d] < IMPOSSIBLE // 2 and st.games_on[t, d] == 0
            if free and price < gain[d]:
                gain[d], victim[d] = price, x
        count_on_date(s, st, t, on, 1)


@kernel
def eject_on_date(s: Static, st: State, wk: Work, g: int, d: int, base: int) -> None:
    """Improve `position` by those of one date."""
    a, b, length = st.a[g], st.b[g], st.length[g]
    first, second = wk.first_victim[d], wk.second_victim[d]
    rest = (first < 0 and st.games_on[a, d] > 0) or (second < 0 and st.games_on[b, d] > 0)
    only = doubleheader_venue(st, a, b, d) if rest else ANY_VENUE
    if only == NO_VENUE:
        return
    found = gather_coaches(s, st, a, b, d) if s.rule[R_COACH] != 0 else 0
    division = s.team_division[a]
    for i in range(s.suit_start[division], s.suit_start[division + 1]):
        v = s.suit[i]
        if s.courts[d, v] == 0 or (only >= 0 and v != only):
            continue
        allowed = hosts(s, st, g, d, v)
        if allowed == 0:
            continue
        for k in range(s.date_slots[d], s.date_slots[d + 1]):
            if s.open[k, v] == 0 or s.fits[k, length] == 0:
                continue
            if rest and not rested(s, st, g, k):
                continue
            eject_at(s, st, wk, g, k, v, choose_host(st, g, allowed, (0, 0)), base, found)


@kernel
def eject_at(
    s: Static, st: State, wk: Work, g: int, k: int, v: int, host: int, base: int, found: int
) -> None:
    """Take one position as the best if it throws out less."""
    d = s.slot_date[k]
    cost = base + below(st, SCALE)
    if cost >= wk.position[0]:
        return
    n = 0
    for x in (wk.first_victim[d], wk.second_victim[d]):
        n = add_victim(wk.removed, x, n)
    start = s.slot_start[k]
    end = start + s.lengths[st.length[g]]
    for q in range(st.coach_end[found - 1] if found > 0 else 0):
        x = st.coach_row[q, 3]
        if clash(s, st.coach_row[q], start, end, v) and not is_victim(wk.removed, x, n):
            if st.fixed[x] != 0:
                return
            cost += (1 + wk.weight[x]) * SCALE
            n = add_victim(wk.removed, x, n)
    if not has_room(s, st, k, v, st.length[g]):
        x = lightest_to_go(s, st, wk, g, k, v, n)
        if x < 0:
            return
        if not is_victim(wk.removed, x, n):
            cost += (1 + wk.weight[x]) * SCALE
            n = add_victim(wk.removed, x, n)
    if cost < wk.position[0]:
        wk.position[0], wk.position[1], wk.position[2], wk.position[3] = cost, k, v, host
        for i in range(n):
            wk.victims[i] = wk.removed[i]
        wk.victims[n] = -1


@kernel
def lightest_to_go(s: Static, st: State, wk: Work, g: int, k: int, v: int, n: int) -> int:
    """The lightest game whose going makes room for a game begun at k; -1 where none does alone."""
    lightest, best = -1, IMPOSSIBLE
    x = st.head[s.slot_date[k], v]
    while x >= 0:
        if st.fixed[x] == 0 and makes_room(s, st, x, k, v, st.length[g]):
            price = 0 if is_victim(wk.removed, x, n) else (1 + wk.weight[x]) * SCALE
            price += below(st, SCALE)
            if price < best:
                lightest, best = x, price
        x = st.after[x]
    return lightest


@kernel
def makes_room(s: Static, st: State, x: int, k: int, v: int, length: int) -> bool:
    """Whether every start that a game begun at k lacks a court for is one that x takes."""
    courts = s.courts[s.slot_date[k], v]
    first, stop = st.slot[x], s.cover[st.slot[x], st.length[x]]
    for q in range(k, s.cover[k, length]):
        if st.busy[q, v] >= courts + int(first <= q < stop):
            return False
    return True


@kernel
def add_victim(victims: Ints, x: int, n: int) -> int:
    """Note a game once; the new number."""
    if x < 0 or is_victim(victims, x, n):
        return n
    victims[n] = x
    return n + 1


@kernel
def is_victim(victims: Ints, x: int, n: int) -> bool:
    """Whether a game is among the first n."""
    for i in range(n):
        if victims[i] == x:
            return True
    return False
