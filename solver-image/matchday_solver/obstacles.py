"""What stands in the way of one more game of two teams, start by start."""

from collections.abc import Iterable, Iterator

import numpy as np

from matchday_solver.choice.room import Room
from matchday_solver.choice.table import Table, hosting
from matchday_solver.instance import Instance, Ints, Longs, Mask
from matchday_solver.openings import Openings

CLOSED = "one of them or its club is closed"
NO_HOST = "closed home or away dates let neither be at home"
HOSTED_OFTEN = "one of them would be at home to the other too often"
PLAYING = "one of them plays at the same time"
PLAYED = "one of them plays on that date already"
MET = "they meet on that date already"
PLAYED_TWICE = "one of them has two games on that date already"
DOUBLED = "one of them plays on that date already and has no doubleheader left"
ELSEWHERE = "one of them plays at another venue on that date"
BREAK = "the break before or after a game of one of them would be too short"
CROWDED = "one of them would play too often in a window of dates"
COACH = "a coach has another game at the same time"
COACH_TRAVELS = "a coach has another game at the same time or too close to travel"
COURTS = "all courts are taken"

IT_IS_CLOSED = "it or its club is closed"
IT_PLAYS = "it plays already"
IT_PLAYS_ENOUGH = "it plays already and may not play again"
IT_IS_CROWDED = "it would play too often in a window of dates"
FREE = "nothing forbids it, but no schedule with more games was found before the search ended"

Pair = tuple[int, int]
Cause = tuple[str, Mask]
"""Words, and the starts or dates that they are about."""


