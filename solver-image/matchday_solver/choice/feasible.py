"""Whether an instance has a schedule at all, by the exact model."""

import threading
from collections import Counter
from dataclasses import dataclass

from ortools.sat.python import cp_model

from matchday_solver.choice.model import Choice, Stopped
from matchday_solver.choice.rules import add_rules
from matchday_solver.choice.table import Table, size, with_candidates
from matchday_solver.demand import Demand
from matchday_solver.exact.run import SOLVED, Budget, run
from matchday_solver.instance import Instance
from matchday_solver.size import further_windows, rows_with_room

MAX_ROWS = 300_000
"""Candidate games up to which the model is built; beyond, it would take minutes."""
ROW_SECONDS, WINDOW_SECONDS = 5e-5, 1e-6
"""What a candidate game costs while the model is built, and for each further window."""
PRESOLVED, PRESOLVE_ROOM = 20_000, 3
"""Candidate games up to which presolve is worth its time, and how many times their memory it
takes."""


@dataclass(frozen=True)
class Answer:
    """What the exact model says."""

    feasible: bool | None = None
    """None where the time did not suffice to tell."""
    games: Table | None = None
    """A schedule, where it is feasible; of divisions without demand only fixed games."""


def decide(
    instance: Instance, demand: Demand, budget: Budget, stop: threading.Event | None = None
) -> Answer:
    """Look for a schedule, or for the proof that there is none, until told to stop."""
    if not is_built(instance, rows_needed(instance, demand), budget):
        return Answer()
    stop = stop or threading.Event()
    choice = Choice(instance, with_candidates(instance, _active(instance, demand)), demand, stop)
    try:
        add_rules(choice)
    except Stopped:
        return Answer()
    most = min(PRESOLVED, rows_with_room(instance, budget.workers) / PRESOLVE_ROOM)
    presolve = len(choice.table) < most
    return answer(choice, budget, stop, presolve=presolve)


def answer(choice: Choice, budget: Budget, stop: threading.Event, *, presolve: bool) -> Answer:
    """What a model without a cost says."""
    solver, status = run(choice.model, budget, stop, presolve=presolve)
    if status in SOLVED:
        return Answer(True, choice.table.where(choice.solution(solver)))
    return Answer(False if status == cp_model.INFEASIBLE else None)


def is_feasible(
    instance: Instance,
    demand: Demand,
    seconds: float,
    workers: int,
    stop: threading.Event | None = None,
) -> bool | None:
    """Whether a schedule exists; None where the time does not suffice to tell, or after a stop."""
    return decide(instance, demand, Budget(seconds, workers), stop).feasible


def is_built(instance: Instance, rows: int, budget: Budget) -> bool:
    """Whether time and memory suffice for a model of so many candidate games."""
    return rows <= most_rows(instance, budget)


def most_rows(instance: Instance, budget: Budget) -> float:
    """Candidate games for which time and memory suffice."""
    each = ROW_SECONDS + WINDOW_SECONDS * further_windows(instance)
    in_time = budget.rest().seconds / each
    return min(MAX_ROWS, in_time, rows_with_room(instance, budget.workers))


def rows_needed(instance: Instance, demand: Demand) -> int:
    """Candidate games of the model, at most."""
    return sum(size(instance, d) for d in _active(instance, demand))


def _active(instance: Instance, demand: Demand) -> list[int]:
    """Divisions that may have to have games beyond their fixed ones."""
    least, uneven = instance.divisions.min_meetings > 0, _uneven(instance)
    every = len(instance.limits.windows.min_hard) > 0
    return [
        d
        for d, pairs in enumerate(demand.must_meet)
        if every or demand.required[d] or (least[d] and pairs.any()) or d in uneven
    ]


def _uneven(instance: Instance) -> set[int]:
    """Divisions with games at home venues where fixed games leave it to others to share hosts."""
    games, homes = instance.fixed, Counter[tuple[int, int]]()
    for home, away in zip(games.home.tolist(), games.away.tolist(), strict=True):
        homes[home, away] += 1
    divisions, division = instance.divisions, instance.teams.division
    return {
        int(division[a])
        for (a, b), number in homes.items()
        if divisions.home_only[division[a]] and number > homes[b, a] + 1
    }
