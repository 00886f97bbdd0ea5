"""`matchday explain` from the problem to the text and the exit code."""

import threading
from typing import TYPE_CHECKING, Protocol

from matchday_api.league import League
from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.request import Completeness
from matchday_api.status import ExitCode
from matchday_cli.errors import CliError
from matchday_cli.local.search import exit_code, interrupts, until_signal
from matchday_cli.show.text import printable

if TYPE_CHECKING:
    from matchday_solver.explain import Explanation

NOTHING = "No conflict found. That does not prove that there is a schedule; `matchday solve` tries."
FEASIBLE = "No conflict: there is a schedule that keeps all rules; `matchday solve` makes one."

WITH_MISSING = (
    "No conflict: with games missing there is a schedule that keeps all rules. Why not all games"
    " can be placed, if so, is told with --completeness Required."
)


class Explain(Protocol):
    """The search for a conflict, as `matchday_solver.explain.explain`."""

    def __call__(
        self,
        league: League,
        completeness: Completeness,
        seconds: float,
        *,
        earlier: EarlierSchedule | None,
        stop: threading.Event,
        workers: int | None,
    ) -> "Explanation":
        """Search for so many seconds, or until `stop` is set."""


def explain_problem(of: Problem, seconds: float) -> int:
    """Explain, print, and give the exit code; raises CliError."""
    search = load_explain()
    with interrupts() as signals:
        ended = until_signal(
            lambda: search(
                of.league,
                of.completeness,
                seconds,
                earlier=of.earlier,
                stop=signals.stop,
                workers=of.workers,
            ),
            signals,
        )
    found = ended.outcome
    if ended.signal is not None:
        raise _interrupted(found, ended.signal)
    if found is None:
        raise CliError("the search failed unexpectedly; please report the lines above")
    print(explanation_text(found, of.completeness))
    return ExitCode.INFEASIBLE if found.conflicts else ExitCode.DONE


def _interrupted(found: "Explanation | None", signal: int) -> CliError:
    """The end by a signal; a conflict that is known by then is printed."""
    if found is None or not found.conflicts:
        return CliError("interrupted: nothing is proven", exit_code(signal))
    print(explanation_text(found))
    return CliError("interrupted: that is what was found so far", exit_code(signal))


def load_explain() -> Explain:
    """The solver's search for conflicts."""
    from matchday_solver.explain import explain

    return explain


def explanation_text(
    found: "Explanation", completeness: Completeness = Completeness.REQUIRED
) -> str:
    """The conflict, what is proven of it, and what would help; or that there is none."""
    from matchday_solver.explain import told

    if found.conflicts:
        return printable(told(found))
    kept = FEASIBLE if completeness is Completeness.REQUIRED else WITH_MISSING
    return kept if found.feasible else NOTHING
