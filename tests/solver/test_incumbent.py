"""The best schedule that is known while bounds are worked out."""

import math
from dataclasses import dataclass

from matchday_solver.bounds.incumbent import Incumbent
from matchday_solver.decode import Placed
from matchday_solver.exact.whole import Found

MINE = (Placed(slot=0, venue=0, home=0, away=1, length=0),)
OTHER = (Placed(slot=1, venue=0, home=0, away=1, length=0),)


@dataclass
class Searching:
    """A search at some cost."""

    preferences: int

    def placed(self) -> tuple[Placed, ...]:
        """The games of its best schedule."""
        return MINE


def test_without_a_schedule_everything_is_cheaper() -> None:
    assert (Incumbent().cost, Incumbent().games()) == (math.inf, ())


def test_what_the_search_comes_to_counts_at_once() -> None:
    search = Searching(500)
    incumbent = Incumbent(search)
    search.preferences = 400
    assert (incumbent.cost, incumbent.games()) == (400, MINE)


def test_a_cheaper_schedule_of_the_engine_is_kept() -> None:
    incumbent = Incumbent(Searching(500))
    assert incumbent.take(Found(450, OTHER))
    assert (incumbent.cost, incumbent.games()) == (450, OTHER)


def test_a_dearer_schedule_of_the_engine_is_not() -> None:
    incumbent = Incumbent(Searching(500))
    assert not incumbent.take(Found(510, OTHER))
    assert (incumbent.cost, incumbent.games()) == (500, MINE)
