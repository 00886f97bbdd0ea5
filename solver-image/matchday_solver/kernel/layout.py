"""What the kernels read and write, as named tuples of arrays.

Letters in the shapes are those of `matchday_solver.instance`, and G games of the schedule, placed
or not, M most games of a team. A position is a slot, a venue and who is at home.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = Annotated[NDArray[np.int8], 1]
Ints = Annotated[NDArray[np.int32], 1]
Longs = Annotated[NDArray[np.int64], 1]
Words = Annotated[NDArray[np.uint64], 1]
ByteGrid = Annotated[NDArray[np.int8], 2]
ShortGrid = Annotated[NDArray[np.int16], 2]
ShortCube = Annotated[NDArray[np.int16], 3]
IntGrid = Annotated[NDArray[np.int32], 2]
IntCube = Annotated[NDArray[np.int32], 3]
LongGrid = Annotated[NDArray[np.int64], 2]
"""The number says how many dimensions the array has."""

MOST_REMOVED = 14
"""Games that a move takes out at most."""

IMPOSSIBLE = 1 << 53
"""Cost of a position that a hard rule forbids."""
MISSING = 1_000_000_000_000
"""Cost of a game that is not placed: more than anything that a few games may cost."""
SHORT = 100_000_000_000
"""Cost of one game that a hard minGames window lacks, where all games must be played."""
KEPT = 10 * MISSING + SHORT
"""The same where games may be missing: it is kept at their expense."""
CHANGED = 1_000_000_000
"""Cost of a game that is not where the earlier schedule has it."""

BAD = 1 << 40
"""Cost of one meeting that the rules of pairs forbid or lack."""

W_CLUB, W_COACH, W_DOUBLE, W_RIVAL, W_TIER, W_HOME = 0, 1, 2, 3, 4, 5
W_REGION, W_BALANCE, W_EVENING, W_REMATCH, W_FAIR = 6, 7, 8, 9, 10
R_DOUBLES, R_BREAK, R_COACH, R_TRAVEL, R_REMATCH, R_SPAN = 0, 1, 2, 3, 4, 5


class Static(NamedTuple):
    """What stays the same during a search; flags are 0 or 1."""

    date_slots: Ints
    slot_date: Ints
    slot_start: Ints
    cover: IntGrid
    fits: ByteGrid
    lengths: Ints
    open: ByteGrid
    courts: IntGrid
    evening: ByteGrid
    """(K, V) an idle start there costs `fullEvenings`."""
    evening_starts: IntGrid
    """(N, V) how many those are."""
    unpopular: Bytes
    play_dates: Ints
    """Dates on which games may be put."""
    venue_rank: Ints
    """(V,) position by name, for ties among a coach's games."""
    venue_region: Ints
    suit_start: Ints
    suit: Ints
    """Venues of division d: suit[suit_start[d]:suit_start[d+1]]."""
    home_only: Bytes
    max_meetings: Ints
    min_meetings: Ints
    team_division: Ints
    team_place: Ints
    club: Ints
    region: Ints
    home: Ints
    tier: Ints
    shut: ByteGrid
    """(T, N) the team cannot play or nobody may."""
    home_closed: ByteGrid
    away_closed: ByteGrid
    coach_start: Ints
    coach: Ints
    """Coaches of team t: coach[coach_start[t]:coach_start[t+1]]."""
    coach_team_start: Ints
    coach_team: Ints
    may_start: Longs
    may: Bytes
    """Who may meet in division d: n*n flags from may_start[d]."""
    division_size: Ints
    division_start: Ints
    division_team: Ints
    """Teams of division d: division_team[division_start[d]:division_start[d+1]]."""
    club_start: Ints
    club_team: Ints
    rival_start: Ints
    rival: Ints
    windows: LongGrid
    """(n, 4): days, games, weight (hard: 0 for maxGames, SHORT for minGames), 1 for minGames."""
    weight: Longs
    """Weights in the order of the W_ constants."""
    rule: Longs
    """Rules in the order of the R_ constants; R_SPAN: most starts that a game covers."""


class State(NamedTuple):
    """A schedule in the making; the compiled functions keep all of it consistent."""

    a: Ints
    b: Ints
    """(G,) the two teams."""
    length: Ints
    fixed: Bytes
    """(G,) the game never moves."""
    slot: Ints
    """(G,) -1 where not placed."""
    venue: Ints
    host: Bytes
    """(G,) 0 where a is at home, 1 where b is."""
    anchor: IntGrid
    """(G, 3) slot, venue and home team in the earlier schedule; slot -1 where there is none."""
    games_of: IntGrid
    """(T, M) games of a team, then -1."""
    head: IntGrid
    """(N, V) a game of the venue on that date, -1 where none."""
    after: Ints
    before: Ints
    """(G,) the next and the previous game of that venue and date, -1 at the ends."""
    busy: ShortGrid
    """(K, V) games in progress."""
    club_at: ShortCube
    """(C, N, V) team-games of a club."""
    club_venues: ShortGrid
    """(C, N) venues that it has any at."""
    games_on: ByteGrid
    """(T, N) games of a team on a date."""
    on_date: IntCube
    """(T, N, 2) those games, -1 where none."""
    doubles: Ints
    """(T,) dates with two games."""
    date_cost: LongGrid
    """(T, N) what one more game on a date costs by the team's own rules."""
    forbidden: IntGrid
    """(T, N) how many reasons forbid it; it costs IMPOSSIBLE then."""
    balance: Ints
    """(T,) home minus away games."""
    unpopular: Ints
    """(T,) games at unpopular starts."""
    at_least: IntGrid
    """(D, M+2) teams with at least so many games at unpopular starts."""
    cost: Longs
    """(1,) cost of the placed games, plus MISSING for each other one."""
    random: Words
    """(1,) state of the random numbers."""
    packing: Longs
    """(1,) what each start that a game is in progress at costs, and a gap beside it."""
    venue_cost: Longs
    """(V,) scratch: cost of the game under evaluation by venue."""
    venue_order: Ints
    """(V,) scratch: its suitable venues, the cheapest first."""
    dates: IntGrid
    """(3, N) scratch: dates on which it may be, by how many clubs of its teams play nowhere yet."""
    date_count: Ints
    """(3,) scratch: how many those are."""
    fair: Longs
    """(1,) scratch: what an unpopular start costs it."""
    meets: Ints
    """(M,) scratch: dates of the pair's other meetings."""
    coach_row: IntGrid
    """(n, 4) scratch: start, end, venue and game of the coaches' games of a date."""
    coach_end: Ints
    """(p+1,) scratch: where each coach's rows end."""
    coach_of: Ints
    """(p,) scratch: whose rows they are."""
    steps: Ints
    """(N+1,) scratch: differences along the dates."""


