"""A solver's container in tests, with a search that a test directs."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import Any

from matchday_api.problem import Problem
from matchday_api.schedule import ScheduleFile
from matchday_api.status import Progress, Quality
from matchday_solver import run as run_module
from matchday_solver.attempt import Control
from matchday_solver.outcome import Ending, Outcome, Reporter
from matchday_solver.report.inbox import Signalled
from matchday_solver.report.settings import Settings
from tests.solver.cluster_double import ClusterDouble
from tests.solver.report_builders import a_schedule


def ended(
    ending: Ending, schedule: ScheduleFile | None = None, quality: Quality | None = None
) -> Outcome:
    """What a search gives back."""
    return Outcome(ending, schedule, quality, "What to do.")


@dataclass
class Search:
    """A search that ends as a test says, and keeps what it was given."""

    outcome: Outcome | Exception
    tells: tuple[ScheduleFile, ...] = ()
    until_stopped: bool = False
    meanwhile: Callable[[], None] = lambda: None
    given: dict[str, Any] = field(default_factory=dict)
    problem: Problem | None = None
    stopped: bool = False

    def __call__(
        self, problem: Problem, reporter: Reporter, stop: threading.Event, **given: Any
    ) -> Outcome:
        self.given, self.problem = given, problem
        reporter.progress(Progress(percent=50, games_placed=1, games_total=1, message="Placing"))
        for schedule in self.tells:
            reporter.improved(schedule)
        self.meanwhile()
        if self.until_stopped:
            self.stopped = stop.wait(30)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


SOLVED = ended(Ending.SOLVED, a_schedule(total=3), Quality.OPTIMAL)
STOPPED = ended(Ending.INTERRUPTED)


@dataclass
class Pod:
    """The solver's container in a cluster."""

    cluster: ClusterDouble
    settings: Settings
    control: Control

    def run(self, search: Search) -> int:
        """Its exit code."""
        return run_module.run(self.settings, self.control, search)

    def sigterm(self) -> None:
        """What the signal handler does."""
        self.control.stop.set()
        self.control.inbox.put(Signalled(15))

    @property
    def message(self) -> dict[str, Any]:
        """The termination message."""
        found: dict[str, Any] = json.loads(self.settings.termination_log.read_text())
        return found


def another(pod: Pod, uid: str = "pod-2") -> Pod:
    """A later pod of the same run."""
    settings = replace(pod.settings, pod_uid=uid)
    return Pod(pod.cluster, settings, Control(SimpleQueue(), threading.Event(), 3.3))
