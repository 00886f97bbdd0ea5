"""What a column costs, and how it counts in the rows over all columns."""

from collections import Counter

import numpy as np

from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.venue_days import VenueDays

Row = tuple[str, int]
"""A kind of row and what it is about: ("pair", 17)."""


def entries_of(data: VenueDays, column: Column) -> tuple[int, Counter[Row]]:
    """Cost of a column, and how it counts in each row."""
    kind = data.kinds[column.kind]
    pairs = np.array(column.pairs)
    cost = int(data.static_cost(kind.venue, pairs).sum())
    entries = Counter[Row]({("kind", column.kind): 1})
    teams = Counter([*data.first[pairs].tolist(), *data.second[pairs].tolist()])
    for team, games in teams.items():
        entries["team", team] = games
        if data.days[kind.group, team] < data.needed[team]:
            entries["days", kind.group * len(data.needed) + team] = games
        if games > 1:
            entries["double", team] = 1
            cost += data.doubleheader
    cost += data.back_to_back * data.coaches.units(column.pairs, kind.links)
    for owner in {int(data.owner[team]) for team in teams}:
        entries["club", owner] = 1
        cost += int(data.club_cost[owner])
    hosts = data.hosts(kind.venue, pairs).tolist()
    for pair, host in zip(column.pairs, hosts, strict=True):
        _count_pair(data, pair, host, entries)
    idle = max(0, kind.starts - kind.cover * len(pairs))
    return cost + idle * data.instance.weights.full_evenings, entries


def _count_pair(data: VenueDays, pair: int, host: int, entries: Counter[Row]) -> None:
    entries["pair", pair] = entries["meet", pair] = 1
    if data.instance.weights.rematch_gap and data.most[pair] > data.apart[pair]:
        entries["rematch", pair] = 1
    if not data.instance.weights.home_away_balance:
        return
    first, second = int(data.first[pair]), int(data.second[pair])
    if host == 0:
        entries["free", pair] = 1
    else:
        entries["lead", first] += 3 - 2 * host
        entries["lead", second] += 2 * host - 3
