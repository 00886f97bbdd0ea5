"""What frozen games break of the league as it is now; they stay all the same."""

from matchday_api.checker import check
from matchday_api.problem import Problem
from matchday_api.schedule import ScheduleFile
from matchday_cli.show.summary import bounded, violation_lines

NOTHING_LEFT = "note: every game is frozen, so nothing could change; see --frozen-before"


def frozen_lines(problem: Problem, schedule: ScheduleFile) -> list[str]:
    """A line for each rule that is broken only by games that stay; none without frozen games."""
    before = problem.earlier.frozen_before if problem.earlier else None
    if before is None or not any(game.date < before for game in schedule.games):
        return []
    known = set(schedule.validation.violations)
    report = check(problem.league, schedule.games, schedule.unplaced)
    excused = [violation for violation in report.violations if violation not in known]
    lines = bounded(violation_lines(excused, schedule.games, "frozen"), "rules, see `check`")
    return lines if any(game.date >= before for game in schedule.games) else [*lines, NOTHING_LEFT]
