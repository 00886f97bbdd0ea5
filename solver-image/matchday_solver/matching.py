"""Opponents by CP-SAT, for divisions where swaps find none: exact, and as many as possible."""

import threading
from collections import Counter
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.clock import Clock
from matchday_solver.exact.run import SOLVED, Budget, run
from matchday_solver.instance import Instance, Ints
from matchday_solver.size import room

SECONDS, WORK = 60.0, 20.0
"""Longest search for one division, and that in the engine's own unit, which is repeatable."""
SHARE, WORK_SHARE = 0.5, 0.2
"""The same as parts of the time that is left, and of the time limit."""
PAIR_BYTES = 4_500
"""Two teams that may meet in the model."""


@dataclass(frozen=True)
class Matching:
    """What is known of a division's opponents."""

    games: Ints | None
    """(n, 2) as many games besides the given ones as were found; None where time or memory did not
    suffice for any."""
    is_refuted: bool
    """Whether it is proven that there is no complete set of games."""
    is_impossible: bool = False
    """Whether it is proven that some pair cannot meet as often as `minMeetings` asks for, whatever
    is missing."""


def match(instance: Instance, division: int, given: Ints, clock: Clock | None = None) -> Matching:
    """Games of a division besides the given ones: all of them, else as many as are found."""
    budget, stop = _budget(clock), clock.stop if clock else threading.Event()
    pairs = np.count_nonzero(np.triu(instance.divisions.may_meet[division]))
    if pairs * PAIR_BYTES > room():
        return Matching(None, is_refuted=False)
    status, games = _solve(_model(instance, division, given, True), budget.share(0.5), stop)
    if games is not None:
        return Matching(games, is_refuted=False)
    is_refuted = status == cp_model.INFEASIBLE
    status, games = _solve(_model(instance, division, given, False), budget.rest(), stop)
    if status == cp_model.INFEASIBLE:
        return Matching(None, is_refuted=True, is_impossible=True)
    return Matching(games, is_refuted)


def _budget(clock: Clock | None) -> Budget:
    if clock is None:
        return Budget(SECONDS, work=WORK)
    seconds, work = SHARE * max(0.0, clock.left), WORK_SHARE * clock.limit
    return Budget(min(SECONDS, seconds), work=min(WORK, work))


def _solve(
    asked: tuple[cp_model.CpModel, dict[tuple[int, int], cp_model.IntVar]],
    budget: Budget,
    stop: threading.Event,
) -> tuple[cp_model.CpSolverStatus, Ints | None]:
    model, meetings = asked
    solver, status = run(model, budget, stop)
    if status not in SOLVED:
        return status, None
    rows = [pair for pair, number in meetings.items() for _ in range(solver.value(number))]
    return status, np.array(rows, np.int32).reshape(-1, 2)


def _model(
    instance: Instance, division: int, given: Ints, complete: bool
) -> tuple[cp_model.CpModel, dict[tuple[int, int], cp_model.IntVar]]:
    """How often each pair meets besides its given games."""
    divisions = instance.divisions
    teams = divisions.teams[division]
    met = Counter((min(x, y), max(x, y)) for x, y in given.tolist())
    played = Counter(given.ravel().tolist())
    least, most = int(divisions.min_meetings[division]), int(divisions.max_meetings[division])
    model = cp_model.CpModel()
    meetings: dict[tuple[int, int], cp_model.IntVar] = {}
    of_team: dict[int, list[cp_model.IntVar]] = {int(t): [] for t in teams}
    for i, j in np.argwhere(np.triu(divisions.may_meet[division])):
        x, y = int(teams[i]), int(teams[j])
        before = met[min(x, y), max(x, y)]
        low = max(0, least - before)
        number = model.new_int_var(low, max(low, most - before), "")
        meetings[x, y] = number
        of_team[x].append(number)
        of_team[y].append(number)
    lacking = _add_degrees(model, of_team, played, int(divisions.games[division]), complete)
    if not complete:
        _share_out(model, cp_model.LinearExpr.sum(list(meetings.values())), lacking)
    return model, meetings


def _share_out(
    model: cp_model.CpModel, games: cp_model.LinearExpr, lacking: dict[cp_model.IntVar, int]
) -> None:
    """As many games as possible, then as evenly as possible: each further one lacks the more.

    A team that lacks all of its games breaks any `minGames`.
    """
    further = []
    for lack, most in lacking.items():
        for number in range(1, most):
            beyond = model.new_int_var(0, most - number, "")
            model.add(beyond >= lack - number)
            further.append(beyond)
    worst = sum(most * (most - 1) // 2 for most in lacking.values())
    model.maximize((worst + 1) * games - cp_model.LinearExpr.sum(further))


def _add_degrees(
    model: cp_model.CpModel,
    of_team: dict[int, list[cp_model.IntVar]],
    played: Counter[int],
    games: int,
    complete: bool,
) -> dict[cp_model.IntVar, int]:
    """Everybody plays the games that are left; in an odd division one plays one less.

    How many each team lacks, and how many that can be.
    """
    left = {t: max(0, games - played[t]) for t in of_team}
    lacking = {t: model.new_int_var(0, number, "") for t, number in left.items()}
    for t, number in left.items():
        model.add(sum(of_team[t]) + lacking[t] == number)
    if complete:
        model.add(sum(lacking.values()) == sum(left.values()) % 2)
    return {lacking[t]: number for t, number in left.items()}
