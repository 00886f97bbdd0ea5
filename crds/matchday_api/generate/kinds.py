"""The three kinds: names, models and the columns of `kubectl get`."""

from dataclasses import dataclass

from matchday_api.base import Model
from matchday_api.request import ScheduleRequestSpec
from matchday_api.status import (
    OwnedSpec,
    ScheduleRequestStatus,
    ScheduleStatus,
    SolverRunSpec,
    SolverRunStatus,
)

GROUP = "matchday.dev"
VERSION = "v1alpha1"


@dataclass(frozen=True)
class Column:
    """A column of `kubectl get`."""

    name: str
    path: str
    """JSONPath in the object."""
    type: str = "string"
    wide: bool = False
    """Whether only `-o wide` shows it."""


@dataclass(frozen=True)
class Kind:
    """One kind of the API group."""

    name: str
    plural: str
    short_name: str
    description: str
    spec: type[Model]
    status: type[Model]
    columns: tuple[Column, ...]
    categories: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """Name of the CRD's file."""
        return f"{self.plural}.yaml"


AGE = Column("Age", ".metadata.creationTimestamp", "date")

KINDS = (
    Kind(
        name="ScheduleRequest",
        plural="schedulerequests",
        short_name="sreq",
        description="A league to schedule, or an earlier schedule to repair.",
        spec=ScheduleRequestSpec,
        status=ScheduleRequestStatus,
        categories=("all",),
        columns=(
            Column("Phase", ".status.phase"),
            Column("Progress", ".status.progress.games"),
            Column("Gap", ".status.progress.gap", "number"),
            Column("Quality", ".status.result.quality"),
            Column("Reason", '.status.conditions[?(@.type=="Ready")].reason'),
            AGE,
            Column("Message", '.status.conditions[?(@.type=="Ready")].message', wide=True),
            Column("Job", ".status.jobRef.name", wide=True),
            Column("Result", ".status.result.name", wide=True),
        ),
    ),
    Kind(
        name="SolverRun",
        plural="solverruns",
        short_name="srun",
        description="One solver at work on a ScheduleRequest. The operator makes it.",
        spec=SolverRunSpec,
        status=SolverRunStatus,
        columns=(
            Column("Request", ".spec.requestRef.name"),
            Column("Progress", ".status.games"),
            Column("Cost", ".status.objective", "integer"),
            Column("Gap", ".status.gap", "number"),
            Column("Seconds", ".status.elapsedSeconds", "number"),
            Column("Attempt", ".status.attempt", "integer"),
            AGE,
            Column("Message", ".status.message", wide=True),
        ),
    ),
    Kind(
        name="Schedule",
        plural="schedules",
        short_name="sched",
        description="The schedule that answers a ScheduleRequest. The operator makes it.",
        spec=OwnedSpec,
        status=ScheduleStatus,
        columns=(
            Column("Request", ".spec.requestRef.name"),
            Column("Games", ".status.gamesPlaced", "integer"),
            Column("Unplaced", ".status.unplaced", "integer"),
            Column("Cost", ".status.objective", "integer"),
            Column("Gap", ".status.gap", "number"),
            Column("Quality", ".status.quality"),
            AGE,
        ),
    ),
)
