"""What a search starts from: fresh opponents, or the games of an earlier schedule."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from matchday_solver.choice.table import rows_of
from matchday_solver.clock import Clock
from matchday_solver.decode import Placed
from matchday_solver.hosting import returns
from matchday_solver.instance import EarlierGames, FixedGames, Instance, Ints
from matchday_solver.opponents import pair_opponents
from matchday_solver.search import Start


def fresh(
    instance: Instance, seed: int, complete: bool, clock: Clock | None = None
) -> Start | None:
    """New opponents, or the earlier schedule's where there is one to repair.

    None where no complete set of opponents exists and `complete` asks for one; what is found in the
    clock's time where that is not known.
    """
    earlier = instance.earlier
    kept = None if earlier is None else _pairs(earlier, _legal(instance, earlier))
    pairs = pair_opponents(instance, seed, kept, complete, clock)
    if pairs is None and kept is not None:
        pairs = pair_opponents(instance, seed, None, complete, clock)
    return None if pairs is None else Start(pairs, anchors=_anchors(instance, pairs))


def resumed(
    instance: Instance, saved: EarlierGames, seed: int, clock: Clock | None = None
) -> Start | None:
    """The games of a saved valid schedule where they are; None where it lacks some that exist."""
    legal = _legal(instance, saved)
    pairs = pair_opponents(instance, seed, _pairs(saved, legal), False, clock)
    if pairs is None:
        return None
    first = len(instance.fixed)
    positions = np.full((len(pairs), 3), -1, np.int32)
    rows = np.stack([saved.slot, saved.venue, np.zeros(len(saved), np.int32)], axis=1)[legal]
    positions[first : first + len(rows)] = rows
    return Start(pairs, _anchors(instance, pairs, positions), positions)


def from_placed(
    instance: Instance, placed: Sequence[Placed], seed: int, clock: Clock | None = None
) -> Start | None:
    """The same for games of a search or an exact model."""
    return resumed(instance, rows_of(instance, placed).as_games(), seed, clock)


def _pairs(games: EarlierGames, chosen: Ints) -> Ints:
    return np.stack([games.home, games.away], axis=1)[chosen]


def _legal(instance: Instance, games: EarlierGames) -> Ints:
    """Games, by index, whose pairs the rules of pairs still allow; given games are not listed.

    What must be beside the given games comes first.
    """
    fixed, divisions, teams = instance.fixed, instance.divisions, instance.teams
    left = divisions.games[teams.division].astype(np.int64)
    met: dict[tuple[int, int], int] = defaultdict(int)
    there: dict[tuple[int, ...], int] = defaultdict(int)
    owed = returns(instance)
    for pair, number in owed.items():
        left[list(pair)] -= number
        met[pair] += number
    for x, y, slot, venue in _places(fixed):
        left[[x, y]] -= 1
        met[min(x, y), max(x, y)] += 1
        there[x, y, slot, venue] += 1
    chosen = []
    for n, (x, y, slot, venue) in enumerate(_places(games)):
        if there[x, y, slot, venue] > 0:
            there[x, y, slot, venue] -= 1
            continue
        pair = (min(x, y), max(x, y))
        if owed[pair]:
            owed[pair] -= 1
            chosen.append(n)
            continue
        most = divisions.max_meetings[teams.division[x]]
        if instance.may_meet(x, y) and left[x] > 0 and left[y] > 0 and met[pair] < most:
            left[[x, y]] -= 1
            met[pair] += 1
            chosen.append(n)
    return np.array(chosen, np.int32)


def _anchors(instance: Instance, pairs: Ints, positions: Ints | None = None) -> Ints | None:
    """(G, 3) slot, venue and home team of each game in the earlier schedule; slot -1 for none.

    A place that a given game has is no other game's. A game that is in a position of the earlier
    schedule already has that for its anchor.
    """
    earlier = instance.earlier
    if earlier is None:
        return None
    spare: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    given = Counter(_places(instance.fixed))
    for (x, y, slot, venue), frozen in zip(_places(earlier), earlier.frozen, strict=True):
        if given[x, y, slot, venue]:
            given[x, y, slot, venue] -= 1
        elif not frozen:
            spare[min(x, y), max(x, y)].append((slot, venue, x))
    anchors = np.full((len(pairs), 3), -1, np.int32)
    rest = list(range(len(instance.fixed), len(pairs)))
    if positions is not None:
        rest = [g for g in rest if not _stays(spare, pairs[g], positions[g], anchors[g])]
    for g in rest:
        x, y = map(int, pairs[g])
        places = spare[min(x, y), max(x, y)]
        if places:
            anchors[g] = places.pop(0)
    return anchors


def _places(games: FixedGames | EarlierGames) -> Iterator[tuple[int, ...]]:
    """Home, away, slot and venue of each game."""
    for row in zip(games.home, games.away, games.slot, games.venue, strict=True):
        yield tuple(map(int, row))


def _stays(
    spare: dict[tuple[int, int], list[tuple[int, int, int]]], pair: Ints, position: Ints, row: Ints
) -> bool:
    """Whether the game is where an earlier one was, which is then taken for its anchor."""
    x, y = map(int, pair)
    place = (int(position[0]), int(position[1]), y if position[2] else x)
    places = spare[min(x, y), max(x, y)]
    if place not in places:
        return False
    places.remove(place)
    row[:] = place
    return True
