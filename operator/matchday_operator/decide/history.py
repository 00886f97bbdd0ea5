"""Older generations of a request's results are deleted, the newest and the finished last."""

from matchday_api.status import Phase
from matchday_operator.decide.model import Observed, PruneRun, Resolved, Verdict
from matchday_operator.records import Request, Run

FINISHED = 100
"""Percent of a search that has ended by itself."""


def actions(request: Request, observed: Observed, verdict: Verdict) -> list[PruneRun]:
    """Delete the runs beyond `historyLimit`.

    While the current run has not succeeded, it does not count: no result is given up for a
    result that may never come.
    """
    if request.spec is None or not isinstance(observed.input, Resolved):
        return []
    current = observed.input.name
    others = [run for run in observed.runs if run.name != current and not run.deleting]
    kept = request.spec.history_limit - (verdict.phase == Phase.SUCCEEDED)
    return [PruneRun(run.name) for run in sorted(others, key=_worth, reverse=True)[kept:]]


def _worth(run: Run) -> tuple[bool, bool, str, str]:
    """A finished schedule before what an aborted search has left, that before nothing."""
    progress = run.progress
    placed = progress is not None and progress.games_placed > 0
    finished = progress is not None and progress.percent == FINISHED
    return placed and finished, placed, run.created, run.name
