"""What frozen games break by themselves: told, though it is no violation."""

from collections.abc import Iterator, Sequence
from itertools import islice

from matchday_api.checker.rules import RULES
from matchday_api.checker.timetable import Timetable
from matchday_api.league import League
from matchday_api.problem import EarlierSchedule
from matchday_api.schedule import Game, Unplaced, Violation

MOST_VIOLATIONS = 1000
"""Violations of one schedule that are worked out."""


def excused(
    league: League,
    games: Sequence[Game],
    unplaced: Sequence[Unplaced],
    earlier: EarlierSchedule | None,
) -> tuple[Violation, ...]:
    """Rules that would be broken if no game were frozen, beyond those that are anyway."""
    if earlier is None or not any(
        earlier.frozen_before is not None and game.date < earlier.frozen_before for game in games
    ):
        return ()
    known = set(islice(broken(Timetable(league, games, unplaced, earlier)), MOST_VIOLATIONS))
    found = islice(broken(Timetable(league, games, unplaced, None)), MOST_VIOLATIONS)
    return tuple(violation for violation in found if violation not in known)


def broken(table: Timetable) -> Iterator[Violation]:
    """The violations of every rule in turn."""
    for rule in RULES:
        yield from rule(table)
