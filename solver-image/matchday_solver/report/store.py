"""The SolverRun and the Schedule of one run: claimed once, then written behind the fence."""

from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import quote

from matchday_api.base import Model
from matchday_api.status import ScheduleStatus, SolverRunStatus
from matchday_solver.report.api import GoneError, RejectedError, UnavailableError
from matchday_solver.report.fence import FenceLostError, Patch, claim, fenced, writer_of
from matchday_solver.report.restore import Earlier, restore

RUNS = "solverruns"
SCHEDULES = "schedules"
_GROUP = "/apis/matchday.dev/v1alpha1"


class StatusApi(Protocol):
    """What the store needs of the API server."""

    def read(self, path: str) -> dict[str, Any]:
        """The object at a path."""

    def patch(self, path: str, patch: Patch) -> dict[str, Any]:
        """The object after a JSON patch."""


class Store:
    """The two objects of one run, as the pod `writer` writes them.

    Every method raises UnavailableError where a later try may do, FenceLostError where this pod
    must end, and RejectedError where the API server refuses this very content.
    """

    def __init__(self, api: StatusApi, namespace: str, run: str, writer: str) -> None:
        self.writer = writer
        self._api = api
        self._namespace = quote(namespace, safe="")
        self._run = quote(run, safe="")

    def claim(self) -> Earlier:
        """Make this pod the writer of both objects, and read what earlier ones have left."""
        run = self._read(RUNS)
        attempt = restore(run, {}).attempts + (writer_of(run) != self.writer)
        run = self._claim(RUNS, run, {"attempt": attempt})
        schedule = self._claim(SCHEDULES, self._read(SCHEDULES), {})
        earlier = restore(run, schedule)
        return Earlier(attempt - 1, earlier.elapsed, earlier.saved)

    def save_progress(self, status: SolverRunStatus) -> None:
        """Replace the status of the SolverRun."""
        self._write(RUNS, status)

    def save_schedule(self, status: ScheduleStatus) -> None:
        """Replace the status of the Schedule."""
        self._write(SCHEDULES, status)

    def _claim(
        self, kind: str, found: Mapping[str, Any], fields: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Claim one object as just read; its state afterwards."""
        if writer_of(found) == self.writer:
            return dict(found)
        try:
            return self._api.patch(self._path(kind), claim(found, self.writer, fields))
        except GoneError as error:
            raise FenceLostError(f"{kind} {self._run} was deleted") from error
        except RejectedError as error:
            now = self._read(kind)
            if writer_of(now) == self.writer:
                return now
            raise UnavailableError(f"{kind} could not be claimed: {error}") from error

    def _write(self, kind: str, status: Model) -> None:
        content = status.model_dump(mode="json", by_alias=True, exclude_none=True)
        try:
            self._api.patch(self._path(kind), fenced(self.writer, content))
        except GoneError as error:
            raise FenceLostError(f"{kind} {self._run} was deleted") from error
        except RejectedError:
            writer = writer_of(self._read(kind))
            if writer == self.writer:
                raise
            raise FenceLostError(f"the pod {writer} has taken over the run") from None

    def _read(self, kind: str) -> dict[str, Any]:
        try:
            return self._api.read(self._path(kind))
        except GoneError as error:
            raise FenceLostError(f"{kind} {self._run} does not exist") from error

    def _path(self, kind: str) -> str:
        return f"{_GROUP}/namespaces/{self._namespace}/{kind}/{self._run}/status"
