"""One measured run in a process of its own: ``python -m bench.one SOLVER LEAGUE SECONDS WORKERS``.

Prints a line of JSON for every better schedule or bound, and one at the end.
"""

import json
import resource
import sys
import threading
from pathlib import Path
from typing import Any

from matchday_api.problem import Problem
from matchday_api.read import read_input
from matchday_api.schedule import ScheduleFile
from matchday_api.status import Progress


def main(arguments: list[str]) -> None:
    """Run one solver on one league."""
    solver, path, seconds, workers = arguments
    problem = Problem(
        league=_league(Path(path)), time_limit_seconds=float(seconds), workers=int(workers)
    )
    last = {"matchday": _matchday, "one model": _one_model}[solver](problem)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _tell(end=True, peak_mib=peak // 1024, **last)


def _league(path: Path) -> Any:
    return read_input(path.read_bytes()).league


def _tell(**event: Any) -> None:
    print(json.dumps(event), flush=True)


class _Reporter:
    """Prints what the solver tells."""

    bound = 0

    def progress(self, progress: Progress) -> None:
        """A better bound, if it is."""
        if progress.bound is not None and progress.bound > self.bound:
            self.bound = progress.bound
            _tell(bound=progress.bound)

    def improved(self, schedule: ScheduleFile) -> None:
        """A better schedule, already checked."""
        objective = schedule.objective
        _tell(
            cost=objective.total,
            bound=objective.bound,
            missing=objective.tiers.missing,
            violations=len(schedule.validation.violations),
        )


def _matchday(problem: Problem) -> dict[str, Any]:
    from matchday_solver.solve import solve

    outcome = solve(problem, _Reporter(), threading.Event())
    return {"ending": outcome.ending.value}


def _one_model(problem: Problem) -> dict[str, Any]:
    from matchday_solver.build import build
    from matchday_solver.exact.run import Budget
    from matchday_solver.exact.whole import Found, rows_needed, solve_complete

    instance = build(problem)
    rows = rows_needed(instance)
    budget = Budget(problem.time_limit_seconds, problem.workers or 1)

    def told(bound: int) -> None:
        _tell(bound=bound)

    def found(schedule: Found) -> None:
        _tell(cost=schedule.cost)

    whole = solve_complete(instance, budget, threading.Event(), told, found)
    return {"ending": "infeasible" if whole.is_infeasible else "", "rows": rows}


if __name__ == "__main__":
    main(sys.argv[1:])
