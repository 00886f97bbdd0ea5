"""Status of the three kinds: what the operator and the solver write and users read."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from matchday_api.base import Model
from matchday_api.request import ObjectName
from matchday_api.schedule import Game


class Phase(StrEnum):
    """Where a request is, in one word."""

    PENDING = "Pending"
    QUEUED = "Queued"
    RUNNING = "Running"
    SUSPENDED = "Suspended"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"


class Reason(StrEnum):
    """Why a request ended without a result that counts."""

    INVALID_LEAGUE = "InvalidLeague"
    INFEASIBLE = "Infeasible"
    INCOMPLETE = "Incomplete"
    NO_SOLUTION_IN_TIME = "NoSolutionInTime"
    OUT_OF_MEMORY = "OutOfMemory"
    IMAGE_PULL_FAILED = "ImagePullFailed"
    QUOTA_EXCEEDED = "QuotaExceeded"
    DEADLINE_EXCEEDED = "DeadlineExceeded"
    SOLVER_CRASHED = "SolverCrashed"
    RESULT_LOST = "ResultLost"


class Quality(StrEnum):
    """What is known of a finished schedule."""

    OPTIMAL = "Optimal"
    GAP_REACHED = "GapReached"
    TIME_LIMIT = "TimeLimit"


class ExitCode:
    """Exit codes of the command line and of the solver's container."""

    DONE = 0
    UNEXPECTED = 1
    INVALID_INPUT = 2
    INFEASIBLE = 3
    NO_SCHEDULE_IN_TIME = 4
    VIOLATIONS = 5
    INTERRUPTED = 130
    TERMINATED = 143


class Condition(Model):
    """A condition as Kubernetes defines it."""

    type: Annotated[str, Field(max_length=316)]
    status: Annotated[str, Field(pattern="^(True|False|Unknown)$")]
    reason: Annotated[str, Field(max_length=1024)]
    message: Annotated[str, Field(max_length=32_768)] = ""
    last_transition_time: datetime
    """Moves only when the status flips."""
    observed_generation: int | None = None


class Progress(Model):
    """How far a search is."""

    percent: Annotated[int, Field(ge=0, le=100)] = 0
    message: Annotated[str, Field(max_length=1024)] = ""
    games_placed: int = 0
    games_total: int = 0
    objective: int | None = None
    bound: int | None = None
    gap: float | None = None
    elapsed_seconds: float = 0.0
    """Solving time over all attempts."""
    attempt: int = 1
    updated_at: datetime | None = None


class Result(Model):
    """The schedule of a finished request, in numbers."""

    kind: str = "Schedule"
    name: str
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """Of the schedule.json."""
    games: int
    unplaced: int
    violations: int
    objective: int
    bound: int | None = None
    gap: float | None = None
    solver_seconds: float = 0.0
    quality: Quality


class ScheduleRequestStatus(Model):
    """Status of a ScheduleRequest."""

    observed_generation: int = 0
    phase: Phase = Phase.PENDING
    conditions: Annotated[tuple[Condition, ...], Field(max_length=20)] = ()
    input_digest: str | None = None
    job_ref: ObjectName | None = None
    progress: Progress | None = None
    result: Result | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None


class OwnedSpec(Model):
    """Spec of a Schedule: which request and input it answers; immutable."""

    request_ref: ObjectName
    input_digest: str


class SolverRunSpec(OwnedSpec):
    """Spec of a SolverRun; immutable."""

    job_ref: ObjectName


class SolverRunStatus(Progress):
    """Status of a SolverRun: the pod that may write, and its progress."""

    writer: str | None = None
    """uid of the one pod that may write; a failed test of it ends the pod."""


class ScheduleStatus(Model):
    """Status of a Schedule: checkpoints and, once final, the result."""

    writer: str | None = None
    saved_at: datetime | None = None
    final: bool = False
    """Whether the solver has ended with this schedule."""
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    games_placed: int | None = None
    unplaced: int | None = None
    violations: int | None = None
    objective: int | None = None
    bound: int | None = None
    gap: float | None = None
    solver_seconds: float | None = None
    quality: Quality | None = None
    games: Annotated[tuple[Game, ...], Field(max_length=40_000)] | None = None
    """The games as a plain list, once final and up to 600 KB."""
    compressed: Annotated[str, Field(max_length=1_400_000)] | None = None
    """base64 of the gzipped schedule.json."""


class Termination(Model):
    """What the solver leaves as its container's termination message, as JSON."""

    reason: Annotated[str, Field(max_length=64)]
    """A Reason, or `Done`, `Interrupted`."""
    message: Annotated[str, Field(max_length=3000)] = ""
    details: dict[str, Any] = Field(default_factory=dict)
