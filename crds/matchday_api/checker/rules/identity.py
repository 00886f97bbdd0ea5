"""Games that say of themselves what the league says, too."""

from collections import Counter
from collections.abc import Iterator

from matchday_api.base import clock
from matchday_api.checker.timetable import Timetable, violation
from matchday_api.faults import quoted
from matchday_api.schedule import Violation


def names_are_known(table: Timetable) -> Iterator[Violation]:
    """Teams and venues are the league's, but in frozen games."""
    facts = table.facts
    for game in table.games:
        if game in table.frozen_games:
            continue
        for key, name, known in (
            ("teams", game.home, facts.teams),
            ("teams", game.away, facts.teams),
            ("venues", game.venue, facts.venues),
        ):
            if name not in known:
                message = f"the league has no {key[:-1]} {quoted(name)}"
                yield Violation(rule=key, message=message, games=(game.id,))


def ids_are_unique(table: Timetable) -> Iterator[Violation]:
    """No two games have one id."""
    for name, number in Counter(game.id for game in table.games).items():
        if number > 1:
            message = f"{number} games have the id {quoted(name)}"
            yield Violation(rule="games", message=message, games=(name,))


def games_have_their_division(table: Timetable) -> Iterator[Violation]:
    """A game's division is its home team's."""
    for play in table.played:
        if play.game.division != play.division.name and not play.frozen:
            message = (
                f"the game is of {quoted(play.game.division)},"
                f" its teams are of {quoted(play.division.name)}"
            )
            yield violation("divisions", message, [play])


def games_have_their_length(table: Timetable) -> Iterator[Violation]:
    """A game ends as many minutes after its start as a game of its division lasts."""
    for play in table.played:
        if play.end <= 24 * 60 and play.game.end != clock(play.end):
            message = f"the game ends at {play.game.end} instead of {clock(play.end)}"
            yield violation("gameMinutes", message, [play])
