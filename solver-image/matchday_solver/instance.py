"""A league as arrays: what every part of the solver reads and none of them changes.

Letters in the shapes: T teams, D divisions, C clubs, P coaches, V venues, N dates of the season,
K slots, L lengths of games, F fixed games, E games of an earlier schedule. Indices follow the order
of the league's lists; -1 stands for none. A slot is one (date, start); slots are sorted by both.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Dates, slots and how long games last."""

    dates: tuple[date, ...]
    """Every date of the season, closed ones too."""
    weekday: Ints
    """(N,) Monday is 0."""
    playable: Mask
    """(N,) not closed by the season and not frozen."""
    frozen: int
    """Dates before this index are frozen: no game is added there."""
    slot_date: Ints
    """(K,) index of the date."""
    slot_start: Ints
    """(K,) minutes from midnight."""
    slot_unpopular: Mask
    """(K,) offered as unpopular on that weekday."""
    date_slots: Ints
    """(N+1,) the slots of date n are date_slots[n]..date_slots[n+1]-1."""
    lengths: Ints
    """(L,) minutes of a game, ascending."""
    cover: Ints
    """(K, L) one past the last slot of the date that starts before a game begun at k ends.

    A game is in progress exactly at the starts k..cover[k, l]-1. Intervals overlap most at one of
    their starts, so a venue has room iff at no slot more games are in progress than it has courts.
    """
    fits: Mask
    """(K, L) whether a game of that length ends by 24:00."""


@dataclass(frozen=True, slots=True)
class Venues:
    """Venues and when they can be used."""

    names: tuple[str, ...]
    region: Ints
    """(V,)"""
    courts: Ints
    """(N, V) courts on a date; 0 where the venue or the season is closed."""
    offered: Mask
    """(K, V) the league and the venue's own starts offer the slot, whether open or not."""
    open: Mask
    """(K, V) a game may be put there: offered, courts > 0 and the date playable."""


@dataclass(frozen=True, slots=True)
class Divisions:
    """Divisions and who may meet in them."""

    names: tuple[str, ...]
    games: Ints
    """(D,) games per team."""
    games_total: Longs
    """(D,) games of a complete schedule, those counted where the home team is: the frozen ones, and
    half of the team-games that are left, rounded down."""
    odd: Mask
    """(D,) whether the team-games left are odd: then one team plays a game less."""
    length: Ints
    """(D,) index into Calendar.lengths."""
    min_meetings: Ints
    """(D,)"""
    max_meetings: Ints
    """(D,)"""
    home_only: Mask
    """(D,) playAt: HomeVenue."""
    suitable: Mask
    """(D, V) the venue has all the features that the division asks for."""
    teams: tuple[Ints, ...]
    """Teams of each division, ascending."""
    may_meet: tuple[Mask, ...]
    """Per division (n, n) over places in `teams`: different, not forbidden, not of one club."""


@dataclass(frozen=True, slots=True)
class Teams:
    """Teams, their clubs and their coaches."""

    names: tuple[str, ...]
    division: Ints
    """(T,)"""
    place: Ints
    """(T,) position in Divisions.teams of its division."""
    club: Ints
    """(T,)"""
    region: Ints
    """(T,) the club's where the team has none."""
    home: Ints
    """(T,) home venue; the club's where the team has none."""
    tier: Ints
    """(T,) -1 where not given."""
    closed: Mask
    """(T, N) the team's or its club's closed dates; the season's are in Calendar.playable."""
    home_closed: Mask
    """(T, N) no home game, on top of `closed`."""
    away_closed: Mask
    """(T, N) no away game, on top of `closed`."""
    coaches: tuple[Ints, ...]
    """Coaches of each team, each once."""
    club_names: tuple[str, ...]
    club_teams: tuple[Ints, ...]
    """Teams of each club."""
    coach_names: tuple[str, ...]
    coach_teams: tuple[Ints, ...]
    """Teams of each coach."""


@dataclass(frozen=True, slots=True)
class FixedGames:
    """Games that every schedule has as they are: locked ones, and all before the frozen date."""

    home: Ints
    away: Ints
    slot: Ints
    venue: Ints
    length: Ints
    """(F,) index into Calendar.lengths; a frozen game keeps its own length."""
    court: Ints
    """(F,) a frozen game's court; 0 for a game that is locked only, whose court is free."""
    frozen: Mask
    """(F,) whether it is frozen; else it is locked only."""
    ids: tuple[str, ...]
    """A frozen game's id; empty for a game that is locked only."""
    divisions: tuple[str, ...]
    """(F,) a frozen game's division as the earlier schedule names it, else the home team's."""

    def __len__(self) -> int:
        return len(self.home)


