"""coachBackToBack: a coach's games of a date follow each other at one venue."""

from dataclasses import dataclass
from itertools import pairwise

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
    first: dict[int, cp_model.IntVar]
    last: dict[int, cp_model.IntVar]
    """By team of the coach that can have the first or the last of them: true only if it has."""


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
        if costs.choice.table.frozen[event.rows].any():
            costs.constant += weight * _at_once(costs, event.rows, teams)
        elif not costs.choice.instance.limits.coach_one_game:
            beyond = costs.units(len(event.rows), weight)
            costs.choice.model.add(beyond >= costs.choice.sum(event.rows) - 1)
    for n, one in enumerate(events):
        between: list[cp_model.IntVar] = []
        for other in events[n + 1 :]:
            if one.venue != other.venue or one.end != other.start:
                _apart(costs, (one, other), between, weight)
            between.append(other.there)


def _at_once(costs: Costs, rows: Longs, teams: list[int]) -> int:
    """Consecutive ones of the frozen games of one time and place that have no team of the coach in
    common: they have to stay, whatever rules they break."""
    table = costs.choice.table
    ordered = _in_order(costs, rows)
    sides = zip(table.home[ordered].tolist(), table.away[ordered].tolist(), strict=True)
    coached = [set(teams) & {*side} for side in sides]
    return sum(not one & other for one, other in pairwise(coached))


def _in_order(costs: Costs, rows: Longs) -> Longs:
    """Games of one time and place in the order of their teams, as the schedule has them."""
    home, away = costs.choice.table.home[rows], costs.choice.table.away[rows]
    return np.asarray(rows[np.lexsort((np.maximum(home, away), np.minimum(home, away)))])


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
    first, last = _edges(costs, rows, teams)
    place = int(choice.table.venue[row])
    return _Event(start, start + length, place, rows, there, first, last)


Literals = dict[int, cp_model.IntVar]


def _edges(costs: Costs, rows: Longs, teams: list[int]) -> tuple[Literals, Literals]:
    """Literals of the teams that can have the first and the last game among the rows.

    Where a coach is at one game at a time there is one, which is both; frozen ones may be several.
    """
    choice = costs.choice
    frozen = choice.table.frozen[rows].any()
    if not (choice.instance.limits.max_doubleheaders or frozen):
        return {}, {}
    if choice.instance.limits.coach_one_game and not frozen:
        one = _of_team(costs, rows, teams, costs.literals(rows))
        return one, one
    ordered = _in_order(costs, rows)
    first, last = (
        _of_team(costs, order, teams, _leading(costs, order)) for order in (ordered, ordered[::-1])
    )
    return first, last


def _leading(costs: Costs, rows: Longs) -> list[cp_model.IntVar]:
    """For each row a literal that is true only if it is chosen and none before it is."""
    model, before, found = costs.choice.model, costs.choice.model.new_constant(1), []
    for game in costs.literals(rows):
        leads, none = model.new_bool_var(""), model.new_bool_var("")
        model.add_implication(leads, game)
        model.add_implication(leads, before)
        model.add_implication(none, before)
        model.add_implication(none, game.negated())
        found.append(leads)
        before = none
    return found


def _of_team(
    costs: Costs, rows: Longs, teams: list[int], literals: list[cp_model.IntVar]
) -> Literals:
    """By team that can have a game among the rows: whether one of its literals is true."""
    found, table = {}, costs.choice.table
    for team in teams:
        side = np.flatnonzero((table.home[rows] == team) | (table.away[rows] == team)).tolist()
        if side:
            found[team] = costs.choice.model.new_bool_var("")
            any_one = [literals[n] for n in side]
            costs.choice.model.add_bool_or([found[team].negated(), *any_one])
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
    """For each team of the coach: whether it plays the last game of the one and the first of the
    other."""
    one, other = events
    found = []
    for team in sorted(one.last.keys() & other.first.keys()):
        both = costs.choice.model.new_bool_var("")
        costs.choice.model.add_implication(both, one.last[team])
        costs.choice.model.add_implication(both, other.first[team])
        found.append(both)
    return found