class Obstacles:
    """Obstacles beside the games of one schedule."""

    def __init__(self, instance: Instance, games: Table) -> None:
        self._instance, self._games = instance, games
        self._date = instance.calendar.slot_date[games.slot].astype(np.int64)
        self.room = Room(instance, games)
        self._courts: dict[int, Mask] = {}

    def at_starts(self, pair: Pair, openings: Openings) -> list[Cause]:
        """Obstacles for two teams, with the openings (S,) of which each is the first one."""
        return _in_turn(self._every(pair, openings), np.ones(len(openings), np.bool_))

    def on_dates(self, team: int, openings: Openings) -> list[Cause]:
        """Obstacles for a team against anyone, with the dates (N,) of which each is the first."""
        known, dates = self._instance.teams, np.zeros(len(self._instance.calendar.dates), np.bool_)
        dates[openings.date] = True
        closed = known.closed[team] | (known.home_closed[team] & known.away_closed[team])
        played = IT_PLAYS_ENOUGH if self._instance.limits.max_doubleheaders else IT_PLAYS
        every = [
            (IT_IS_CLOSED, closed),
            (played, self.room.taken[team]),
            (IT_IS_CROWDED, self.room.crowded[team]),
        ]
        return _in_turn(every, dates)

    def _every(self, pair: Pair, openings: Openings) -> Iterator[Cause]:
        """Obstacles with all openings (S,) that they forbid: facts first, courts last."""
        teams, date = list(pair), openings.date
        length = int(self._instance.divisions.length[self._instance.teams.division[pair[0]]])
        yield CLOSED, _of_any(self._instance.teams.closed[teams])[date]
        yield from self._at_home(pair, openings)
        yield from self._own_games(pair, openings, length)
        yield CROWDED, _of_any(self.room.crowded[teams])[date]
        yield from self._coaches(teams, openings, length)
        yield COURTS, ~self._free(length)[openings.slot, openings.venue]

    def _at_home(self, pair: Pair, openings: Openings) -> Iterator[Cause]:
        """Neither may be at home, or none that may be at home once more."""
        may = np.stack([self._hosting(pair, openings), self._hosting(pair[::-1], openings)])
        yield NO_HOST, ~_of_any(may)
        if self._instance.divisions.home_only[self._instance.teams.division[pair[0]]]:
            lead = self._homes(pair) - self._homes(pair[::-1])
            yield HOSTED_OFTEN, ~_of_any(may[[abs(lead + 1) <= 1, abs(lead - 1) <= 1]])

    def _hosting(self, pair: Pair, openings: Openings) -> Mask:
        """(S,) where the first may be at home to the second; on no closed date."""
        home, away = np.array(pair, np.int32)[:, None]
        return _of_any(hosting(self._instance, home, away, openings.slot, openings.venue))

    def _homes(self, pair: Pair) -> int:
        """Games of the first at home to the second."""
        return int(((self._games.home == pair[0]) & (self._games.away == pair[1])).sum())

    def _own_games(self, pair: Pair, openings: Openings, length: int) -> Iterator[Cause]:
        """What the games of the two teams forbid on their dates."""
        teams, date = list(pair), openings.date
        games, limits = self._games_of(teams), self._instance.limits
        yield PLAYING, _anywhere(self.room.near(games, length, 0), openings.slot)
        if not limits.max_doubleheaders:
            yield PLAYED, _of_any(self.room.taken[teams])[date]
            return
        yield MET, _anywhere(self._on_dates(self._meetings(pair)), date)
        yield PLAYED_TWICE, _of_any(self.room.held[teams] > 1)[date]
        yield DOUBLED, _of_any(self.room.taken[teams])[date]
        yield ELSEWHERE, _elsewhere(self._on_dates(games), date, openings.venue)
        tight = self.room.near(games, length, limits.min_break)
        yield BREAK, _anywhere(tight, openings.slot)

    def _coaches(self, teams: list[int], openings: Openings, length: int) -> Iterator[Cause]:
        """What the games of other teams of a coach forbid."""
        known, limits = self._instance.teams, self._instance.limits
        coaches = np.concatenate([known.coaches[team] for team in teams]).tolist()
        if not coaches or not limits.coach_one_game:
            return
        games = self._games_of(np.concatenate([known.coach_teams[c] for c in coaches]))
        forbidden = _anywhere(self.room.near(games, length, 0), openings.slot)
        if limits.travel:
            near = self.room.near(games, length, limits.travel)
            forbidden |= _elsewhere(near, openings.slot, openings.venue)
        yield COACH_TRAVELS if limits.travel else COACH, forbidden

    def _games_of(self, teams: list[int] | Ints) -> Longs:
        """Rows of the games of some teams."""
        home, away = self._sides(teams)
        return np.flatnonzero(home | away)

    def _meetings(self, pair: Pair) -> Longs:
        """Rows of the games of two teams against each other."""
        home, away = self._sides(list(pair))
        return np.flatnonzero(home & away)

    def _sides(self, teams: list[int] | Ints) -> tuple[Mask, Mask]:
        """(games,) whether some teams are at home, and whether they are away."""
        mine = np.zeros(len(self._instance.teams.names), np.bool_)
        mine[teams] = True
        return mine[self._games.home], mine[self._games.away]

    def _on_dates(self, games: Longs) -> Longs:
        """(N, V) number of some games."""
        shape = (len(self._instance.calendar.dates), len(self._instance.venues.names))
        found = np.zeros(shape, np.int64)
        np.add.at(found, (self._date[games], self._games.venue[games]), 1)
        return found

    def _free(self, length: int) -> Mask:
        """(K, V) where a court is free for a game of the length."""
        if length not in self._courts:
            self._courts[length] = self.room.places(length)
        return self._courts[length]


def _of_any(masks: Mask) -> Mask:
    """Where one of some masks is true."""
    return np.asarray(masks.any(axis=0))


def _anywhere(games: Longs, row: Longs) -> Mask:
    """(S,) whether a row of (rows, V) counts of games has one."""
    return np.asarray(games.sum(axis=1)[row] > 0)


def _elsewhere(games: Longs, row: Longs, venue: Longs) -> Mask:
    """(S,) whether a row of (rows, V) counts of games has one at another venue."""
    return np.asarray(games.sum(axis=1)[row] > games[row, venue])


def _in_turn(every: Iterable[Cause], left: Mask) -> list[Cause]:
    """Each obstacle with what none before it forbids; what none of them does is FREE."""
    found = list[Cause]()
    for why, forbidden in every:
        found.append((why, left & forbidden))
        left = left & ~forbidden
        if not left.any():
            break
    return [*found, (FREE, left)]
