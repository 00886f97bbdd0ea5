"""Neighbourhood: all games of a club on one to three of its (date, venue) pairs."""

from matchday_solver.kernel.jit import kernel
from matchday_solver.kernel.layout import State, Static, Work
from matchday_solver.kernel.move import remove
from matchday_solver.kernel.random import below


@kernel
def remove_club_days(s: Static, st: State, wk: Work) -> None:
    """Take out one to three days of the club of a random game; of a lone team two games."""
    g = below(st, len(st.a))
    club = s.club[st.a[g] if below(st, 2) == 0 else st.b[g]]
    if club < 0:
        remove(s, st, wk, g)
        remove(s, st, wk, below(st, len(st.a)))
        return
    teams = s.club_start[club + 1] - s.club_start[club]
    for _ in range(1 + below(st, 3)):
        if st.slot[g] >= 0:
            remove_club_day(s, st, wk, club, s.slot_date[st.slot[g]], st.venue[g])
        t = s.club_team[s.club_start[club] + below(st, teams)]
        g = max(0, st.games_of[t, below(st, st.games_of.shape[1])])


@kernel
def remove_club_day(s: Static, st: State, wk: Work, club: int, d: int, v: int) -> None:
    """Take out a club's games at a venue on a date."""
    x = st.head[d, v]
    while x >= 0:
        following = st.after[x]
        if s.club[st.a[x]] == club or s.club[st.b[x]] == club:
            remove(s, st, wk, x)
        x = following
