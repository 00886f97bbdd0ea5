"""What a decision is made of: what was observed, and what is to be done and told."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from matchday_api.status import Phase, Progress, Result, ScheduleRequestStatus
from matchday_operator.records import Job, Pod, Run

# ---- observed ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Resolved:
    """The request's input is known and acceptable."""

    digest: str
    name: str
    """Name of the run's objects for this input."""
    sources: str = ""
    """Resource versions of the objects it was read from."""


@dataclass(frozen=True)
class Invalid:
    """The input has faults."""

    lines: tuple[str, ...]
    more: int = 0
    """Faults that are only counted."""


@dataclass(frozen=True)
class Missing:
    """The input is not there yet, such as a ConfigMap that does not exist."""

    message: str


Input = Resolved | Invalid | Missing


@dataclass(frozen=True)
class Saved:
    """A Schedule that was read and holds a schedule."""

    result: Result
    final: bool
    faults: tuple[str, ...] = ()
    """What the checker found; empty where every rule is kept."""


@dataclass(frozen=True)
class Damaged:
    """A Schedule whose content cannot be used."""

    message: str
    final: bool


@dataclass(frozen=True)
class Unsaved:
    """A Schedule without any schedule in it, or no Schedule at all."""

    exists: bool = True


Outcome = Saved | Damaged | Unsaved


class RefusalKind(StrEnum):
    """Why the API server did not take an object."""

    QUOTA = "QuotaExceeded"
    FORBIDDEN = "Forbidden"
    UNACCEPTABLE = "Refused"
    NAME_TAKEN = "NameTaken"
    WEBHOOK = "WebhookFailed"


@dataclass(frozen=True)
class Refusal:
    """The last attempt to make the run's objects was turned down."""

    kind: RefusalKind
    message: str
    seconds: float
    """For how long it has been so."""
    due: bool
    """Whether it is time to try again."""
    name: str
    """Of the input that the objects were for."""


@dataclass(frozen=True)
class Observed:
    """All that is known of a request's world; ages are by the operator's own steady clock."""

    input: Input
    jobs: tuple[Job, ...] = ()
    """Jobs whose controller is this request."""
    pods: tuple[Pod, ...] = ()
    runs: tuple[Run, ...] = ()
    outcome: Outcome | None = None
    """The Schedule of the current input, where it was worth reading."""
    creation_fault: str = ""
    """Why the Job controller cannot make a pod, from the Job's Events."""
    refusal: Refusal | None = None
    ages: dict[str, float] = field(default_factory=dict)
    """Seconds since a fact (see `sightings`) was first seen."""


@dataclass(frozen=True)
class Settings:
    """What the operator's configuration contributes to decisions."""

    image_pull_patience: float = 180.0


@dataclass(frozen=True)
class Now:
    """The moment of a decision."""

    wall: datetime
    """By the API server's clock, as far as known."""
    settings: Settings = Settings()


ENDED_DEADLINE = 1
"""activeDeadlineSeconds that ends a Job now."""

# ---- actions -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class CreateRun:
    """Make the snapshot, the SolverRun, the Schedule and the Job of an input."""

    input: Resolved
    deadline: int
    """activeDeadlineSeconds of the Job."""


@dataclass(frozen=True)
class RestoreInput:
    """Make the snapshot of an input, and the solver's account, again where they were deleted."""

    input: Resolved


@dataclass(frozen=True)
class DeleteJob:
    """Delete a Job with its pods."""

    name: str
    uid: str


@dataclass(frozen=True)
class EndJob:
    """Let the Job controller end a Job now; its ended pods and their logs stay."""

    name: str
    uid: str


@dataclass(frozen=True)
class PatchJob:
    """Change mutable fields of a Job's spec; None leaves a field as it is."""

    name: str
    uid: str
    suspend: bool | None = None
    deadline: int | None = None
    ttl: int | None = None


@dataclass(frozen=True)
class ForceDeletePod:
    """Remove a pod whose node no longer answers."""

    name: str
    uid: str


@dataclass(frozen=True)
class PruneRun:
    """Delete a run's SolverRun, Schedule, snapshot and Job."""

    name: str


Action = CreateRun | RestoreInput | DeleteJob | EndJob | PatchJob | ForceDeletePod | PruneRun

# ---- verdict and decision ----------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """Where a request stands, before it is put into conditions."""

    phase: Phase
    reason: str
    """CamelCase word for the conditions."""
    message: str
    actions: tuple[Action, ...] = ()
    digest: str | None = None
    job: str | None = None
    progress: Progress | None = None
    result: Result | None = None
    recheck: float | None = None
    """Seconds after which to look again though nothing happened."""


@dataclass(frozen=True)
class Decision:
    """What to do, and the status that tells it."""

    status: ScheduleRequestStatus | None = None
    """None: leave the status as it is."""
    actions: tuple[Action, ...] = ()
    recheck: float | None = None
