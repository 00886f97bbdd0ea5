"""How hot the annealing is, and when it ends.

With several workers it ends with the time. With one worker a solve is to be repeatable, so it ends
after a number of moves that follows from the time limit and the size of the league alone; usual
machines are through with them before the time is up.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from matchday_solver.clock import Clock
from matchday_solver.instance import Instance

HOT, COLD = 0.8, 0.05
"""First and last temperature, in units of a typical weight."""
MOVES_WHEN_HOT, MOVES_TO_SPARE = 900.0, 2300.0
"""Moves for every game from which on the first temperature is HOT, and from which moves abound."""
WARM, COOL = 0.9, 0.1
"""First and last temperature where moves abound."""
HOTTEST, FEW_GAMES = 4.0, 160.0
"""The first temperature with few games, and below how many it is more than WARM: only so hot a
search leaves the opponents that it began with."""
CYCLE_MOVES, GROWTH = 8000.0, 3
"""Moves for every game of the first cycle at least, and how much longer each next one is: to cool
slowly gives the best schedules, but only at the end of the cycle."""
CHUNK, CHUNK_TOGETHER = 200, 500
"""Moves between two looks at the clock where moves are counted; more where several searches merge
what they have found then."""
MOVE_SECONDS, GAME_SECONDS, PLACE_SECONDS = 22e-6, 3e-9, 16e-9
"""Time allowed for a move, more for each game of the league, and for each venue's date beyond
FEW_PLACES: about twice what they take."""
FEW_PLACES = 1500
"""Venues' dates up to which they make no difference: 60 venues with three dates a week for eight
weeks."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What the time of a move depends on."""

    games: int
    """Those of all teams."""
    places: int
    """Venues times dates with a start, open there or not."""

    @classmethod
    def of(cls, instance: Instance) -> "Extent":
        """That of a league."""
        calendar = instance.calendar
        dates = np.unique(calendar.slot_date[calendar.playable[calendar.slot_date]])
        return cls(instance.games_total, len(dates) * len(instance.venues.names))

    def moves_in(self, seconds: float) -> int:
        """Moves that are surely tried in a time."""
        places = PLACE_SECONDS * max(0, self.places - FEW_PLACES)
        return max(CHUNK, int(seconds / (MOVE_SECONDS + GAME_SECONDS * self.games + places)))


class Cooling(Protocol):
    """The temperature as the search goes on."""

    def part(self) -> float:
        """How far the annealing is, 0 to 1."""

    def temperature(self) -> float:
        """The temperature now, in units of a typical weight."""

    def next_moves(self, paced: int) -> int:
        """Moves to try at one temperature; `paced` is what takes a suitable time."""


def first_temperature(moves: int, games: int) -> float:
    """Less than HOT where there are few moves: they could not make good what heat destroys."""
    each = moves / max(1, games)
    if each > MOVES_TO_SPARE:
        return min(HOTTEST, max(WARM, FEW_GAMES / max(1, games)))
    return max(COLD, HOT * min(1.0, math.sqrt(each / MOVES_WHEN_HOT)))


def cycle_ends(moves: int, games: int) -> tuple[float, ...]:
    """At what parts of the moves cooling from hot to cold is over."""
    cycles = moves / max(1, games) / CYCLE_MOVES
    number = max(1, int(math.log(1 + (GROWTH - 1) * cycles, GROWTH)))
    return tuple((GROWTH**n - 1) / (GROWTH**number - 1) for n in range(1, number + 1))


def between(hot: float, part: float) -> float:
    """The temperature at a part of the way from hot to cold: in even steps, or, where moves abound,
    by even factors, so that most of the time is for the colder ones."""
    if hot > HOT:
        return float(hot * (COOL / hot) ** part)
    return hot + (COLD - hot) * part


class Schedule:
    """The temperatures for so many moves, in cycles that get longer where they are many."""

    def __init__(self, moves: int, games: int) -> None:
        self._ends = cycle_ends(moves, games)
        self._hot = first_temperature(int(moves * self._ends[0]), games)

    def at(self, part: float) -> float:
        """The temperature at a part of the way."""
        number = min(bisect_right(self._ends, part), len(self._ends) - 1)
        begin, end = (0.0, *self._ends)[number], self._ends[number]
        return between(self._hot, (part - begin) / (end - begin))


class Timed:
    """Cools with the clock, up to some seconds before the end."""

    def __init__(self, clock: Clock, reserve: float, extent: Extent, searches: int = 1) -> None:
        """`searches`: how many try moves on one schedule."""
        self._clock, self._begun = clock, clock.here
        self._whole = max(1e-9, clock.left - reserve)
        self._schedule = Schedule(searches * extent.moves_in(self._whole), extent.games)

    def part(self) -> float:
        """Part of the time."""
        return min(1.0, (self._clock.here - self._begun) / self._whole)

    def temperature(self) -> float:
        """From hot to cold."""
        return self._schedule.at(self.part())

    def next_moves(self, paced: int) -> int:
        """As many as the pace allows."""
        return paced


class Counted:
    """Cools with the moves, whose number follows from the seconds and the league."""

    def __init__(self, seconds: float, extent: Extent, searches: int = 1) -> None:
        """`searches`: how many try moves on one schedule."""
        self._chunk = CHUNK if searches == 1 else CHUNK_TOGETHER
        self._budget = extent.moves_in(seconds)
        self._schedule = Schedule(searches * self._budget, extent.games)
        self._done = 0

    def part(self) -> float:
        """Part of the moves."""
        return min(1.0, self._done / self._budget)

    def temperature(self) -> float:
        """From hot to cold."""
        return self._schedule.at(self.part())

    def next_moves(self, paced: int) -> int:
        """Always as many, whatever the machine's pace."""
        del paced
        self._done += self._chunk
        return self._chunk
