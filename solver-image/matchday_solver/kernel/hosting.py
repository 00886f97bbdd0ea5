"""Who is at home: whom the rules allow, and who is chosen of them."""

from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import State, Static
from matchday_solver.kernel.random import below

EITHER = 3
"""Both teams may be at home."""


@kernel
def hosts(s: Static, st: State, g: int, d: int, v: int) -> int:
    """Who may be at home there: 1 for a, 2 for b, 3 for either, 0 for neither."""
    a, b = st.a[g], st.b[g]
    allowed = 0
    if s.home_closed[a, d] == 0 and s.away_closed[b, d] == 0:
        allowed |= 1
    if s.home_closed[b, d] == 0 and s.away_closed[a, d] == 0:
        allowed |= 2
    if s.home[a] == v and s.home[b] != v:
        allowed &= 1
    elif s.home[b] == v and s.home[a] != v:
        allowed &= 2
    if s.home_only[s.team_division[a]] != 0:
        if s.home[a] != v and s.home[b] != v:
            return 0
        allowed &= within_share(st, g)
    return allowed


@kernel
def within_share(st: State, g: int) -> int:
    """Who may host once more so that the pair's home games end up differing by at most one."""
    meetings, mine, theirs = homes(st, st.a[g], st.b[g], g)
    most = (meetings + 1) // 2
    return int(mine < most) + 2 * int(theirs < most)


@kernel
def stays_shared(st: State, a: int, b: int, g: int) -> bool:
    """Whether two teams' home games against each other still differ by at most one without g."""
    meetings, mine, theirs = homes(st, a, b, g)
    return max(mine, theirs) <= meetings // 2


@kernel
def homes(st: State, a: int, b: int, g: int) -> tuple[int, int, int]:
    """Meetings of two teams, and of those that are placed, but for g, each one's at home."""
    meetings, mine, theirs = 0, 0, 0
    for i in range(st.games_of.shape[1]):
        x = st.games_of[a, i]
        if x < 0:
            break
        if st.a[x] != b and st.b[x] != b:
            continue
        meetings += 1
        if x != g and st.slot[x] >= 0:
            home = st.b[x] if st.host[x] == 1 else st.a[x]
            mine += int(home == a)
            theirs += int(home == b)
    return meetings, mine, theirs


@kernel
def choose_host(st: State, g: int, allowed: int, hosting: tuple[int, int]) -> int:
    """The host: the only one allowed, the earlier schedule's, the cheaper, or either by chance."""
    if allowed != EITHER:
        return allowed - 1
    if st.anchor[g, 0] >= 0:
        return int(st.anchor[g, 2] == st.b[g])
    if hosting[0] == hosting[1]:
        return below(st, 2)
    return int(hosting[1] < hosting[0])
