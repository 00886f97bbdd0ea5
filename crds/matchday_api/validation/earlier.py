"""Faults of a repair: what must stay has to be possible in the league as it is now."""

from collections import Counter
from collections.abc import Iterator

from matchday_api.base import minutes
from matchday_api.faults import Fault, quoted
from matchday_api.league import League
from matchday_api.problem import EarlierSchedule
from matchday_api.schedule import Game
from matchday_api.validation.known import Known

FOREIGN = "none of its teams is in the league; is it the schedule of another league?"
KEEP = (
    "keep it in the league and close it from then on with closedDates, with completeness:"
    " BestEffort where games are missing then"
)
MOST_IDS = 3
"""Ids that are named."""


def earlier_faults(league: League, earlier: EarlierSchedule) -> list[Fault]:
    """A schedule of other teams, ids that are not unique, frozen games that the league no longer
    has room for, and locked games that came too late.

    Paths begin in `changes` or in the league.
    """
    known = Known(league)
    if earlier.games and not any({g.home, g.away} & known.teams.keys() for g in earlier.games):
        return [Fault("changes.from", FOREIGN)]
    if repeated := [name for name, n in Counter(g.id for g in earlier.games).items() if n > 1]:
        told = ", ".join(quoted(name) for name in repeated[:MOST_IDS])
        more = f" and {len(repeated) - MOST_IDS} more" if repeated[MOST_IDS:] else ""
        message = f"several games have the id {told}{more}; each needs one of its own"
        return [Fault("changes.from", message)]
    if backwards := [g for g in earlier.games if minutes(g.end) <= minutes(g.start)]:
        message = f"game {quoted(backwards[0].id)} ends at its start or before"
        return [Fault("changes.from", message)]
    before = earlier.frozen_before
    if before is None:
        return []
    frozen = [game for game in earlier.games if game.date < before]
    there = {(g.home, g.away, g.date, g.start, g.venue) for g in frozen}
    found = [fault for game in frozen for fault in _lost(known, game)]
    for n, lock in enumerate(league.locked_games):
        wanted = (lock.home, lock.away, lock.date, lock.start, lock.venue)
        if lock.date < before and wanted not in there:
            message = f"no game can be added before {before}, the date of changes.frozenBefore"
            found.append(Fault(f"lockedGames[{n}].date", message))
    return found


def _lost(known: Known, game: Game) -> Iterator[Fault]:
    frozen = f"the frozen game {quoted(game.id)} of {game.date}"
    season = known.league.season
    if game.home == game.away:
        yield Fault("changes.from", f"{frozen} has {quoted(game.home)} play itself")
    for kind, name, names in (
        ("team", game.home, known.teams),
        ("team", game.away, known.teams),
        ("venue", game.venue, known.venues),
    ):
        if name not in names:
            message = f"{frozen} has {kind} {quoted(name)}, which the league lacks; {KEEP}"
            yield Fault("changes.from", message)
    if not season.start <= game.date <= season.end:
        message = f"{frozen} is outside the season, {season.start} to {season.end}"
        yield Fault("changes.from", message)
