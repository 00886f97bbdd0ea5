"""What the main thread of the container waits for.

The search, the writer and the thread that takes signals put into it.
"""

from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TypeAlias

from matchday_solver.outcome import Outcome


@dataclass(frozen=True)
class Signalled:
    """The container is to end."""

    number: int


@dataclass(frozen=True)
class Searched:
    """The search has ended, with an outcome or an error."""

    future: Future[Outcome]


@dataclass(frozen=True)
class FenceLost:
    """Another pod is the writer now, or the objects are gone."""

    message: str


@dataclass(frozen=True)
class Saved:
    """Everything is in the cluster."""


@dataclass(frozen=True)
class NotSaved:
    """The last save has failed for good."""

    message: str
    too_large: bool = False
    """Whether no later attempt could save it either."""


Message: TypeAlias = Signalled | Searched | FenceLost | Saved | NotSaved
Inbox: TypeAlias = "SimpleQueue[Message]"
