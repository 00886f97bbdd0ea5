"""Broken rules, a line each."""

from collections.abc import Iterable, Mapping

from matchday_api.schedule import Game, Violation
from matchday_cli.show.text import one_line

MOST_GAMES = 3
"""Games that are named with a broken rule."""


def violation_lines(violations: Iterable[Violation], games: Iterable[Game]) -> list[str]:
    """One line a broken rule, all of them, with the first games that break it."""
    known = {game.id: game for game in games}
    return [f"{one_line(v.rule)}: {one_line(v.message)}{_games(v, known)}" for v in violations]


def _games(violation: Violation, known: Mapping[str, Game]) -> str:
    """Which games that are; empty where it is about no single one."""
    named = [known[name] for name in violation.games if name in known]
    told = [
        one_line(f"{game.home} - {game.away}, {game.date} {game.start} at {game.venue}")
        for game in named[:MOST_GAMES]
    ]
    return f" ({'; '.join(told)}{'; ...' if named[MOST_GAMES:] else ''})" if told else ""
