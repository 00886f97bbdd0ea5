"""Opponents by CP-SAT, for divisions where swaps find none: exact, and as many as possible."""

from collections import Counter

import numpy as np
from ortools.sat.python import cp_model

from matchday_solver.exact.run import SOLVED
from matchday_solver.instance import Instance, Ints

SECONDS = 20.0
"""Longest search for one division, in CP-SAT's deterministic time too."""


def match(instance: Instance, division: int, given: Ints) -> tuple[Ints, bool] | None:
    """Games of a division besides the given ones (n, 2), and whether it is complete.

    Without a complete set there are as many games as possible; None where even so some pair cannot
    meet as often as `minMeetings` asks for.
    """
    for complete in (True, False):
        found = _solve(instance, division, given, complete)
        if found is not None:
            return found, complete
    return None


def _solve(instance: Instance, division: int, given: Ints, complete: bool) -> Ints | None:
    model, meetings = _model(instance, division, given, complete)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = SECONDS
    solver.parameters.max_time_in_seconds = 3 * SECONDS
    if solver.solve(model) not in SOLVED:
        return None
    rows = [pair for pair, number in meetings.items() for _ in range(solver.value(number))]
    return np.array(rows, np.int32).reshape(-1, 2)


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
    _add_degrees(model, of_team, played, int(divisions.games[division]), complete)
    if not complete:
        model.maximize(sum(meetings.values()))
    return model, meetings


def _add_degrees(
    model: cp_model.CpModel,
    of_team: dict[int, list[cp_model.IntVar]],
    played: Counter[int],
    games: int,
    complete: bool,
) -> None:
    """Everybody plays the games that are left; in an odd division one plays one less."""
    left = {t: max(0, games - played[t]) for t in of_team}
    lacking = {t: model.new_int_var(0, number, "") for t, number in left.items()}
    for t, number in left.items():
        model.add(sum(of_team[t]) + lacking[t] == number)
    if complete:
        model.add(sum(lacking.values()) == sum(left.values()) % 2)
