"""`matchday explain` from the problem to the text and the exit code."""

import threading
from typing import TYPE_CHECKING, Protocol

from matchday_api.league import League
from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.request import Completeness
from matchday_api.status import ExitCode
from matchday_cli.errors import CliError
from matchday_cli.local.search import exit_code, interrupts, until_signal
from matchday_cli.show.text import one_line

if TYPE_CHECKING:
    from matchday_solver.explain import Conflict, Explanation

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
    if ended.signal is not None:
        raise CliError("interrupted: nothing is proven", exit_code(ended.signal))
    if (found := ended.outcome) is None:
        raise CliError("the search failed unexpectedly; please report the lines above")
    print(explanation_text(found, of.completeness))
    return ExitCode.INFEASIBLE if found.conflicts else ExitCode.DONE


def load_explain() -> Explain:
    """The solver's search for conflicts."""
    from matchday_solver.explain import explain

    return explain


def explanation_text(
    found: "Explanation", completeness: Completeness = Completeness.REQUIRED
) -> str:
    """The conflict, whether it is minimal, and what would help."""
    if not found.conflicts:
        kept = FEASIBLE if completeness is Completeness.REQUIRED else WITH_MISSING
        return kept if found.feasible else NOTHING
    lines = [f"{one_line(found.proof)}."] if found.proof else []
    lines += [f"{found.claim}:", *_members(found.conflicts)]
    for other in found.others:
        lines += ["Nor can these, apart from that:", *_members(other)]
    lines.append(_certainty(found))
    gone = ", were nothing else in the way" if found.others else ""
    lines += _ways_out(f"What would help{gone}:", found.remedies)
    for remedies in found.other_remedies:
        lines += _ways_out(f"What would help with the next{gone}:", remedies)
    return "\n".join(lines)


def _ways_out(title: str, remedies: tuple[str, ...]) -> list[str]:
    return [title, *(f"  - {one_line(remedy)}" for remedy in remedies)] if remedies else []


def _members(conflict: "tuple[Conflict, ...]") -> list[str]:
    return [f"  {one_line(each.path)}: {one_line(each.text)}" for each in conflict]


def _certainty(found: "Explanation") -> str:
    """What is proven of the conflicts."""
    if not found.has_more:
        return _minimality(found)
    more = "resolve what is told, then ask again"
    if found.remedies:
        more = "each of these ways out resolves it too"
    return f"{_minimality(found)} There is another conflict besides: {more}."


def _minimality(found: "Explanation") -> str:
    """What is proven of the members."""
    if not found.proven_minimal:
        return "Fewer of them may do: the time did not suffice to prove that all are needed."
    if found.others:
        return "Each conflict needs all of its members, and each has to be resolved."
    if found.is_only:
        return "Without any one of them there would be a schedule."
    if found.has_more:
        return "All of them are needed."
    return "All of them are needed; whether there is another conflict besides is not known."
