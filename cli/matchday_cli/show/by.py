"""Games in order, and grouped for those who look for theirs."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from matchday_api.schedule import Game


def in_order(games: Iterable[Game]) -> list[Game]:
    """By date, start, venue and court."""
    return sorted(games, key=lambda g: (g.date, g.start, g.venue, g.court, g.id))


def by_team(games: Iterable[Game]) -> dict[str, list[Game]]:
    """Each team's games, teams by name."""
    groups: dict[str, list[Game]] = defaultdict(list)
    for game in in_order(games):
        groups[game.home].append(game)
        if game.away != game.home:
            groups[game.away].append(game)
    return dict(sorted(groups.items()))


def by_division(games: Iterable[Game]) -> dict[str, list[Game]]:
    """Each division's games, divisions by name."""
    groups: dict[str, list[Game]] = defaultdict(list)
    for game in in_order(games):
        groups[game.division].append(game)
    return dict(sorted(groups.items()))


def by_venue_and_date(games: Iterable[Game]) -> dict[str, dict[date, list[Game]]]:
    """Each venue's games of each date, venues by name."""
    groups: dict[str, dict[date, list[Game]]] = defaultdict(lambda: defaultdict(list))
    for game in in_order(games):
        groups[game.venue][game.date].append(game)
    return {venue: dict(dates) for venue, dates in sorted(groups.items())}
