"""The cheapest position of a game in the schedule as it is."""

from matchday_solver.kernel.coaches import coach_cost, gather_coaches, is_coach_free
from matchday_solver.kernel.hosting import choose_host, hosts
from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import (
    CHANGED,
    IMPOSSIBLE,
    R_BREAK,
    R_SPAN,
    W_CLUB,
    W_EVENING,
    W_HOME,
    W_REGION,
    Longs,
    State,
    Static,
)
from matchday_solver.kernel.random import below
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

ANY_VENUE, NO_VENUE = -1, -2


@kernel
def best_position(s: Static, st: State, g: int, noise: int, out: Longs) -> None:
    """Find the cheapest position of a game that is not placed: cost, slot, venue, host into `out`.

    Up to `noise` is added to each position's cost at random. The cost is IMPOSSIBLE where no
    position keeps the hard rules. Dates on which both clubs play anyway come first: they are
    mostly the cheapest, and what is dearer for sure is not looked at.
    """
    a, b = st.a[g], st.b[g]
    out[0] = IMPOSSIBLE // 2
    venues, meets = order_venues(s, st, g), gather_meets(st, g)
    hosting = (balance_cost(s, st, a, b), balance_cost(s, st, b, a))
    slack = s.weight[W_EVENING] * s.rule[R_SPAN] + CHANGED * int(st.anchor[g, 0] >= 0)
    list_dates(s, st, a, b)
    st.fair[0] = fair_cost(s, st, a, b)
    for new in range(3 if venues > 0 else 0):
        least = new * s.weight[W_CLUB] + min(hosting) - slack
        cheapest = least + st.venue_cost[st.venue_order[0]]
        for i in range(st.date_count[new]):
            d = st.dates[new, i]
            base = st.date_cost[a, d] + st.date_cost[b, d]
            if base + cheapest < out[0]:
                base += rematch_cost(s, st, meets, d)
                best_on_date(s, st, g, d, (base, base + least), venues, hosting, noise, out)
    if out[0] >= IMPOSSIBLE // 2:
        out[0] = IMPOSSIBLE


@kernel
def list_dates(s: Static, st: State, a: int, b: int) -> None:
    """Sort the dates that two teams' own rules allow by their clubs that play nowhere yet."""
    x, y = s.club[a], s.club[b]
    st.date_count[:] = 0
    for i in range(len(s.play_dates)):
        d = s.play_dates[i]
        if st.date_cost[a, d] + st.date_cost[b, d] < IMPOSSIBLE // 2:
            new = int(x >= 0 and st.club_venues[x, d] == 0)
            new += int(y >= 0 and y != x and st.club_venues[y, d] == 0)
            st.dates[new, st.date_count[new]] = d
            st.date_count[new] += 1


@kernel
def best_there(s: Static, st: State, g: int, d: int, v: int, noise: int, out: Longs) -> None:
    """The same on one date at one venue, which suits the game's division."""
    a, b = st.a[g], st.b[g]
    out[0] = IMPOSSIBLE // 2
    base = st.date_cost[a, d] + st.date_cost[b, d]
    only, allowed = doubleheader_venue(st, a, b, d), hosts(s, st, g, d, v)
    if base < out[0] and only in (ANY_VENUE, v) and allowed != 0:
        base += pair_cost(s, a, b) + venue_cost(s, a, b, v) + club_cost(s, st, a, b, d, v)
        base += rematch_cost(s, st, gather_meets(st, g), d)
        hosting = (balance_cost(s, st, a, b), balance_cost(s, st, b, a))
        st.fair[0] = fair_cost(s, st, a, b)
        host, found = choose_host(st, g, allowed, hosting), gather_coaches(s, st, a, b, d)
        best_at(s, st, g, d, v, host, base + hosting[host], found, noise, out)
    if out[0] >= IMPOSSIBLE // 2:
        out[0] = IMPOSSIBLE


@kernel
def order_venues(s: Static, st: State, g: int) -> int:
    """List the suitable venues in `venue_order`, by what the game costs there; their number."""
    a, b = st.a[g], st.b[g]
    division = s.team_division[a]
    fixed = pair_cost(s, a, b)
    first, end = s.suit_start[division], s.suit_start[division + 1]
    for i in range(first, end):
        st.venue_cost[s.suit[i]] = fixed + venue_cost(s, a, b, s.suit[i])
    home, region = s.weight[W_HOME], s.weight[W_REGION]
    n, last = 0, -1
    for level in (0, min(home, region), max(home, region), home + region):
        if level == last:
            continue
        for i in range(first, end):
            if st.venue_cost[s.suit[i]] == fixed + level:
                st.venue_order[n] = s.suit[i]
                n += 1
        last = level
    return n


