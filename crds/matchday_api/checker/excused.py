"""What frozen games break by themselves: told, though it is no violation."""

from collections.abc import Iterable, Sequence

from matchday_api.checker.timetable import Timetable
from matchday_api.checker.violations import violations
from matchday_api.league import League
from matchday_api.problem import EarlierSchedule
from matchday_api.schedule import Game, Unplaced, Violation


def excused(
    league: League,
    games: Sequence[Game],
    unplaced: Sequence[Unplaced],
    earlier: EarlierSchedule | None,
    known: Iterable[Violation],
) -> tuple[Violation, ...]:
    """Rules that would be broken if no game were frozen, beyond those `known` to be anyway."""
    before = earlier.frozen_before if earlier else None
    if before is None or not any(game.date < before for game in games):
        return ()
    told = set(known)
    found = violations(Timetable(league, games, unplaced, None))
    return tuple(violation for violation in found if violation not in told)
