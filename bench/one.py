"""One measured run in a process of its own: ``python -m bench.one SOLVER PROBLEM``.

The problem is a packed one. Prints a line of JSON for every better schedule or bound, for what a
repair, an explanation or counting comes to, and one at the end.
"""

import json
import sys
import threading
from pathlib import Path
from typing import Any

from matchday_api.faults import counted
from matchday_api.problem import Problem, unpack_problem
from matchday_api.schedule import ScheduleFile
from matchday_api.status import Progress


def main(arguments: list[str]) -> None:
    """Run one solver on one problem."""
    solver, path = arguments
    solvers = {
        "matchday": _matchday, "one model": _one_model, "explain": _explain, "count": _count,
    }  # fmt: skip
    last = solvers[solver](unpack_problem(Path(path).read_bytes()))
    _tell(end=True, peak_mib=_peak_kib() // 1024, **last)


def _peak_kib() -> int:
    """Most memory so far; `getrusage` would count that of the process that started this one."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


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
            result=_repair(schedule),
        )


def _repair(schedule: ScheduleFile) -> str:
    """How many changes a complete repair makes, once it is proven that none makes fewer."""
    tiers, violations = schedule.objective.tiers, schedule.validation.violations
    if tiers.changes is None or tiers.changes != tiers.changes_bound or tiers.missing:
        return ""
    return f"{counted(tiers.changes, 'change')}, proven the fewest; violations: {len(violations)}"


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


def _explain(problem: Problem) -> dict[str, Any]:
    from matchday_solver.explain import explain

    seconds, workers = problem.time_limit_seconds, problem.workers
    found = explain(problem.league, problem.completeness, seconds, workers)
    proven = "proven minimal" if found.proven_minimal else "not proven minimal"
    members, ways = len(found.conflicts), len(found.remedies)
    _tell(result=f"a conflict of {members} members, {proven}, {ways} ways out" if members else "")
    return {}


def _count(problem: Problem) -> dict[str, Any]:
    from matchday_solver.build import build
    from matchday_solver.infeasible import proofs

    _tell(result=f"{len(proofs(problem, build(problem)))} findings")
    return {}


if __name__ == "__main__":
    main(sys.argv[1:])
