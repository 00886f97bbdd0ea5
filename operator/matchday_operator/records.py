"""What the operator keeps of the objects it watches: small records, never whole leagues."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from matchday_api.faults import Fault
from matchday_api.request import ScheduleRequestSpec
from matchday_api.status import Progress

Json = dict[str, Any]
Key = tuple[str, str]
"""Namespace and name of a ScheduleRequest."""

SPEC_HASH = "matchday.dev/spec-hash"
"""Annotation of a SolverRun: hash of the request's fields that decide its input."""

SOURCES = "matchday.dev/sources"
"""Annotation of a SolverRun: resource versions of the objects that its input was read from."""

RUN_HASH = "matchday.dev/run-hash"
"""Annotation of a SolverRun: hash of the request's fields on how its Job runs."""

CONTAINER = "solver"
"""Name of the solver's container; others may have been injected beside it."""


@dataclass(frozen=True, slots=True)
class Record(ABC):
    """What all records have."""

    namespace: str
    name: str
    uid: str
    resource_version: str
    deleting: bool

    @property
    @abstractmethod
    def request_key(self) -> Key:
        """The request that the object belongs to."""


@dataclass(frozen=True, slots=True)
class Request(Record):
    """A ScheduleRequest without its league."""

    generation: int
    spec: ScheduleRequestSpec | None
    """The spec without `league`; None where it is not acceptable."""
    faults: tuple[Fault, ...]
    """Why `spec` is None."""
    has_league: bool
    spec_hash: str
    run_hash: str
    regenerate: str
    queue: str
    """Name of a Kueue queue, or empty."""
    status: Json = field(compare=False)

    @property
    def request_key(self) -> Key:
        """Its own namespace and name."""
        return self.namespace, self.name

    @property
    def has_sources(self) -> bool:
        """Whether its input is read from other objects too."""
        return self.spec is not None and bool(self.spec.league_from or self.spec.changes)


@dataclass(frozen=True, slots=True)
class Owned(Record):
    """An object that belongs to a request by label; by owner reference it must agree."""

    request: str
    owner_uid: str

    @property
    def request_key(self) -> Key:
        """The request named in its label."""
        return self.namespace, self.request


@dataclass(frozen=True, slots=True)
class Job(Owned):
    """A Job of a request."""

    suspended: bool
    finished: bool
    succeeded: bool
    fail_reason: str
    """Reason of the Job's condition Failed, such as BackoffLimitExceeded."""
    fail_message: str
    started: datetime | None
    """When its clock for the deadline started, by the control plane's clock."""
    deadline: int | None
    ttl: int | None
    failed_pods: int
    queue: str
    """Kueue queue that owns its `suspend`, or empty."""


@dataclass(frozen=True, slots=True)
class Pod(Owned):
    """A pod of a Job of a request."""

    job: str
    phase: str
    node: str
    unschedulable: str
    """The scheduler's message where there is no room."""
    waiting_reason: str
    waiting_message: str
    running: bool
    exit_code: int | None
    end_reason: str
    """Reason of the container's end, such as OOMKilled."""
    end_message: str
    """The container's termination message."""
    disrupted: bool
    grace: int
    created: str

    @property
    def ended(self) -> bool:
        """Whether it runs no more."""
        return self.phase in ("Succeeded", "Failed")


@dataclass(frozen=True, slots=True)
class Run(Owned):
    """A SolverRun of a request."""

    digest: str
    created: str
    writer: str
    progress: Progress | None
    spec_hash: str
    sources: str
    run_hash: str


def parse_time(text: object) -> datetime | None:
    """A Kubernetes timestamp; None where there is none."""
    if not isinstance(text, str):
        return None
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
