"""How long a search tries to place its last games before it accepts that some are missing.

By the clock; but by rounds of searching where a solve is to be repeatable, whose number follows
from the time limit and the size of the league. Usual machines are through with them before that
time is up.
"""

from matchday_solver.clock import Clock
from matchday_solver.crew import REPEATED_STEPS

STEP_SECONDS, GAME_SECONDS = 60e-6, 60e-9
"""Time allowed for a step of placing, and more for each game of the league: about twice what they
take where courts are too few."""
ROUNDS = 200
"""Rounds after which the exact model is asked at the latest, where that is counted."""


def rounds_in(seconds: float, games: int) -> float:
    """Rounds of placing that are surely done in a time."""
    return seconds / (REPEATED_STEPS * (STEP_SECONDS + GAME_SECONDS * games))


class Patience:
    """A part of the time that is left; 1 where nothing may be missing, which never ends."""

    def __init__(self, part: float, clock: Clock, games: int, *, repeatable: bool) -> None:
        self.part = part
        self._clock, self._is_counted = clock, repeatable
        self._in_all = rounds_in(clock.limit - clock.elapsed_before, games)
        self._begun, self._whole = clock.spent, clock.left
        self.rounds = 0

    def count_round(self) -> None:
        """A round of placing is over."""
        self.rounds += 1

    @property
    def is_left(self) -> bool:
        """Whether to go on."""
        if self.part >= 1:
            return True
        if self._is_counted:
            return self.rounds < self.part * self._in_all
        return self._clock.spent - self._begun < self.part * self._whole

    @property
    def rounds_before_asking(self) -> int | None:
        """Rounds after which to ask the exact model while the search waits; None where it is asked
        beside the search, whenever that may be."""
        if not self._is_counted:
            return None
        return ROUNDS if self.part >= 1 else max(1, min(ROUNDS, int(self.part * self._in_all / 2)))
