"""Remembers which requests' objects the API server would not take, and since when."""

from collections.abc import Callable
from dataclasses import dataclass

from matchday_operator.decide.model import Refusal, RefusalKind
from matchday_operator.errors import (
    ApiError,
    Forbidden,
    NameTaken,
    OverQuota,
    Refused,
    WebhookFailed,
)
from matchday_operator.records import Key, Request

RETRY_SECONDS = 30.0


@dataclass(frozen=True)
class _Memory:
    state: tuple[str, str, str]
    kind: RefusalKind
    message: str
    name: str
    since: float
    tried: float


class Refusals:
    """The last refusal of each request, until its input or how it runs changes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: dict[Key, _Memory] = {}

    def get(self, request: Request) -> Refusal | None:
        """What stands against a request, if anything."""
        known = self._known.get(request.request_key)
        if known is None or known.state != _state(request):
            return None
        now = self._clock()
        due = now - known.tried >= RETRY_SECONDS
        return Refusal(known.kind, known.message, now - known.since, due, known.name)

    def note(self, request: Request, name: str, error: ApiError) -> bool:
        """Remember an error that waiting alone will not cure soon; says whether it is one.

        The name is that of the input whose objects were to be made.
        """
        kind = _kind(error)
        if kind is None:
            return False
        before, now = self.get(request), self._clock()
        same = before is not None and (before.kind, before.name) == (kind, name)
        since = now - before.seconds if before is not None and same else now
        self._known[request.request_key] = _Memory(
            _state(request), kind, error.message, name, since, now
        )
        return True

    def clear(self) -> None:
        """Drop everything: nobody has tried for a while."""
        self._known.clear()

    def forget(self, key: Key) -> None:
        """What stood against a request is over."""
        self._known.pop(key, None)


def _state(request: Request) -> tuple[str, str, str]:
    return request.uid, request.spec_hash, request.run_hash


def _kind(error: ApiError) -> RefusalKind | None:
    if isinstance(error, NameTaken):
        return RefusalKind.NAME_TAKEN
    if isinstance(error, WebhookFailed):
        return RefusalKind.WEBHOOK
    if isinstance(error, OverQuota):
        return RefusalKind.QUOTA
    if isinstance(error, Forbidden):
        return RefusalKind.FORBIDDEN
    return RefusalKind.UNACCEPTABLE if isinstance(error, Refused) else None
