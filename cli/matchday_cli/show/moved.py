"""What a repair changes."""

from matchday_api.problem import Problem
from matchday_api.schedule import ScheduleFile


def moved_lines(problem: Problem | None, schedule: ScheduleFile | None) -> list[str]:
    """Each change to the earlier schedule with its reason, and each new game, a line a game; none
    without one."""
    if problem is None or problem.earlier is None or schedule is None:
        return []
    # Imported here, so that a command that repairs nothing does without the solver.
    from matchday_solver.repair.moves import lines

    return lines(problem, schedule.games)
