"""How hot the annealing is, and when it ends.

With several workers it ends with the time. With one worker a solve is to be repeatable, so it ends
after a number of moves that follows from the time limit and the size of the league alone; usual
machines are through with them before the time is up.
"""

from typing import Protocol

from matchday_solver.clock import Clock

HOT, COLD = 0.8, 0.05
"""First and last temperature, in units of a typical weight."""
CHUNK = 200
"""Moves between two looks at the clock where moves are counted."""
MOVE_SECONDS, GAME_SECONDS = 40e-6, 40e-9
"""Time allowed for a move, and more for each game of the league: about twice what they take."""


class Cooling(Protocol):
    """The temperature as the search goes on."""

    def part(self) -> float:
        """How far the annealing is, 0 to 1."""

    def next_moves(self, paced: int) -> int:
        """Moves to try at one temperature; `paced` is what takes a suitable time."""


def temperature(part: float) -> float:
    """Linear from hot to cold."""
    return HOT + (COLD - HOT) * part


class Timed:
    """Cools with the clock, up to some seconds before the end."""

    def __init__(self, clock: Clock, reserve: float) -> None:
        self._clock, self._begun = clock, clock.here
        self._whole = max(1e-9, clock.left - reserve)

    def part(self) -> float:
        """Part of the time."""
        return min(1.0, (self._clock.here - self._begun) / self._whole)

    def next_moves(self, paced: int) -> int:
        """As many as the pace allows."""
        return paced


class Counted:
    """Cools with the moves, whose number follows from the seconds and the games."""

    def __init__(self, seconds: float, games: int) -> None:
        self._budget = max(CHUNK, int(seconds / (MOVE_SECONDS + GAME_SECONDS * games)))
        self._done = 0

    def part(self) -> float:
        """Part of the moves."""
        return min(1.0, self._done / self._budget)

    def next_moves(self, paced: int) -> int:
        """Always as many, whatever the machine's pace."""
        del paced
        self._done += CHUNK
        return CHUNK
