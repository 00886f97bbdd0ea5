"""Rule 8: games that are given, and games that stay."""

from collections import Counter
from collections.abc import Iterator

from matchday_api.checker.changes import placement
from matchday_api.checker.timetable import Timetable
from matchday_api.faults import quoted
from matchday_api.schedule import Game, Violation


def locked_games_are_there(table: Timetable) -> Iterator[Violation]:
    """Every locked game is in the schedule as given, but on dates where nothing may be added."""
    there = {placement(game) for game in table.games}
    for n, lock in enumerate(table.league.locked_games):
        wanted = (lock.home, lock.away, lock.date, lock.start, lock.venue)
        if wanted not in there and not table.is_frozen_date(lock.date):
            message = (
                f"{quoted(lock.home)} at home to {quoted(lock.away)} on {lock.date} at"
                f" {lock.start} in {quoted(lock.venue)} is not in the schedule"
            )
            yield Violation(rule=f"lockedGames[{n}]", message=message)


def frozen_games_stay(table: Timetable) -> Iterator[Violation]:
    """Every game before `frozenBefore` stays with every field.

    One whose team, venue or date the league no longer has cannot, and counts as a change.
    """
    there = set(table.games)
    season = table.league.season
    for game in sorted(table.frozen_games - there, key=lambda game: game.id):
        if table.knows(game) and season.start <= game.date <= season.end:
            yield _unfrozen(game, "is not in the schedule as it was")


def no_game_is_added_to_frozen_dates(table: Timetable) -> Iterator[Violation]:
    """There is no game before `frozenBefore` but those of the earlier schedule."""
    seen: Counter[Game] = Counter()
    for game in table.games:
        seen[game] += 1
        known = game in table.frozen_games and seen[game] == 1
        if table.is_frozen_date(game.date) and not known:
            yield _unfrozen(game, "was not in the earlier schedule")


def _unfrozen(game: Game, words: str) -> Violation:
    names = f"{quoted(game.home)} at home to {quoted(game.away)} on {game.date}"
    return Violation(rule="changes.frozenBefore", message=f"{names} {words}", games=(game.id,))
