"""Which of two schedules is better, and the newest that the search has told."""

import threading

from matchday_api.schedule import ScheduleFile
from matchday_api.status import Progress


def rank(schedule: ScheduleFile) -> tuple[bool, int, int, int]:
    """The order of schedules, best first: valid, missing games, changes, cost."""
    tiers = schedule.objective.tiers
    return (
        not schedule.validation.valid,
        tiers.missing,
        tiers.changes or 0,
        schedule.objective.total,
    )


def is_better(schedule: ScheduleFile, than: ScheduleFile | None) -> bool:
    """Whether a schedule is strictly better than another, or the first one."""
    return than is None or rank(schedule) < rank(than)


def _known(best: ScheduleFile) -> Progress:
    """How far the search was that made a schedule, before a new one tells more."""
    objective = best.objective
    return Progress(
        message="Going on from the schedule so far",
        games_placed=len(best.games),
        games_total=len(best.games) + objective.tiers.missing,
        objective=objective.total,
        bound=objective.bound,
        gap=objective.gap,
    )


class Newest:
    """The reporter that the search gets: keeps the newest progress and the best schedule.

    It only remembers, so that the search never waits; a `Writer` looks at it from time to time.
    """

    def __init__(self, best: ScheduleFile | None = None) -> None:
        """Start with the best schedule of earlier attempts, if any."""
        self.best = best
        self.latest = Progress() if best is None else _known(best)
        self._lock = threading.Lock()

    def progress(self, progress: Progress) -> None:
        """How far the search is; may be called often."""
        self.latest = progress

    def improved(self, schedule: ScheduleFile) -> None:
        """A schedule; it counts where it is better than the best so far."""
        with self._lock:
            if is_better(schedule, self.best):
                self.best = schedule

    def settled(self, schedule: ScheduleFile | None) -> ScheduleFile | None:
        """The schedule to end with: the given one, unless the best so far is better."""
        if schedule is None or (self.best is not None and is_better(self.best, schedule)):
            return self.best
        return schedule
