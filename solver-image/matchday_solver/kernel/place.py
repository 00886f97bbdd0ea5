"""Put games into the schedule and take them out, with the exact change of the cost."""

from matchday_solver.kernel.coaches import coach_cost, gather_coaches
from matchday_solver.kernel.dates import begin_dates, count_on_date
from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import CHANGED, IMPOSSIBLE, MISSING, State, Static
from matchday_solver.kernel.terms import (
    balance_cost,
    club_cost,
    evening_cost,
    fair_cost,
    gather_meets,
    pair_cost,
    rematch_cost,
    venue_cost,
)


@kernel
def place_cost(s: Static, st: State, g: int, k: int, v: int, host: int) -> int:
    """What a game that is not placed adds to the cost at a position; hard rules of time and place
    are not looked at but for those in `date_cost`."""
    a, b, d = st.a[g], st.b[g], s.slot_date[k]
    cost = st.date_cost[a, d] + st.date_cost[b, d]
    cost += pair_cost(s, a, b) + venue_cost(s, a, b, v) + club_cost(s, st, a, b, d, v)
    cost += evening_cost(s, st, k, v, st.length[g])
    cost += fair_cost(s, st, a, b) if s.unpopular[k] != 0 else 0
    cost += balance_cost(s, st, b, a) if host == 1 else balance_cost(s, st, a, b)
    cost += rematch_cost(s, st, gather_meets(st, g), d)
    cost += coach_cost(s, st, g, gather_coaches(s, st, a, b, d), k, v)
    return cost + anchor_cost(st, g, k, v, b if host == 1 else a)


@kernel
def anchor_cost(st: State, g: int, k: int, v: int, home: int) -> int:
    """CHANGED where the game has an earlier position and is elsewhere."""
    if st.anchor[g, 0] < 0:
        return 0
    same = st.anchor[g, 0] == k and st.anchor[g, 1] == v and st.anchor[g, 2] == home
    return 0 if same else CHANGED


@kernel
def put(s: Static, st: State, g: int, k: int, v: int, host: int) -> None:
    """Place a game."""
    st.cost[0] += place_cost(s, st, g, k, v, host) - MISSING
    st.slot[g], st.venue[g], st.host[g] = k, v, host
    link(s, st, g, 1)


@kernel
def take(s: Static, st: State, g: int) -> None:
    """Take a placed game out."""
    k, v, host = st.slot[g], st.venue[g], st.host[g]
    link(s, st, g, -1)
    st.slot[g] = -1
    st.cost[0] += MISSING - place_cost(s, st, g, k, v, host)


@kernel
def put_fixed(s: Static, st: State, g: int, k: int, v: int, host: int) -> None:
    """Place a game that never moves, whatever hard rules it breaks."""
    before = st.cost[0]
    put(s, st, g, k, v, host)
    st.fixed[g] = 1
    broken = (st.cost[0] - before + MISSING + IMPOSSIBLE // 2) // IMPOSSIBLE
    st.cost[0] -= broken * IMPOSSIBLE


@kernel
def link(s: Static, st: State, g: int, sign: int) -> None:
    """Count a game in (1) or out (-1) everywhere."""
    link_place(s, st, g, sign)
    d = s.slot_date[st.slot[g]]
    count_on_date(s, st, st.a[g], d, sign)
    count_on_date(s, st, st.b[g], d, sign)


@kernel
def link_place(s: Static, st: State, g: int, sign: int) -> None:
    """Count a game in or out everywhere but in what `kernel/dates.py` keeps up."""
    a, b, k, v = st.a[g], st.b[g], st.slot[g], st.venue[g]
    d = s.slot_date[k]
    for q in range(k, s.cover[k, st.length[g]]):
        st.busy[q, v] += sign
    if sign > 0:
        chain(st, g, d, v)
    else:
        unchain(st, g, d, v)
    home = sign if st.host[g] == 0 else -sign
    st.balance[a] += home
    st.balance[b] -= home
    link_team(s, st, g, a, k, sign)
    link_team(s, st, g, b, k, sign)


@kernel
def chain(st: State, g: int, d: int, v: int) -> None:
    """Add a game to the list of its venue and date."""
    first = st.head[d, v]
    st.after[g], st.before[g] = first, -1
    if first >= 0:
        st.before[first] = g
    st.head[d, v] = g


@kernel
def unchain(st: State, g: int, d: int, v: int) -> None:
    """Remove a game from the list of its venue and date."""
    x, y = st.before[g], st.after[g]
    if x >= 0:
        st.after[x] = y
    else:
        st.head[d, v] = y
    if y >= 0:
        st.before[y] = x


@kernel
def link_team(s: Static, st: State, g: int, t: int, k: int, sign: int) -> None:
    """Count a game in or out for one of its teams."""
    d = s.slot_date[k]
    if s.club[t] >= 0:
        count_club(st, s.club[t], d, st.venue[g], sign)
    if s.unpopular[k] != 0:
        level = max(st.unpopular[t], st.unpopular[t] + sign)
        st.at_least[s.team_division[t], level] += sign
        st.unpopular[t] += sign
    list_on_date(st, g, t, d, sign)


@kernel
def count_club(st: State, club: int, d: int, v: int, sign: int) -> None:
    """Count a team-game of a club in or out."""
    if max(st.club_at[club, d, v], st.club_at[club, d, v] + sign) == 1:
        st.club_venues[club, d] += sign
    st.club_at[club, d, v] += sign


@kernel
def list_on_date(st: State, g: int, t: int, d: int, sign: int) -> None:
    """Keep a team's games of a date; only two are listed, frozen dates may hold more."""
    row = st.on_date[t, d]
    if sign > 0:
        if row[0] < 0:
            row[0] = g
        elif row[1] < 0:
            row[1] = g
    elif row[0] == g:
        row[0], row[1] = row[1], -1
    elif row[1] == g:
        row[1] = -1


@kernel
def reset(s: Static, st: State) -> None:
    """Prepare a state in which nothing is placed."""
    begin_dates(s, st)
    st.cost[0] = MISSING * len(st.a)
    for w in range(len(s.windows)):
        days, games, weight = s.windows[w, 0], s.windows[w, 1], s.windows[w, 2]
        if s.windows[w, 3] != 0:
            st.cost[0] += weight * games * (st.games_on.shape[1] - days + 1) * len(st.doubles)
