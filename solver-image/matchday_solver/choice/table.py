"""Candidate games: every way in which two teams could meet, as rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from matchday_solver.decode import Placed
from matchday_solver.exact.run import Signal
from matchday_solver.instance import EarlierGames, Instance, Ints, Longs, Mask

AT_ONCE = 1_000_000
"""Pairs times places of one part of a long listing."""


@dataclass(frozen=True)
class Table:
    """Candidate games as columns of equal length; fixed games are rows that are always chosen."""

    home: Ints
    away: Ints
    slot: Ints
    venue: Ints
    length: Ints
    """Index into Calendar.lengths."""
    fixed: Mask
    frozen: Mask

    def __len__(self) -> int:
        return len(self.home)

    def where(self, kept: Mask | Longs) -> "Table":
        """Some of the rows."""
        return Table(*(getattr(self, field.name)[kept] for field in fields(self)))

    def as_games(self) -> EarlierGames:
        """The rows as the games of a schedule, without ids."""
        return EarlierGames(
            home=self.home,
            away=self.away,
            slot=self.slot,
            venue=self.venue,
            frozen=self.frozen,
            ids=("",) * len(self),
            lost=0,
        )

    def keys(self, instance: Instance) -> Longs:
        """One number a row that tells home, away, slot and venue."""
        return keys(instance, self.home, self.away, self.slot, self.venue)


def keys(instance: Instance, home: Ints, away: Ints, slot: Ints, venue: Ints) -> Longs:
    """One number a game that tells home, away, slot and venue."""
    teams, venues = len(instance.teams.names), len(instance.venues.names)
    pair = home.astype(np.int64) * teams + away
    slots = len(instance.calendar.slot_date)
    return np.asarray((pair * slots + slot) * venues + venue)


def joined(*tables: Table) -> Table:
    """The rows of several tables."""
    columns = (np.concatenate([getattr(t, f.name) for t in tables]) for f in fields(Table))
    return Table(*columns)


def fixed_rows(instance: Instance) -> Table:
    """The instance's fixed games."""
    games = instance.fixed
    always = np.ones(len(games), np.bool_)
    return Table(
        games.home, games.away, games.slot, games.venue, games.length, always, games.frozen.copy()
    )


def rows_of(instance: Instance, games: Sequence[Placed]) -> Table:
    """The games of a schedule, the instance's fixed ones first."""
    new = [game for game in games if game.fixed < 0]
    columns = [[g.home, g.away, g.slot, g.venue, g.length] for g in new]
    home, away, slot, venue, length = np.array(columns, np.int32).reshape(-1, 5).T
    none = np.zeros(len(new), np.bool_)
    return joined(fixed_rows(instance), Table(home, away, slot, venue, length, none, none))


def pairs_of(instance: Instance, division: int) -> Ints:
    """(n, 2) pairs of a division that may meet."""
    members = instance.divisions.teams[division]
    places = np.argwhere(np.triu(instance.divisions.may_meet[division]))
    return members[places].astype(np.int32).reshape(-1, 2)


def candidates(instance: Instance, division: int, pairs: Ints, within: Mask | None = None) -> Table:
    """Every slot and venue at which pairs of a division could meet.

    Where both teams could be at home, the first is; with games at home venues both ways are rows.
    `within` (K, V) narrows slots and venues.
    """
    divisions, cal = instance.divisions, instance.calendar
    length = int(divisions.length[division])
    can = instance.venues.open & cal.fits[:, length][:, None] & divisions.suitable[division][None]
    slot, venue = np.nonzero(can if within is None else can & within)
    one, other = pairs[:, 0], pairs[:, 1]
    there = hosting(instance, one, other, slot, venue)
    back = hosting(instance, other, one, slot, venue)
    if not divisions.home_only[division]:
        back &= ~there
    places = (slot, venue)
    return joined(
        _rows((one, other), places, there, length), _rows((other, one), places, back, length)
    )


def in_parts(instance: Instance, division: int, pairs: Ints, within: Mask) -> Iterator[Table]:
    """The candidates, some pairs at a time: all of them may be more than there is room for."""
    each = max(1, AT_ONCE // max(1, int(within.sum())))
    for some in np.split(pairs, range(each, len(pairs), each)):
        yield candidates(instance, division, some, within)


def collected(parts: Iterable[Table], most: float, ending: Signal) -> Table | None:
    """The rows of all parts, at least one; None in place of more rows than there is room for, or
    when it is time to end."""
    found, number = list[Table](), 0
    for part in parts:
        found.append(part)
        number += len(part)
        if number > most or ending.is_set():
            return None
    return joined(*found)


def hosting(instance: Instance, home: Ints, away: Ints, slot: Longs, venue: Longs) -> Mask:
    """(pairs, places) whether the first team can be at home to the second there."""
    teams, date = instance.teams, instance.calendar.slot_date[slot]
    host = ~(teams.closed[home] | teams.home_closed[home])
    guest = ~(teams.closed[away] | teams.away_closed[away])
    own, theirs = (teams.home[side][:, None] == venue[None] for side in (home, away))
    at_home = own | ~(theirs | instance.divisions.home_only[teams.division[home]][:, None])
    return np.asarray((host & guest)[:, date] & at_home)


def _rows(pairs: tuple[Ints, Ints], places: tuple[Longs, Longs], where: Mask, length: int) -> Table:
    (home, away), (slot, venue) = pairs, places
    pair, place = np.nonzero(where)
    none = np.zeros(len(pair), np.bool_)
    return Table(
        home[pair],
        away[pair],
        slot[place].astype(np.int32),
        venue[place].astype(np.int32),
        np.full(len(pair), length, np.int32),
        none,
        none,
    )


def with_candidates(instance: Instance, divisions: Iterable[int]) -> Table:
    """The fixed games, then all candidate games of some divisions."""
    rows = [candidates(instance, d, pairs_of(instance, d)) for d in divisions]
    return joined(fixed_rows(instance), *rows)


def every_game(instance: Instance) -> Table:
    """The fixed games, then all other candidate games."""
    table = with_candidates(instance, range(len(instance.divisions.names)))
    keys = table.keys(instance)
    return table.where(table.fixed | ~np.isin(keys, keys[table.fixed]))


def size(instance: Instance, division: int) -> int:
    """Rows that `candidates` would make for all pairs of a division, at most."""
    cal, divisions = instance.calendar, instance.divisions
    fits = cal.fits[:, divisions.length[division]][:, None]
    can = instance.venues.open & fits & divisions.suitable[division][None]
    pairs = int(np.triu(divisions.may_meet[division]).sum())
    if divisions.home_only[division]:
        return pairs * 2 * int(can.sum(axis=0).max(initial=0))
    return pairs * int(can.sum())
