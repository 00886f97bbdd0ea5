"""Status of the three kinds: what the operator and the solver write and users read."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, PlainSerializer, field_serializer

from matchday_api.base import Model
from matchday_api.request import DnsName, ObjectName
from matchday_api.schedule import Game

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$", max_length=64)]
Digest = Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$", max_length=71)]
Writer = Annotated[str, Field(max_length=64)]


def _four_digits(gap: float) -> float:
    """Enough to read; schedule.json has all digits."""
    return round(gap, 4)


Gap = Annotated[float, PlainSerializer(_four_digits, when_used="unless-none")]
"""A relative gap, written with four digits."""


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
    """What it is about, such as `Complete`."""
    status: Annotated[str, Field(pattern="^(True|False|Unknown)$", max_length=7)]
    """True, False or Unknown."""
    reason: Annotated[str, Field(max_length=1024)]
    """Why, in one word."""
    message: Annotated[str, Field(max_length=32_768)] = ""
    """Why, and what the user can do."""
    last_transition_time: datetime
    """Moves only when the status flips."""
    observed_generation: int | None = None
    """Generation of the spec that it is about."""


class Progress(Model):
    """How far a search is."""

    percent: Annotated[int, Field(ge=0, le=100)] = 0
    """How far the work is; 100 once it has ended."""
    message: Annotated[str, Field(max_length=1024)] = ""
    """What the search does now, in one sentence."""
    games_placed: int = 0
    """Games that the best schedule so far has."""
    games_total: int = 0
    """Games that a complete schedule has."""
    games: Annotated[str, Field(max_length=32)] = Field(default_factory=str)
    """Games placed of all, such as `742/800`; always written as the two numbers say."""
    objective: int | None = None
    """Cost of the best schedule so far."""
    bound: int | None = None
    """No complete schedule costs less, or of a repair none that changes as few games."""
    gap: Gap | None = None
    """(objective - bound) / objective of the best schedule so far."""
    elapsed_seconds: float = 0.0
    """Solving time over all attempts."""
    attempt: int = 1
    """Which start of the solver this is, from 1."""
    updated_at: datetime | None = None
    """When the search said so."""

    @field_serializer("games")
    def _write_games(self, _: str) -> str:
        return f"{self.games_placed}/{self.games_total}"


class Result(Model):
    """The schedule of a finished request, in numbers."""

    kind: Annotated[str, Field(max_length=63)] = "Schedule"
    """Kind of the object that holds it."""
    name: DnsName
    """Name of that object."""
    sha256: Sha256
    """Of the schedule.json."""
    games: int
    """Games placed."""
    unplaced: int
    """Games missing."""
    violations: int
    """Broken hard rules that the checker finds; 0 for a valid schedule."""
    objective: int
    """Cost: the weighted sum of the soft terms."""
    bound: int | None = None
    """No complete schedule costs less, or of a repair none that changes as few games; absent with
    games missing."""
    gap: Gap | None = None
    """(objective - bound) / objective; absent with games missing."""
    solver_seconds: float = 0.0
    """Solving time over all attempts."""
    quality: Quality
    """Why the search ended there."""


class ScheduleRequestStatus(Model):
    """Status of a ScheduleRequest."""

    observed_generation: int = 0
    """Generation of the spec that this status is about."""
    phase: Phase = Phase.PENDING
    """Where the request is, in one word; the conditions say more."""
    conditions: Annotated[tuple[Condition, ...], Field(max_length=20)] = ()
    """Complete, Failed and Suspended as a Job has them; Ready, Reconciling and Stalled as kstatus
    reads them."""
    input_digest: Digest | None = None
    """Of the input that is solved, or was."""
    job_ref: ObjectName | None = None
    """The Job of that input."""
    progress: Progress | None = None
    """How far the search is, or was when it ended."""
    result: Result | None = None
    """The schedule; for a failed request its best so far, if there is one."""
    started_at: datetime | None = None
    """When the request was taken up."""
    finished_at: datetime | None = None
    """When it was complete or had failed."""


class OwnedSpec(Model):
    """Spec of a Schedule: which request and input it answers; immutable."""

    request_ref: ObjectName
    """The request."""
    input_digest: Digest
    """Of the input that is solved."""


class SolverRunSpec(OwnedSpec):
    """Spec of a SolverRun; immutable."""

    job_ref: ObjectName
    """The Job whose pods report here."""


class SolverRunStatus(Progress):
    """Status of a SolverRun: the pod that may write, and its progress."""

    writer: Writer | None = None
    """uid of the one pod that may write; a failed test of it ends the pod."""


class ScheduleStatus(Model):
    """Status of a Schedule: checkpoints and, once final, the result."""

    writer: Writer | None = None
    """uid of the one pod that may write."""
    saved_at: datetime | None = None
    """When this was written."""
    final: bool = False
    """Whether the solver has ended with this schedule."""
    sha256: Sha256 | None = None
    """Of the schedule.json."""
    games_placed: int | None = None
    """Games placed."""
    unplaced: int | None = None
    """Games missing."""
    violations: int | None = None
    """Broken hard rules; 0 for a valid schedule."""
    objective: int | None = None
    """Cost: the weighted sum of the soft terms."""
    bound: int | None = None
    """No complete schedule costs less, or of a repair none that changes as few games."""
    gap: Gap | None = None
    """(objective - bound) / objective."""
    solver_seconds: float | None = None
    """Solving time over all attempts."""
    quality: Quality | None = None
    """Why the search ended there."""
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
