"""What the operator knows of the cluster: small records, and which of them belong together."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from matchday_operator.kinds import JOB, POD, REQUEST, RUN, WATCHED, Kind
from matchday_operator.records import Job, Json, Key, Owned, Pod, Record, Request, Run

ObjectKey = tuple[str, str]
"""Namespace and name of any object."""

OwnedRecord = TypeVar("OwnedRecord", bound=Owned)


class Store:
    """Records of all watched objects; tells `changed` which request a change concerns."""

    def __init__(self, changed: Callable[[Key], None]) -> None:
        self._changed = changed
        self._records: dict[Kind, dict[ObjectKey, Record]] = {kind: {} for kind in WATCHED}
        self._owned: dict[Key, dict[tuple[Kind, str], Owned]] = {}

    def put(self, kind: Kind, record: Record) -> None:
        """Take over a newer state of an object; an older one is ignored."""
        key = (record.namespace, record.name)
        known = self._records[kind].get(key)
        if known is not None and not _is_newer(record, known):
            return
        if known is not None:
            self._unlink(kind, known)
        self._records[kind][key] = record
        if isinstance(record, Owned):
            self._owned.setdefault(record.request_key, {})[kind, record.name] = record
        self._changed(record.request_key)

    def drop(self, kind: Kind, key: ObjectKey, uid: str | None = None) -> None:
        """Forget an object that is gone; with a uid, only that one."""
        known = self._records[kind].get(key)
        if known is None or (uid is not None and known.uid != uid):
            return
        del self._records[kind][key]
        self._unlink(kind, known)
        self._changed(known.request_key)

    def note_status(self, request: Request, status: Json) -> None:
        """Remember a status that was written to a request, until the watch brings the object.

        The record keeps its resource version: the object of the new one may have another spec, by
        a user's change in between, and that must not be taken for known. Where the watch has
        brought such a change meanwhile, it still has the status of before.
        """
        known = self.request(request.request_key)
        before = (request.uid, request.status)
        if known is not None and (known.uid, known.status) == before:
            self._records[REQUEST][request.request_key] = replace(known, status=status)

    def request(self, key: Key) -> Request | None:
        """A request."""
        found = self._records[REQUEST].get(key)
        return found if isinstance(found, Request) else None

    def requests(self) -> Iterator[Request]:
        """All requests."""
        return (each for each in self._records[REQUEST].values() if isinstance(each, Request))

    def jobs(self, request: Request) -> tuple[Job, ...]:
        """The Jobs whose controller is the request."""
        return self._of(request, JOB, Job, by_owner=True)

    def runs(self, request: Request) -> tuple[Run, ...]:
        """The SolverRuns whose controller is the request."""
        return self._of(request, RUN, Run, by_owner=True)

    def pods(self, request: Request) -> tuple[Pod, ...]:
        """The pods of the request's Jobs."""
        jobs = {job.uid for job in self.jobs(request)}
        every = self._of(request, POD, Pod, by_owner=False)
        return tuple(pod for pod in every if pod.owner_uid in jobs)

    def keys(self, kind: Kind) -> dict[ObjectKey, tuple[str, str]]:
        """uid and resource version of every object of a kind."""
        return {
            key: (record.uid, record.resource_version)
            for key, record in self._records[kind].items()
        }

    def _of(
        self, request: Request, kind: Kind, record: type[OwnedRecord], by_owner: bool
    ) -> tuple[OwnedRecord, ...]:
        owned: Iterable[tuple[tuple[Kind, str], Owned]] = self._owned.get(
            request.request_key, {}
        ).items()
        found = [
            each
            for (each_kind, _), each in owned
            if each_kind == kind
            and isinstance(each, record)
            and (not by_owner or each.owner_uid == request.uid)
        ]
        return tuple(sorted(found, key=lambda each: each.name))

    def _unlink(self, kind: Kind, record: Record) -> None:
        if not isinstance(record, Owned):
            return
        of_request = self._owned.get(record.request_key, {})
        of_request.pop((kind, record.name), None)
        if not of_request:
            self._owned.pop(record.request_key, None)


def _is_newer(record: Record, known: Record) -> bool:
    """Resource versions of one kind are decimal numbers that grow."""
    if record.uid != known.uid:
        return _number(record) >= _number(known)
    return _number(record) > _number(known)


def _number(record: Record) -> int:
    return int(record.resource_version) if record.resource_version.isdecimal() else 0
