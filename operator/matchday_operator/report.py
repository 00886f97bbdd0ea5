"""Writes a request's status when it has changed, and progress only so often."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from matchday_api.status import Phase, ScheduleRequestStatus
from matchday_operator.errors import TOO_LARGE, ApiError, Forbidden, Refused
from matchday_operator.kinds import EVENT, REQUEST, Kind
from matchday_operator.logs import get_logger
from matchday_operator.manifests.event import event
from matchday_operator.metrics import Metrics
from matchday_operator.notes import Note, ended, main_condition, note
from matchday_operator.records import Json, Key, Request
from matchday_operator.store import Store

PROGRESS_SECONDS = 2.0
"""Shortest time between two writes of nothing but progress."""

PROGRESS_WRITES_PER_SECOND = 25.0
"""Writes of progress that the API server is asked for, over all requests."""

_log = get_logger(__name__)


class Desk(Protocol):
    """The part of the API that is needed."""

    async def apply_status(self, kind: Kind, manifest: Json) -> Json | None:
        """Make a status what the manifest says; the object's metadata, or None."""

    async def create(self, kind: Kind, manifest: Json) -> Json:
        """Make an object."""

    def server_now(self) -> datetime:
        """The time by the API server's clock."""


class Reporter:
    """Writes status and Events."""

    def __init__(
        self, api: Desk, store: Store, metrics: Metrics, clock: Callable[[], float]
    ) -> None:
        self._api = api
        self._store = store
        self._metrics = metrics
        self._clock = clock
        self._written: dict[Key, float] = {}
        """When the progress of a running request was last written."""

    async def report(self, request: Request, status: ScheduleRequestStatus) -> float | None:
        """Write a status; returns the seconds to wait where it is too early for it."""
        after = dump(status)
        if same(request.status, after):
            return None
        wait = self._wait(request.request_key)
        if wait > 0 and same(_essence(request.status), _essence(after)):
            return wait
        try:
            await self._write(request, after)
        except (Refused, Forbidden) as error:
            await self._post(request, _refusal(request, error))
            raise
        self._remember(request.request_key, status.phase)
        await self._tell(request, status)
        return None

    def clear(self) -> None:
        """Drop everything: others have written meanwhile."""
        self._written.clear()

    def forget(self, key: Key) -> None:
        """Drop what is known of a request that is gone."""
        self._written.pop(key, None)

    def _wait(self, key: Key) -> float:
        interval = max(PROGRESS_SECONDS, len(self._written) / PROGRESS_WRITES_PER_SECOND)
        return self._written.get(key, float("-inf")) + interval - self._clock()

    def _remember(self, key: Key, phase: Phase) -> None:
        if phase is Phase.RUNNING:
            self._written[key] = self._clock()
        else:
            self._written.pop(key, None)

    async def _write(self, request: Request, status: Json) -> None:
        manifest = {
            "apiVersion": REQUEST.api_version,
            "kind": REQUEST.name,
            "metadata": {
                "name": request.name,
                "namespace": request.namespace,
                "uid": request.uid,
            },
            "status": status,
        }
        if await self._api.apply_status(REQUEST, manifest) is not None:
            self._store.note_status(request, status)

    async def _tell(self, request: Request, status: ScheduleRequestStatus) -> None:
        reason, message = main_condition(status)
        if ended(request.status, status):
            self._metrics.outcomes.labels(reason).inc()
            if status.phase is Phase.SUCCEEDED and status.result is not None:
                self._metrics.solve_seconds.observe(status.result.solver_seconds)
        told = note(request.status, status)
        if told is None:
            return
        _log.info(told.reason, namespace=request.namespace, request=request.name, message=message)
        await self._post(request, told)

    async def _post(self, request: Request, told: Note) -> None:
        try:
            await self._api.create(EVENT, event(request, told, self._api.server_now()))
        except ApiError as error:
            _log.debug("event not posted", error=str(error))


def _refusal(request: Request, error: ApiError) -> Note:
    """A status that is not taken cannot say so itself; the Event is there once a generation."""
    message = (
        f"The API server does not take this request's status ({error}). {_advice(error)}; it is"
        " tried again every minute."
    )
    return Note("StatusRefused", message, True, str(request.generation))


def _advice(error: ApiError) -> str:
    if isinstance(error, Forbidden):
        return "Let the operator's account patch schedulerequests/status"
    if TOO_LARGE in error.message:
        return "Put the league into a ConfigMap (spec.leagueFrom)"
    return "Upgrade the CRDs to those of the operator's chart"


def dump(status: ScheduleRequestStatus) -> Json:
    """A status with all its fields but those that are absent."""
    return status.model_dump(mode="json", by_alias=True, exclude_none=True)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values say the same; absent and null are one."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = {*one, *other}
        return all(same(one.get(key), other.get(key)) for key in keys)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _essence(status: Json) -> Json:
    """A status without what changes while a solver runs."""
    conditions = [
        {key: value for key, value in each.items() if key != "message"}
        for each in status.get("conditions") or ()
    ]
    rest = {key: value for key, value in status.items() if key != "progress"}
    return {**rest, "conditions": conditions}
