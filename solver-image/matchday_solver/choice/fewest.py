"""The fewest missing games, by the exact model without its preferences."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.choice.feasible import Answer, answer, is_built, most_rows
from matchday_solver.choice.model import Choice, Stopped
from matchday_solver.choice.room import Room
from matchday_solver.choice.rules import add_rules, meetings_or_missing
from matchday_solver.choice.table import (
    Table,
    collected,
    in_parts,
    joined,
    pairs_of,
    size,
    with_candidates,
)
from matchday_solver.demand import Demand
from matchday_solver.exact.run import SOLVED, Budget, Ending, Signal, Values, capped, run
from matchday_solver.instance import Instance, Longs


def fewest_missing(
    instance: Instance,
    divisions: Sequence[int],
    known: int,
    budget: Budget,
    stop: threading.Event,
    told: Callable[[int], None],
    found: Callable[[Table], None] | None = None,
) -> Table | None:
    """A schedule of some divisions that lacks fewer games than are known to do; None if none is
    found, and where the model would be too large.

    Tells growing numbers of their games that no schedule can do without, `known` where there is no
    better one; `found` gets each better schedule at once. Hard minimums ask for all divisions.
    """
    if not is_built(instance, sum(size(instance, d) for d in divisions), budget):
        return None
    total = int(instance.divisions.games_total[list(divisions)].sum())
    try:
        choice = _with_rules(instance, divisions, stop)
        own = np.isin(instance.teams.division[choice.table.home], divisions)
        lacking = total - choice.sum(np.flatnonzero(own))
    except Stopped:
        return None
    choice.model.add(lacking < known)

    def tell(values: Values) -> None:
        if found is not None:
            found(choice.table.where(choice.solution(values)))

    bounds = capped(told, known)
    solver, status = run(choice.model, budget, stop, lacking, bounds, tell, presolve=False)
    if status == cp_model.INFEASIBLE:
        told(known)
    return choice.table.where(choice.solution(solver)) if status in SOLVED else None


def any_schedule(instance: Instance, budget: Budget, stop: threading.Event) -> Answer:
    """A schedule that keeps all rules, whatever is missing, or the proof that there is none."""
    divisions = range(len(instance.divisions.names))
    if not is_built(instance, sum(size(instance, d) for d in divisions), budget):
        return Answer()
    try:
        choice = _with_rules(instance, divisions, stop)
    except Stopped:
        return Answer()
    return answer(choice, budget, stop, presolve=False)


def _with_rules(instance: Instance, divisions: Sequence[int], stop: threading.Event) -> Choice:
    """The model of some divisions in which games may be missing; raises Stopped."""
    choice = Choice(instance, with_candidates(instance, divisions), Demand.nothing(instance), stop)
    add_rules(choice)
    meetings_or_missing(choice, divisions)
    return choice


def more_games(
    instance: Instance, games: Table, division: int, budget: Budget, stop: threading.Event
) -> Table | None:
    """A schedule with more games of a division, the others' where they are; None if none is found.

    `games` keep all rules, and lack some; the instance's fixed ones come first.
    """
    mine = ~games.fixed & (instance.teams.division[games.home] == division)
    firm = games.where(~mine)
    ending = Ending(budget, stop)
    new = _candidates(instance, firm, division, most_rows(instance, budget), ending)
    if new is None:
        return None
    staying = replace(firm, fixed=np.ones(len(firm), np.bool_))
    choice = Choice(instance, joined(staying, new), Demand.nothing(instance), ending)
    rows = np.arange(len(firm), len(choice.table))
    try:
        add_rules(choice)
        meetings_or_missing(choice, (division,))
        more = choice.sum(rows)
    except Stopped:
        return None
    _hint(choice, rows, games.where(mine))
    solver, status = run(choice.model, budget, stop, -more, presolve=False)
    if status not in SOLVED:
        return None
    found = joined(firm, choice.table.where(rows[choice.solution(solver)[rows]]))
    return found if len(found) > len(games) else None


def _candidates(
    instance: Instance, firm: Table, division: int, most: float, ending: Signal
) -> Table | None:
    """Games of a division where courts are free beside those that stay; None in place of too many,
    or when it is time to end."""
    within = Room(instance, firm).places(int(instance.divisions.length[division]))
    parts = in_parts(instance, division, pairs_of(instance, division), within)
    return collected(parts, most, ending)


def _hint(choice: Choice, rows: Longs, games: Table) -> None:
    """Begin with the games that there are."""
    known = set(games.keys(choice.instance).tolist())
    swapped = replace(games, home=games.away, away=games.home)
    known.update(swapped.keys(choice.instance).tolist())
    keys = choice.table.where(rows).keys(choice.instance)
    for row, key in zip(rows.tolist(), keys.tolist(), strict=True):
        choice.model.add_hint(choice.chosen[row], key in known)
