"""A coach's games of a date: clashes and coachBackToBack."""

from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import (
    R_COACH,
    R_TRAVEL,
    W_COACH,
    Ints,
    State,
    Static,
)


@kernel
def coach_games(s: Static, st: State, coach: int, d: int, n: int) -> int:
    """Append a coach's games of a date to `coach_row`, in order; the new number of rows."""
    first = n
    for i in range(s.coach_team_start[coach], s.coach_team_start[coach + 1]):
        t = s.coach_team[i]
        for j in range(min(st.games_on[t, d], 2)):
            g = st.on_date[t, d, j]
            seen = g < 0
            for q in range(first, n):
                seen = seen or st.coach_row[q, 3] == g
            if not seen:
                insert_row(s, st, g, first, n)
                n += 1
    return n


@kernel
def insert_row(s: Static, st: State, g: int, first: int, n: int) -> None:
    """Put a game in its place among rows first..n-1."""
    last = len(st.coach_row) - 1
    write_row(s, st, last, g, st.slot[g], st.venue[g])
    q = n
    while q > first and after(s, st, st.coach_row[q - 1], st.coach_row[last]):
        for column in range(4):
            st.coach_row[q, column] = st.coach_row[q - 1, column]
        q -= 1
    write_row(s, st, q, g, st.slot[g], st.venue[g])


@kernel
def write_row(s: Static, st: State, q: int, g: int, k: int, v: int) -> None:
    """Let row q be a game begun at k."""
    start = s.slot_start[k]
    st.coach_row[q, 0], st.coach_row[q, 1] = start, start + s.lengths[st.length[g]]
    st.coach_row[q, 2], st.coach_row[q, 3] = v, g


@kernel
def after(s: Static, st: State, row: Ints, other: Ints) -> bool:
    """Whether a row comes after another: by start, end, venue name, and teams as the output is."""
    if row[0] != other[0]:
        return row[0] > other[0]
    if row[1] != other[1]:
        return row[1] > other[1]
    if row[2] != other[2]:
        return s.venue_rank[row[2]] > s.venue_rank[other[2]]
    g, h = row[3], other[3]
    if min(st.a[g], st.b[g]) != min(st.a[h], st.b[h]):
        return min(st.a[g], st.b[g]) > min(st.a[h], st.b[h])
    return max(st.a[g], st.b[g]) > max(st.a[h], st.b[h])


@kernel
def gather_coaches(s: Static, st: State, a: int, b: int, d: int) -> int:
    """List the games on a date of every coach of two teams; how many coaches have any."""
    found, n = 0, 0
    for side in range(2):
        t = a if side == 0 else b
        for i in range(s.coach_start[t], s.coach_start[t + 1]):
            coach = s.coach[i]
            if side == 1 and coaches(s, coach, a):
                continue
            more = coach_games(s, st, coach, d, n)
            if more > n:
                n = more
                st.coach_of[found] = coach
                st.coach_end[found] = n
                found += 1
    return found


@kernel
def coaches(s: Static, coach: int, t: int) -> bool:
    """Whether somebody is a coach of a team."""
    for i in range(s.coach_start[t], s.coach_start[t + 1]):
        if s.coach[i] == coach:
            return True
    return False


@kernel
def apart(s: Static, st: State, coach: int, x: int, y: int) -> int:
    """1 where two consecutive rows of a coach are not back to back and not of one team of his."""
    if st.coach_row[x, 2] == st.coach_row[y, 2] and st.coach_row[x, 1] == st.coach_row[y, 0]:
        return 0
    g, h = st.coach_row[x, 3], st.coach_row[y, 3]
    return int(not shared(s, coach, st.a[g], st.b[g], st.a[h], st.b[h]))


@kernel
def shared(s: Static, coach: int, a: int, b: int, c: int, d: int) -> bool:
    """Whether games a-b and c-d have a team of the coach in common."""
    return ((a == c or a == d) and coaches(s, coach, a)) or (
        (b == c or b == d) and coaches(s, coach, b)
    )


@kernel
def coach_cost(s: Static, st: State, g: int, found: int, k: int, v: int) -> int:
    """Change of coachBackToBack by a game there, after `gather_coaches`."""
    last = len(st.coach_row) - 1
    write_row(s, st, last, g, k, v)
    units, first = 0, 0
    for i in range(found):
        coach, stop = st.coach_of[i], st.coach_end[i]
        place = first
        for q in range(first, stop):
            place += int(not after(s, st, st.coach_row[q], st.coach_row[last]))
        if place > first:
            units += apart(s, st, coach, place - 1, last)
        if place < stop:
            units += apart(s, st, coach, last, place)
        if first < place < stop:
            units -= apart(s, st, coach, place - 1, place)
        first = stop
    return units * s.weight[W_COACH]


@kernel
def is_coach_free(s: Static, st: State, g: int, found: int, k: int, v: int) -> bool:
    """Whether no coach is elsewhere while a game is there, after `gather_coaches`."""
    if found == 0 or s.rule[R_COACH] == 0:
        return True
    start = s.slot_start[k]
    end = start + s.lengths[st.length[g]]
    for q in range(st.coach_end[found - 1]):
        if clash(s, st.coach_row[q], start, end, v):
            return False
    return True


@kernel
def clash(s: Static, row: Ints, start: int, end: int, v: int) -> bool:
    """Whether one person cannot be at a row's game and at one with these times and venue."""
    travel = 0 if row[2] == v else s.rule[R_TRAVEL]
    return start < row[1] + travel and row[0] < end + travel
