"""A schedule found by the solver's own search, as proof that a league is feasible."""

import threading
import time
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from matchday_api.checker import check
from matchday_api.league import League
from matchday_solver.build import build
from matchday_solver.clock import Clock
from matchday_solver.decode import to_games
from matchday_solver.explain.relax import Relaxed
from matchday_solver.instance import Instance
from matchday_solver.kernel.native import is_compiled
from matchday_solver.search import Search
from matchday_solver.starting import fresh

STEPS = 2000
"""Steps of the search between two looks at the clock."""
LEAST_SECONDS, GAME_SECONDS = 0.5, 1e-3
"""A league, and a game of it, is placed many times over in this time, if it is not tight."""


def has_witness(case: Relaxed, seconds: float) -> bool:
    """Whether the search finds a complete schedule that the checker accepts, in the time.

    Only where the search is compiled already: compiling would take longer than the exact model.
    """
    league = without_idle(case)
    if league is None or not is_compiled():
        return False
    instance = build(replace(case, league=league).problem)
    enough = LEAST_SECONDS + GAME_SECONDS * instance.games_total
    found = _settled(instance, time.monotonic() + min(seconds, enough))
    if found is None:
        return False
    report = check(league, to_games(instance, found.placed()), (), case.earlier)
    return not report.violations and not report.missing


def _settled(instance: Instance, deadline: float) -> Search | None:
    """A search that has placed all games."""
    clock = Clock(max(0.0, deadline - time.monotonic()), 0.0, threading.Event())
    start = fresh(instance, 0, True, clock)
    if start is None:
        return None
    search = Search(instance, start, 0)
    while search.settle(STEPS):
        if time.monotonic() > deadline:
            return None
    return search


def without_idle(case: Relaxed) -> League | None:
    """The league without the divisions that need no games; None where they cannot be left out, as
    beside games that stay."""
    league = case.league
    if case.demand.required.all():
        return league
    idle = {league.divisions[d].name for d in np.flatnonzero(~case.demand.required)}
    gone = {team.name for team in league.teams if team.division in idle}
    bound = any(rule.is_hard for rule in league.rules.min_games)
    bound |= any(d.min_meetings for d in league.divisions if d.name in idle)
    bound |= any(game.home in gone for game in league.locked_games)
    if bound or case.earlier is not None or len(idle) == len(league.divisions):
        return None
    return league.model_copy(
        update={
            "divisions": tuple(d for d in league.divisions if d.name not in idle),
            "teams": tuple(t for t in league.teams if t.name not in gone),
            "rivals": _without(gone, league.rivals),
            "forbidden_pairs": _without(gone, league.forbidden_pairs),
        }
    )


def _without(gone: set[str], pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in pairs if gone.isdisjoint(pair))
