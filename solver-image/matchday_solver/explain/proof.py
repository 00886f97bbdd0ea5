"""The count that is told first of a conflict: its numbers are those of the league as it is."""

from collections.abc import Sequence

from matchday_solver.explain.relax import Kept
from matchday_solver.lint import Finding


def proof(whole: Sequence[Finding], core: Kept, alone: Sequence[Finding]) -> str:
    """The first count of the whole league that rests on a conflict, those of a part of the season
    last; empty where there is none.

    `core` are the facts of the conflict, and `alone` counts in a league that has no others. Their
    numbers are not the league's, so one of them is told only for want of a better, and says so.
    """
    about = [finding for finding in whole if core <= set(finding.paths)]
    if about:
        return min(about, key=lambda finding: finding.is_partial).text
    return f"With nothing else in the way, {alone[0].text}" if alone else ""
