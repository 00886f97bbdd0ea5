"""What a repair changes, and what it leaves although the league is another by now."""

from collections.abc import Sequence
from dataclasses import dataclass

from matchday_api.checker import check, excused
from matchday_api.problem import Problem
from matchday_api.schedule import ScheduleFile
from matchday_cli.show.text import one_line
from matchday_cli.show.violations import violation_lines

NOTHING_LEFT = "every game is frozen, so nothing could change; see --frozen-before"


@dataclass(frozen=True)
class Repair:
    """The lines that tell it; none where nothing is repaired."""

    moved: Sequence[str] = ()
    """Each change to the earlier schedule with its reason."""
    new: Sequence[str] = ()
    """Each game that is no earlier one."""
    frozen: Sequence[str] = ()
    """Each rule that is broken only by games that stay."""
    note: str = ""
    """Why nothing could change; mostly empty."""


NO_REPAIR = Repair()


def repair_of(problem: Problem | None, schedule: ScheduleFile | None) -> Repair:
    """What a schedule changes of the earlier one of its problem."""
    if problem is None or problem.earlier is None or schedule is None:
        return NO_REPAIR
    # Imported here, so that a command that repairs nothing does without the solver.
    from matchday_solver.repair.moves import lines

    games, before = schedule.games, problem.earlier.frozen_before
    given = (problem.league, games, schedule.unplaced, problem.earlier)
    broken = () if before is None else excused(*given, check(*given).violations)
    is_all = before is not None and bool(games) and all(game.date < before for game in games)
    return Repair(
        *lines(problem, games),
        [one_line(line) for line in violation_lines(broken, games)],
        NOTHING_LEFT if is_all else "",
    )
