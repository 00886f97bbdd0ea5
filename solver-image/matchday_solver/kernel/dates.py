"""What one more game of a team costs on each date by its own rules, kept up game by game."""

from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import IMPOSSIBLE, R_DOUBLES, W_DOUBLE, State, Static, Work


@kernel
def begin_dates(s: Static, st: State) -> None:
    """The costs while nothing is placed."""
    for t in range(len(st.doubles)):
        for d in range(st.games_on.shape[1]):
            if s.shut[t, d] != 0:
                forbid(st, t, d, 1)
        for w in range(len(s.windows)):
            begin_windows(s, st, t, w)


@kernel
def begin_windows(s: Static, st: State, t: int, w: int) -> None:
    """What one game more changes in each window of one rule, while a team has none."""
    days, games, is_least = s.windows[w, 0], s.windows[w, 1], s.windows[w, 3] != 0
    if is_least != (games > 0):
        return
    for first in range(st.games_on.shape[1] - days + 1):
        for d in range(first, first + days):
            charge(s, st, t, d, w, -1 if is_least else 1)


@kernel
def count_on_date(s: Static, st: State, t: int, d: int, sign: int) -> None:
    """Count a game of a team on a date in (1) or out (-1)."""
    games, was_full = st.games_on[t, d], st.doubles[t] >= s.rule[R_DOUBLES]
    if max(games, games + sign) == 2:
        st.doubles[t] += sign
    st.games_on[t, d] += sign
    is_full = st.doubles[t] >= s.rule[R_DOUBLES]
    if is_full != was_full:
        for x in range(st.games_on.shape[1]):
            if st.games_on[t, x] == 1 and x != d:
                forbid(st, t, x, 1 if is_full else -1)
    change = int(is_shut(games + sign, is_full)) - int(is_shut(games, was_full))
    forbid(st, t, d, change)
    st.date_cost[t, d] += s.weight[W_DOUBLE] * (int(games + sign == 1) - int(games == 1))
    for w in range(len(s.windows)):
        count_in_windows(s, st, t, d, w, sign)


@kernel
def is_shut(games: int, full: bool) -> bool:
    """Whether a date holds all the games that it may; `full`: no doubleheader is left."""
    return games >= 2 or (games == 1 and full)


@kernel
def count_in_windows(s: Static, st: State, t: int, d: int, w: int, sign: int) -> None:
    """What one game more changes in the windows of one rule that hold a date, where a game has
    just come or gone: in those that have thereby reached the rule's number, or fallen below it."""
    days, games = s.windows[w, 0], s.windows[w, 1]
    first, last = max(0, d - days + 1), min(d, st.games_on.shape[1] - days)
    turn = games if sign > 0 else games - 1
    inside, turned = 0, 0
    for x in range(first, first + days):
        inside += st.games_on[t, x]
    for x in range(first, last + 1):
        if inside == turn:
            st.steps[x] += 1
            st.steps[x + days] -= 1
            turned += 1
        if x < last:
            inside += st.games_on[t, x + days] - st.games_on[t, x]
    if turned > 0:
        spread(s, st, t, first, last + days, w, sign)


@kernel
def spread(s: Static, st: State, t: int, first: int, end: int, w: int, sign: int) -> None:
    """Charge the dates from `first` on for the windows that `steps` tells, and clear it."""
    windows = 0
    for x in range(first, end):
        windows += st.steps[x]
        st.steps[x] = 0
        if windows != 0:
            charge(s, st, t, x, w, sign * windows)
    st.steps[end] = 0


@kernel
def charge(s: Static, st: State, t: int, d: int, w: int, windows: int) -> None:
    """One game more on a date costs so many times more in the windows of one rule."""
    weight = s.windows[w, 2]
    if weight == 0:
        forbid(st, t, d, windows)
    else:
        st.date_cost[t, d] += weight * windows


@kernel
def forbid(st: State, t: int, d: int, reasons: int) -> None:
    """So many more reasons, or fewer, why a team may not play one more game on a date."""
    before = st.forbidden[t, d]
    st.forbidden[t, d] = before + reasons
    if before == 0 and reasons > 0:
        st.date_cost[t, d] += IMPOSSIBLE
    elif before > 0 and before + reasons == 0:
        st.date_cost[t, d] -= IMPOSSIBLE


@kernel
def keep_dates(st: State, wk: Work, t: int) -> None:
    """Remember what the dates of a team are like before a move changes them."""
    if wk.known[t] != 0:
        return
    n = wk.team_count[0]
    wk.known[t], wk.team[n], wk.doubles[n] = 1, t, st.doubles[t]
    for d in range(st.games_on.shape[1]):
        wk.games_on[n, d] = st.games_on[t, d]
        wk.forbidden[n, d] = st.forbidden[t, d]
        wk.date_cost[n, d] = st.date_cost[t, d]
    wk.team_count[0] = n + 1


@kernel
def return_dates(st: State, wk: Work) -> None:
    """Make the dates of all teams of a move what they were."""
    for n in range(wk.team_count[0]):
        t = wk.team[n]
        st.doubles[t] = wk.doubles[n]
        for d in range(st.games_on.shape[1]):
            st.games_on[t, d] = wk.games_on[n, d]
            st.forbidden[t, d] = wk.forbidden[n, d]
            st.date_cost[t, d] = wk.date_cost[n, d]


@kernel
def forget_dates(wk: Work) -> None:
    """Be ready for the next move."""
    for n in range(wk.team_count[0]):
        wk.known[wk.team[n]] = 0
    wk.team_count[0] = 0