class Best(NamedTuple):
    """The cheapest schedule so far: the arrays of `State` that tell a schedule, and its cost."""

    a: Ints
    b: Ints
    slot: Ints
    venue: Ints
    host: Bytes
    cost: Longs
    """(1,)"""


class Work(NamedTuple):
    """Memory of the search itself, not of the schedule."""

    stack: Ints
    """(G,) games to place, the last one first."""
    waiting: Longs
    """(1,) how many those are."""
    weight: Longs
    """(G,) how often a game could not be placed: dear ones are not thrown out lightly."""
    victims: Ints
    """(n,) games that a position throws out, then -1."""
    first_gain: Longs
    second_gain: Longs
    """(N,) weight of the game to throw out so that the first (second) team may play on a date."""
    first_victim: Ints
    second_victim: Ints
    """(N,) that game; -1 where none needs to go."""
    position: Longs
    """(4,) as `best_position` gives it."""
    removed: Ints
    """(n,) games taken out by the move under way."""
    removed_count: Longs
    """(1,)"""
    undo: IntGrid
    """(n, 7) their teams, slot, venue and host before the move, and the date and venue where `aims`
    has them go; date -1 for anywhere."""
    swaps: IntGrid
    """(n, 4) pairs of games whose teams the move has exchanged, and these teams."""
    swap_count: Longs
    """(1,) how many those are."""
    marked: Bytes
    """(G,) whether a game is among them."""
    team: Ints
    """(n,) teams of these games."""
    team_count: Longs
    """(1,) how many those are."""
    known: Bytes
    """(T,) whether a team is among them."""
    doubles: Ints
    """(n,) what `State` had for each of them before the move; so the next three."""
    games_on: ByteGrid
    forbidden: IntGrid
    date_cost: LongGrid
    """(n, N)"""
    tally: LongGrid
    """(m, 2) tried and accepted moves of each neighbourhood."""
    log: LongGrid
    """(n, 4) accepted moves as `kernel/replay.py` notes them."""
    logged: Longs
    """(2,) rows of it that are written, -1 where nobody asks for them, and moves there that have
    changed the cost."""


class Pairing(NamedTuple):
    """The games of one division as a multigraph of n teams."""

    first: Ints
    second: Ints
    """(G,) the two teams of each game."""
    fixed: Bytes
    """(G,) the game keeps its opponents."""
    cost: LongGrid
    """(n, n) of one meeting; BAD where it is forbidden."""
    bonus: LongGrid
    """(n, n) what the first meeting saves."""
    meet: IntGrid
    """(n, n) meetings."""
    limits: Ints
    """(2,) least and most meetings of a pair."""
    random: Words
    """(1,) state of the random numbers."""


class Pricing(NamedTuple):
    """The games that can be worth it at some prices, best first, and what their clubs cost."""

    first: Ints
    second: Ints
    """(n,) the two teams of each game."""
    gain: Longs
    """(n,) descending."""
    owner: Ints
    """(T,) club of each team."""
    cost: Longs
    """(clubs,) of having any team of the club there."""
    setting: Longs
    """(6,) most games, most of a coach, starts that cost when idle, most of them that a game
    covers, their cost, and that of two games of a coach that are apart."""
    coach_start: Ints
    coach: Ints
    """Coaches that game g counts for: coach[coach_start[g]:coach_start[g+1]]."""
    turns: Ints
    """(coaches,) scratch: games of each under trial."""
    spare: Ints
    """(coaches,) games of each that cost nothing where others do not follow them at once."""
    length: Ints
    """(n,) index of how long each game is."""
    links: Ints
    """(lengths,) how many games of each length another one can follow at once; else empty."""
    of_length: IntGrid
    """(coaches, lengths) scratch: games of each length of each coach under trial."""
    present: Bytes
    """(clubs,) scratch: whether the club is in the set."""
    used: Bytes
    """(T,) scratch: whether the team has a game."""
    trial: Ints
    """(most games + 1,) scratch: the games of the set under trial."""
    chosen: Ints
    """(most games + 1,) the best games found."""
    found: Longs
    """(2,) what they gain, and how many they are."""
    random: Words
    """(1,) state of the random numbers."""
