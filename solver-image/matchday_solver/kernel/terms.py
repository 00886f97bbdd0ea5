"""What a position costs, term by term; the game under evaluation is not placed."""

from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import (
    R_REMATCH,
    W_BALANCE,
    W_CLUB,
    W_EVENING,
    W_FAIR,
    W_HOME,
    W_REGION,
    W_REMATCH,
    W_TIER,
    State,
    Static,
)


@kernel
def pair_cost(s: Static, a: int, b: int) -> int:
    """Cost of a meeting wherever it is: tierMatch and the opponents' part of region."""
    cost = 0
    if s.tier[a] >= 0 and s.tier[b] >= 0 and s.tier[a] != s.tier[b]:
        cost += s.weight[W_TIER]
    if s.region[a] >= 0 and s.region[b] >= 0 and s.region[a] != s.region[b]:
        cost += s.weight[W_REGION]
    return cost


@kernel
def venue_cost(s: Static, a: int, b: int, v: int) -> int:
    """Cost of a meeting at a venue: homeVenue and the venue's part of region."""
    cost = 0
    if (s.home[a] >= 0 or s.home[b] >= 0) and s.home[a] != v and s.home[b] != v:
        cost += s.weight[W_HOME]
    region = s.venue_region[v]
    known = region >= 0 and (s.region[a] >= 0 or s.region[b] >= 0)
    if known and s.region[a] != region and s.region[b] != region:
        cost += s.weight[W_REGION]
    return cost


@kernel
def club_cost(s: Static, st: State, a: int, b: int, d: int, v: int) -> int:
    """New club-days."""
    new = 0
    if s.club[a] >= 0 and st.club_at[s.club[a], d, v] == 0:
        new += 1
    if s.club[b] >= 0 and s.club[b] != s.club[a] and st.club_at[s.club[b], d, v] == 0:
        new += 1
    return new * s.weight[W_CLUB]


@kernel
def evening_cost(s: Static, st: State, k: int, v: int, length: int) -> int:
    """Change of the idle starts of the venue's evening."""
    d = s.slot_date[k]
    if s.evening_starts[d, v] == 0:
        return 0
    taken = 0
    for q in range(k, s.cover[k, length]):
        if st.busy[q, v] == 0:
            taken += s.evening[q, v]
    opened = s.evening_starts[d, v] if st.head[d, v] < 0 else 0
    return (opened - taken) * s.weight[W_EVENING]


@kernel
def balance_cost(s: Static, st: State, home: int, away: int) -> int:
    """Change of homeAwayBalance when `home` hosts `away`."""
    x, y = st.balance[home], st.balance[away]
    change = max(0, abs(x + 1) - 1) - max(0, abs(x) - 1)
    change += max(0, abs(y - 1) - 1) - max(0, abs(y) - 1)
    return change * s.weight[W_BALANCE]


@kernel
def gather_meets(st: State, g: int) -> int:
    """List the dates' slots of the pair's other placed meetings in `meets`; their number."""
    a, b = st.a[g], st.b[g]
    n = 0
    for i in range(st.games_of.shape[1]):
        x = st.games_of[a, i]
        if x < 0:
            break
        if x != g and st.slot[x] >= 0 and (st.a[x] == b or st.b[x] == b):
            st.meets[n] = st.slot[x]
            n += 1
    return n


@kernel
def rematch_cost(s: Static, st: State, n: int, d: int) -> int:
    """Change of the close consecutive meetings; `gather_meets` has found n others."""
    last, following, gap = -100_000, 100_000, s.rule[R_REMATCH]
    for i in range(n):
        m = s.slot_date[st.meets[i]]
        if m <= d:
            last = max(last, m)
        else:
            following = min(following, m)
    change = int(d - last < gap) + int(following - d < gap) - int(following - last < gap)
    return change * s.weight[W_REMATCH]


@kernel
def unfair(st: State, division: int, size: int, x: int, y: int) -> int:
    """Units of startFairness with one game more, for teams that then have x and y (0: none)."""
    row = st.at_least[division]
    total = 2 if x > 0 else 0
    for n in range(1, len(row)):
        total += row[n]
    mean = (total + size - 1) // size
    units = int(x > mean) + int(y > mean)
    for n in range(mean + 1, len(row)):
        units += row[n]
    return units


@kernel
def fair_cost(s: Static, st: State, a: int, b: int) -> int:
    """Change of startFairness at an unpopular start."""
    if s.weight[W_FAIR] == 0:
        return 0
    division = s.team_division[a]
    size = s.division_size[division]
    new = unfair(st, division, size, st.unpopular[a] + 1, st.unpopular[b] + 1)
    return (new - unfair(st, division, size, 0, 0)) * s.weight[W_FAIR]
