"""How far a schedule is from an earlier one."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from matchday_api.schedule import Game

Placement = tuple[str, str, date, str, str]
"""home, away, date, start, venue: what makes a game another one when it changes."""


def placement(game: Game) -> Placement:
    """What counts of a game when schedules are compared; courts and ids do not."""
    return (game.home, game.away, game.date, game.start, game.venue)


def count_changes(earlier: Iterable[Game], games: Iterable[Game]) -> int:
    """Games of the earlier schedule, as a multiset, that are absent from the new one."""
    lost = Counter(map(placement, earlier)) - Counter(map(placement, games))
    return lost.total()
