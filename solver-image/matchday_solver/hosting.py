"""With `playAt: HomeVenue` two teams host each other equally often, or one of them once more.

The search keeps to that for a pair's games as a whole. Where some of them are missing, the rest may
not keep it: then games have to be left out as well.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from matchday_solver.instance import Instance

HostedGame = tuple[int, int, int]
"""The number of a game, its home and its away team."""


def surplus(instance: Instance, games: Iterable[HostedGame]) -> list[int]:
    """Numbers of games that may not be played beside the others, the last ones of each pair.

    Given games always may: they come first, by their numbers.
    """
    found = []
    for hosted in _by_pair(instance, games).values():
        fewer, more = sorted(hosted, key=len)
        beyond = more[len(fewer) + 1 :]
        found += [number for number in beyond if number >= len(instance.fixed)]
    return found


def returns(instance: Instance) -> Counter[tuple[int, int]]:
    """How often pairs, the lower team first, have to meet again because the given games are at home
    to one of them too often; not where all of these are frozen."""
    fixed = instance.fixed
    games = zip(range(len(fixed)), fixed.home.tolist(), fixed.away.tolist(), strict=True)
    found = Counter[tuple[int, int]]()
    for pair, hosted in _by_pair(instance, games).items():
        fewer, more = sorted(hosted, key=len)
        if not fixed.frozen[fewer + more].all():
            found[pair] = max(0, len(more) - len(fewer) - 1)
    return found


def _by_pair(
    instance: Instance, games: Iterable[HostedGame]
) -> dict[tuple[int, int], list[list[int]]]:
    """Games that the lower team of a pair hosts, and the others, of divisions with the rule."""
    home_only = instance.divisions.home_only[instance.teams.division]
    pairs = defaultdict[tuple[int, int], list[list[int]]](lambda: [[], []])
    for number, home, away in games:
        if home_only[home]:
            pairs[min(home, away), max(home, away)][home > away].append(number)
    return pairs
