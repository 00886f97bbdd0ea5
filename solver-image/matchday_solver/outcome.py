"""What a solve reports on its way and how it ends."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from matchday_api.schedule import ScheduleFile
from matchday_api.status import Progress, Quality


class Ending(StrEnum):
    """How a solve ended."""

    SOLVED = "Solved"
    """With a valid schedule that counts as success."""
    INFEASIBLE = "Infeasible"
    """No schedule keeps all rules."""
    INCOMPLETE = "Incomplete"
    """The time is up and games are missing, though completeness is required."""
    NO_SCHEDULE_IN_TIME = "NoScheduleInTime"
    """The time is up and no valid schedule is known."""
    OUT_OF_MEMORY = "OutOfMemory"
    """The league needs more memory than there is; the search has not begun."""
    INTERRUPTED = "Interrupted"
    """It was asked to stop."""


@dataclass(frozen=True)
class Outcome:
    """The result of a solve."""

    ending: Ending
    schedule: ScheduleFile | None
    """The best valid schedule, with what it lacks."""
    quality: Quality | None
    """What is known of the schedule; None where it does not count as success."""
    message: str
    """How it ended and what to do."""


class Reporter(Protocol):
    """Who is told of the search while it runs."""

    def progress(self, progress: Progress) -> None:
        """How far the search is; cheap, may be called often."""

    def improved(self, schedule: ScheduleFile) -> None:
        """A better schedule than any before, checked."""