@dataclass(frozen=True, slots=True)
class EarlierGames:
    """The earlier schedule's games in this league's terms, frozen ones too."""

    home: Ints
    away: Ints
    slot: Ints
    venue: Ints
    frozen: Mask
    ids: tuple[str, ...]
    lost: int
    """Games not listed: their team, venue or start is no more, so they are changes for sure."""
    spare: tuple[tuple[int, int, str], ...] = ()
    """Home, away and id of those whose teams are still there: other games of theirs take the ids.
    """

    def __len__(self) -> int:
        return len(self.home)


@dataclass(frozen=True, slots=True)
class Windows:
    """Window rules as rows of int; entries of weight 0 are left out.

    `days` is at most the season's length; `entry` is the index among the league's entries.
    """

    max_hard: Ints
    """(n, 3): days, games, entry."""
    min_hard: Ints
    """(n, 3): days, games, entry."""
    max_soft: Ints
    """(n, 4): days, games, weight, entry."""
    min_soft: Ints
    """(n, 4): days, games, weight, entry."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The hard rules that are numbers."""

    windows: Windows
    max_doubleheaders: int
    """Dates with two games that a team has at most; 0 where the rule is absent."""
    min_break: int
    """Minutes between a doubleheader's games."""
    coach_one_game: bool
    """Whether a coach is at one game at a time."""
    travel: int
    """Minutes between two venues, for teams and coaches."""
    is_complete: bool
    """Whether no game may be missing, though that is no rule of the league."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Cost of one unit of each soft term but for the windows; 0 is off."""

    club_days: int
    coach_back_to_back: int
    doubleheaders: int
    rivals: int
    tier_match: int
    home_venue: int
    region: int
    home_away_balance: int
    full_evenings: int
    rematch_gap: int
    start_fairness: int
    rematch_days: int
    """Two meetings fewer dates apart than this cost rematch_gap."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A league and its earlier schedule as arrays; see the module for the letters."""

    calendar: Calendar
    venues: Venues
    divisions: Divisions
    teams: Teams
    fixed: FixedGames
    earlier: EarlierGames | None
    rivals: Ints
    """(n, 2) distinct pairs of teams, lower index first."""
    forbidden: Ints
    """(n, 2) likewise."""
    limits: Limits
    weights: Weights

    @property
    def games_total(self) -> int:
        """Games of a complete schedule, over all divisions."""
        return int(self.divisions.games_total.sum())

    def lacking(self, home: Ints) -> Longs:
        """(D,) games that each division lacks where there are those with these home teams."""
        division = self.teams.division[home]
        played = np.bincount(division, minlength=len(self.divisions.names))
        return np.asarray(self.divisions.games_total - played)

    def may_meet(self, a: int, b: int) -> bool:
        """Whether two teams may be opponents."""
        division, place = self.teams.division, self.teams.place
        if division[a] != division[b]:
            return False
        return bool(self.divisions.may_meet[division[a]][place[a], place[b]])

    def pair_cost(self, a: int, b: int) -> int:
        """Cost of one meeting wherever it is: tierMatch and the opponents' part of region."""
        tiers, regions = self.teams.tier[[a, b]], self.teams.region[[a, b]]
        cost = self.weights.tier_match * bool(tiers.min() >= 0 and tiers[0] != tiers[1])
        return cost + self.weights.region * bool(regions.min() >= 0 and regions[0] != regions[1])

    def venue_cost(self, a: int, b: int) -> Longs:
        """(V,) cost of a meeting by venue: homeVenue and the venue's part of region."""
        homes, regions = self.teams.home[[a, b]], self.teams.region[[a, b]]
        where = np.arange(len(self.venues.names))
        cost = np.zeros(len(where), np.int64)
        if homes.max() >= 0:
            cost += self.weights.home_venue * ((where != homes[0]) & (where != homes[1]))
        if regions.max() >= 0:
            theirs = self.venues.region
            foreign = (theirs >= 0) & (theirs != regions[0]) & (theirs != regions[1])
            cost += self.weights.region * foreign
        return cost
