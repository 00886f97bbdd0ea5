"""How the oracle's questions are answered where counting does not."""

from matchday_api.problem import Problem

from matchday_solver.build import build
from matchday_solver.choice.feasible import is_feasible
from matchday_solver.explain.oracle import Decide
from matchday_solver.explain.relax import Relaxed


def decider(workers: int) -> Decide:
    """Answers by the exact model on so many threads."""

    def decide(case: Relaxed, seconds: float) -> bool | None:
        instance = build(Problem(league=case.league))
        return is_feasible(
            instance, case.required, excused=case.excused, seconds=seconds, workers=workers
        )

    return decide