@kernel
def best_on_date(
    s: Static,
    st: State,
    g: int,
    d: int,
    base: tuple[int, int],
    venues: int,
    hosting: tuple[int, int],
    noise: int,
    out: Longs,
) -> None:
    """Improve `out` by the positions of one date; `base` is what they cost for their date, and the
    least that they cost but for their venue."""
    a, b = st.a[g], st.b[g]
    only = doubleheader_venue(st, a, b, d)
    if only == NO_VENUE:
        return
    found = gather_coaches(s, st, a, b, d)
    anchored = CHANGED * int(st.anchor[g, 0] >= 0)
    for i in range(venues):
        v = st.venue_order[i]
        if base[1] + st.venue_cost[v] >= out[0]:
            return
        if s.courts[d, v] == 0 or (only >= 0 and v != only):
            continue
        cost = base[0] + st.venue_cost[v] + club_cost(s, st, a, b, d, v)
        if cost + min(hosting) - anchored + least_idle(s, st, d, v) >= out[0]:
            continue
        allowed = hosts(s, st, g, d, v)
        if allowed != 0:
            host = choose_host(st, g, allowed, hosting)
            best_at(s, st, g, d, v, host, cost + hosting[host], found, noise, out)


@kernel
def least_idle(s: Static, st: State, d: int, v: int) -> int:
    """What `evening_cost` is at least for one game more at a venue on a date."""
    starts, span = s.evening_starts[d, v], s.rule[R_SPAN]
    opened = starts if st.head[d, v] < 0 else 0
    return (opened - min(starts, span)) * s.weight[W_EVENING]


@kernel
def best_at(
    s: Static,
    st: State,
    g: int,
    d: int,
    v: int,
    host: int,
    base: int,
    found: int,
    noise: int,
    out: Longs,
) -> None:
    """Improve `out` by the starts of one venue and date."""
    a, b, length = st.a[g], st.b[g], st.length[g]
    rest = st.games_on[a, d] + st.games_on[b, d] > 0
    for k in range(s.date_slots[d], s.date_slots[d + 1]):
        if s.open[k, v] == 0 or s.fits[k, length] == 0 or not has_room(s, st, k, v, length):
            continue
        if rest and not rested(s, st, g, k):
            continue
        if not is_coach_free(s, st, g, found, k, v):
            continue
        cost = base + evening_cost(s, st, k, v, length) + st.fair[0] * s.unpopular[k]
        if found > 0:
            cost += coach_cost(s, st, g, found, k, v)
        if st.anchor[g, 0] >= 0:
            same = st.anchor[g, 0] == k and st.anchor[g, 1] == v
            cost -= CHANGED * int(same and st.anchor[g, 2] == (b if host == 1 else a))
        if st.packing[0] > 0:
            cost += st.packing[0] * room_spent(s, st, k, v, length)
        if noise > 0:
            cost += below(st, noise)
        if cost < out[0]:
            out[0], out[1], out[2], out[3] = cost, k, v, host


@kernel
def room_spent(s: Static, st: State, k: int, v: int, length: int) -> int:
    """Starts at which a game begun at k is in progress, and one more for a gap on either side."""
    d, stop = s.slot_date[k], s.cover[k, length]
    spent = stop - k
    if k > s.date_slots[d] and s.open[k - 1, v] != 0 and st.busy[k - 1, v] <= st.busy[k, v]:
        spent += 1
    if stop < s.date_slots[d + 1] and s.open[stop, v] != 0:
        spent += int(st.busy[stop, v] <= st.busy[stop - 1, v])
    return spent


@kernel
def has_room(s: Static, st: State, k: int, v: int, length: int) -> bool:
    """Whether a court is free for all of a game."""
    courts = s.courts[s.slot_date[k], v]
    for q in range(k, s.cover[k, length]):
        if st.busy[q, v] >= courts:
            return False
    return True


@kernel
def doubleheader_venue(st: State, a: int, b: int, d: int) -> int:
    """The only venue that a second game of a or b on a date may be at; or ANY_VENUE, NO_VENUE."""
    only = ANY_VENUE
    for side in range(2):
        t, other = (a, b) if side == 0 else (b, a)
        if st.games_on[t, d] == 0:
            continue
        x = st.on_date[t, d, 0]
        if st.a[x] == other or st.b[x] == other or (only >= 0 and only != st.venue[x]):
            return NO_VENUE
        only = st.venue[x]
    return only


@kernel
def rested(s: Static, st: State, g: int, k: int) -> bool:
    """Whether a game begun at k leaves the break to its teams' other games of the date."""
    d, start = s.slot_date[k], s.slot_start[k]
    end = start + s.lengths[st.length[g]]
    for t in (st.a[g], st.b[g]):
        if st.games_on[t, d] > 0:
            x = st.on_date[t, d, 0]
            begun = s.slot_start[st.slot[x]]
            ended = begun + s.lengths[st.length[x]]
            if start < ended + s.rule[R_BREAK] and begun < end + s.rule[R_BREAK]:
                return False
    return True
