"""The count that is told first of a conflict: its numbers are those of the league as it is."""

from collections.abc import Callable, Sequence

from matchday_solver.explain.relax import Kept
from matchday_solver.lint import Finding

Counted = Callable[[Kept], Sequence[Finding]]
"""The counts with some facts only."""


def proof(
    counted: Counted, everything: Kept, core: Kept, members: Kept, is_due: Callable[[], bool]
) -> str:
    """The first count of the whole league that rests on a conflict, those of a part of the season
    last; empty where there is none.

    `core` are the facts of the conflict, none of which such a count can do without: that is looked
    at one after the other until it is time to end. A count with the `members` alone has numbers
    that are not the league's, so it is told only for want of a better, and says so.
    """
    about = [finding for finding in counted(everything) if core <= set(finding.paths)]
    for path in core:
        if not about or is_due():
            break
        still = {finding.text for finding in counted(everything - {path})}
        about = [finding for finding in about if finding.text not in still]
    if about:
        return min(about, key=lambda finding: finding.is_partial).text
    alone = counted(members)
    return f"With nothing else in the way, {alone[0].text}" if alone else ""
