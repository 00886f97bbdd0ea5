"""coachBackToBack: a coach's games of a date follow each other at one venue."""

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.model import grouped
from matchday_solver.exact.costs import Costs
from matchday_solver.instance import Longs


@dataclass(frozen=True)
class _Event:
    """A time and venue at which a coach can have games."""

    start: int
    end: int
    venue: int
    rows: Longs
    there: cp_model.IntVar
    """Whether there is one."""
    of_team: dict[int, cp_model.IntVar]
    """By team of the coach that can have one: true only if it has."""


def coach_back_to_back(costs: Costs) -> None:
    """Consecutive games of a coach's date that are not adjacent at one venue, nor of one team."""
    instance = costs.choice.instance
    weight = instance.weights.coach_back_to_back
    of_team = costs.by_team(np.arange(len(costs.choice.table))) if weight else {}
    for members in instance.teams.coach_teams:
        teams = [t for t in members.tolist() if t in of_team]
        if len(teams) > 1:
            mine = np.unique(np.concatenate([of_team[t] for t in teams]))
            for _, rows in costs.by_date(mine):
                _date(costs, rows, teams, weight)


def _date(costs: Costs, rows: Longs, teams: list[int], weight: int) -> None:
    events = [_event(costs, mine, teams) for mine in _by_time(costs, rows)]
    for event in events:
        if not costs.choice.instance.limits.coach_one_game:
            beyond = costs.units(len(event.rows), weight)
            costs.choice.model.add(beyond >= costs.choice.sum(event.rows) - 1)
    for n, one in enumerate(events):
        between: list[cp_model.IntVar] = []
        for other in events[n + 1 :]:
            if one.venue != other.venue or one.end != other.start:
                _apart(costs, (one, other), between, weight)
            between.append(other.there)


def _by_time(costs: Costs, rows: Longs) -> list[Longs]:
    """Rows by start, end and name of the venue, in this order."""
    instance, table = costs.choice.instance, costs.choice.table
    rank = np.argsort(np.argsort(np.array(instance.venues.names)))[table.venue[rows]]
    start = costs.choice.start[rows]
    end = start + instance.calendar.lengths[table.length[rows]]
    keys = (start * 10_000 + end) * len(instance.venues.names) + rank
    return [mine for _, mine in grouped(keys, rows)]


def _event(costs: Costs, rows: Longs, teams: list[int]) -> _Event:
    choice, row = costs.choice, int(rows[0])
    start = int(choice.start[row])
    there = choice.model.new_bool_var("")
    choice.model.add_max_equality(there, costs.literals(rows))
    length = int(choice.instance.calendar.lengths[choice.table.length[row]])
    of_team = {}
    if choice.instance.limits.max_doubleheaders or choice.table.frozen[rows].any():
        of_team = _of_team(costs, rows, teams)
    return _Event(start, start + length, int(choice.table.venue[row]), rows, there, of_team)


def _of_team(costs: Costs, rows: Longs, teams: list[int]) -> dict[int, cp_model.IntVar]:
    """Literals of the teams that can have a game among the rows."""
    found, table = {}, costs.choice.table
    for team in teams:
        side = rows[(table.home[rows] == team) | (table.away[rows] == team)]
        if len(side):
            found[team] = costs.choice.model.new_bool_var("")
            costs.choice.model.add_bool_or([found[team].negated(), *costs.literals(side)])
    return found


def _apart(
    costs: Costs,
    events: tuple[_Event, _Event],
    between: list[cp_model.IntVar],
    weight: int,
) -> None:
    """One unit where both have games, nothing lies between them and no team plays both."""
    one, other = events
    free = [one.there.negated(), other.there.negated(), *between, costs.flag(weight)]
    free += _doubleheaders(costs, events)
    costs.choice.model.add_bool_or(free)


def _doubleheaders(costs: Costs, events: tuple[_Event, _Event]) -> list[cp_model.IntVar]:
    """For each team of the coach: whether it plays both."""
    one, other = events
    found = []
    for team in sorted(one.of_team.keys() & other.of_team.keys()):
        both = costs.choice.model.new_bool_var("")
        costs.choice.model.add_implication(both, one.of_team[team])
        costs.choice.model.add_implication(both, other.of_team[team])
        found.append(both)
    return found
