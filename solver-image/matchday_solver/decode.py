"""From placed games back to a schedule's games, with courts and ids, and what is missing."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matchday_api.base import clock
from matchday_api.schedule import Game, Unplaced
from matchday_solver.instance import Instance

ODD = "OddTeamGames: the division has an odd number of team-games, so one is left over"


NOWHERE = -1
"""In place of a home team where a game is no longer in the league's terms."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A game of a schedule as indices."""

    slot: int
    venue: int
    home: int
    away: int
    length: int
    fixed: int = -1
    """Index of the given game that it is, -1 for none."""


def to_games(instance: Instance, placed: Sequence[Placed]) -> tuple[Game, ...]:
    """Games in order of time and venue."""
    rows = sorted(placed, key=by_time)
    courts, ids = _courts(instance, rows), _ids(instance, rows)
    return tuple(
        _game(instance, row, court, name)
        for row, court, name in zip(rows, courts, ids, strict=True)
    )


def by_time(row: Placed) -> tuple[int, int, int, int]:
    """Order of games: by start, venue and teams, whoever is at home."""
    pair = (row.home, row.away)
    return (row.slot, row.venue, min(pair), max(pair))


def _game(instance: Instance, row: Placed, court: int, name: str) -> Game:
    cal, teams = instance.calendar, instance.teams
    start = int(cal.slot_start[row.slot])
    own = instance.divisions.names[teams.division[row.home]]
    return Game(
        id=name,
        division=own if row.fixed < 0 else instance.fixed.divisions[row.fixed],
        home=teams.names[row.home],
        away=teams.names[row.away],
        date=cal.dates[cal.slot_date[row.slot]],
        start=clock(start),
        end=clock(start + int(cal.lengths[row.length])),
        venue=instance.venues.names[row.venue],
        court=court,
    )


def _courts(instance: Instance, rows: Sequence[Placed]) -> list[int]:
    """The lowest free court of each game, games in order of start; a frozen game keeps its own."""
    cal, free_at = instance.calendar, defaultdict[tuple[int, int], dict[int, int]](dict)
    courts = []
    for row in rows:
        start = int(cal.slot_start[row.slot])
        until = free_at[int(cal.slot_date[row.slot]), row.venue]
        court = int(instance.fixed.court[row.fixed]) if row.fixed >= 0 else 0
        while court == 0 or (row.fixed < 0 and until.get(court, 0) > start):
            court = next(c for c in range(1, len(rows) + 2) if until.get(c, 0) <= start)
        until[court] = start + int(cal.lengths[row.length])
        courts.append(court)
    return courts


def _ids(instance: Instance, rows: Sequence[Placed]) -> list[str]:
    """An id for each game: its own where it is as it was, else one of the pair's earlier games',
    else new.

    A new id is made of the pair and how many games it has, so the same pairing has the same one.
    """
    spare = _earlier_ids(instance)
    taken = {*instance.fixed.ids, *(name for names in spare.values() for name in names.values())}
    found = [_own_id(instance, row, spare) for row in rows]
    meeting: Counter[tuple[int, int]] = Counter()
    for n, row in enumerate(rows):
        pair = _pair(row.home, row.away)
        if not found[n] and (rest := spare.get(pair)):
            found[n] = rest.pop(next(iter(rest)))
        while not found[n]:
            meeting[pair] += 1
            candidate = _new_id(instance, pair, meeting[pair])
            found[n] = "" if candidate in taken else candidate
    return found


Spare = dict[tuple[int, int], dict[tuple[int, ...], str]]
"""By pair: ids of its earlier games that are not frozen, by home team, slot and venue; or by
NOWHERE and a number."""


def _own_id(instance: Instance, row: Placed, spare: Spare) -> str:
    """The id of a frozen game, or of an earlier one that is where it was; else empty."""
    if row.fixed >= 0 and instance.fixed.ids[row.fixed]:
        return instance.fixed.ids[row.fixed]
    rest = spare.get(_pair(row.home, row.away), {})
    return rest.pop((row.home, row.slot, row.venue), "")


def _earlier_ids(instance: Instance) -> Spare:
    spare: Spare = defaultdict(dict)
    if instance.earlier is not None:
        e = instance.earlier
        columns = (e.home.tolist(), e.away.tolist(), e.slot.tolist(), e.venue.tolist())
        for x, y, k, v, name, frozen in zip(*columns, e.ids, e.frozen.tolist(), strict=True):
            if not frozen:
                spare[_pair(x, y)][x, k, v] = name
        for n, (x, y, name) in enumerate(e.spare):
            spare[_pair(x, y)][NOWHERE, n] = name
    return spare


def _pair(x: int, y: int) -> tuple[int, int]:
    return min(x, y), max(x, y)


def _new_id(instance: Instance, pair: tuple[int, int], number: int) -> str:
    names = sorted(instance.teams.names[t] for t in pair)
    return hashlib.sha256("\n".join((*names, str(number))).encode()).hexdigest()[:12]


def missing(
    instance: Instance,
    placed: Sequence[Placed],
    waiting: Sequence[tuple[int, int]],
    why: Callable[[tuple[int, ...]], str],
) -> tuple[Unplaced, ...]:
    """What each team lacks: the pairs whose games are not placed, then single teams.

    `why` gives the reason, by the teams. The last half game of an odd division is OddTeamGames.
    """
    played = Counter(t for row in placed for t in (row.home, row.away))
    wanted = instance.divisions.games[instance.teams.division]
    lacking = {t: int(number) - played[t] for t, number in enumerate(wanted)}
    entries = []
    for (x, y), number in sorted(Counter((min(p), max(p)) for p in waiting).items()):
        entries.append(_unplaced(instance, (x, y), number, why((x, y))))
        lacking[x] -= number
        lacking[y] -= number
    for d, members in enumerate(instance.divisions.teams):
        odd = bool(instance.divisions.odd[d])
        for t in sorted(members.tolist(), key=lambda t: lacking[t]):
            if odd and lacking[t] > 0:
                odd, lacking[t] = False, lacking[t] - 1
                entries.append(_unplaced(instance, (t,), 1, ODD))
            if lacking[t] > 0:
                entries.append(_unplaced(instance, (t,), lacking[t], why((t,))))
    return tuple(entries)


def _unplaced(instance: Instance, teams: tuple[int, ...], number: int, why: str) -> Unplaced:
    return Unplaced(
        division=instance.divisions.names[instance.teams.division[teams[0]]],
        teams=tuple(instance.teams.names[t] for t in teams),
        missing=number,
        reason=why,
    )
