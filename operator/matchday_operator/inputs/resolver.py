"""Finds out a request's input, reading and checking again only what has changed."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

from matchday_api.digest import object_name
from matchday_api.faults import InvalidInput
from matchday_operator.decide.model import Input, Invalid, Missing, Resolved
from matchday_operator.errors import Conflict
from matchday_operator.inputs.parse import Parsed, Text, parse
from matchday_operator.inputs.sources import (
    InputMissing,
    Source,
    content,
    earlier_source,
    league_source,
    sources,
)
from matchday_operator.kinds import REQUEST, SCHEDULE, Kind
from matchday_operator.records import Json, Key, Request, Run
from matchday_operator.trim import record

SOURCE_CHECK_SECONDS = 10.0
"""How often the objects that a request refers to are looked at, at most."""

KEPT_SNAPSHOTS = 16


@dataclass(frozen=True)
class _Known:
    """An input that was read, and the state of everything that it was read from."""

    spec_hash: str
    sources: str
    input: Resolved | Invalid
    checked: float
    """When the state was last compared, by the steady clock."""


class Objects(Protocol):
    """The part of the API that is needed."""

    async def get(self, kind: Kind, namespace: str, name: str) -> Json | None:
        """An object, or None."""

    async def get_metadata(self, kind: Kind, namespace: str, name: str) -> Json | None:
        """An object with its metadata alone, or None."""


class Resolver:
    """Inputs by request; keeps digests, and the packed problems of the latest few."""

    def __init__(self, api: Objects, threads: Executor, clock: Callable[[], float]) -> None:
        self._api = api
        self._threads = threads
        self._clock = clock
        self._known: dict[Key, _Known] = {}
        self._packed: OrderedDict[str, bytes] = OrderedDict()

    async def resolve(self, request: Request, runs: tuple[Run, ...]) -> Input:
        """The input of a request; what has been read before is not read again."""
        key = request.request_key
        known = self._known.get(key)
        if known is not None and self._is_fresh(request, known):
            return known.input
        try:
            state = await self._source_state(request)
        except InputMissing as missing:
            return _of_runs(request, runs, None) or Missing(str(missing))
        remembered = self._remembered(request, state, known) or _of_runs(request, runs, state)
        found: Input = remembered or await self._read(request, state)
        if isinstance(found, Missing):
            made = _of_runs(request, runs, None)
            if made is None:
                return found
            found = made
        self._known[key] = _Known(_identity(request), state, found, self._clock())
        return found

    async def packed(self, request: Request, wanted: Resolved) -> bytes | None:
        """The packed problem of an input; None where the request's input is another by now."""
        if wanted.name not in self._packed:
            self._known.pop(request.request_key, None)
            await self._read(request, wanted.sources)
        return self._packed.get(wanted.name)

    def forget(self, key: Key) -> None:
        """Drop what is known of a request that is gone."""
        self._known.pop(key, None)

    def _is_fresh(self, request: Request, known: _Known) -> bool:
        if known.spec_hash != _identity(request):
            return False
        return not request.has_sources or self._clock() - known.checked < SOURCE_CHECK_SECONDS

    def _remembered(
        self, request: Request, state: str, known: _Known | None
    ) -> Resolved | Invalid | None:
        same = known is not None and (known.spec_hash, known.sources) == (_identity(request), state)
        return known.input if known is not None and same else None

    async def _source_state(self, request: Request) -> str:
        """In which state the objects are that the request refers to."""
        if request.spec is None:
            return ""
        states = []
        for source in sources(request.spec):
            found = await self._api.get_metadata(source.kind, request.namespace, source.name)
            if found is None:
                raise source.not_found(request.namespace)
            states.append(_state(source, found["metadata"]))
        return ",".join(states)

    async def _read(self, request: Request, state: str) -> Input:
        """The input as it is now.

        `state` was taken before: should a source change in between, the next look notices.
        """
        body = await self._api.get(REQUEST, request.namespace, request.name)
        if body is None or body["metadata"]["uid"] != request.uid:
            raise Conflict("get", 409, "the request has just been replaced")
        current = record(REQUEST, body)
        if not isinstance(current, Request) or _identity(current) != _identity(request):
            raise Conflict("get", 409, "the request has just been changed")
        try:
            parsed = await self._parse(request, body)
        except InputMissing as missing:
            return Missing(str(missing))
        except InvalidInput as error:
            return Invalid(tuple(map(str, error.faults)), error.more)
        self._keep(parsed)
        return Resolved(parsed.digest, parsed.name, state)

    async def _parse(self, request: Request, body: Json) -> Parsed:
        spec = request.spec
        league = await self._text(request, league_source(spec) if spec else None)
        earlier = await self._text(request, earlier_source(spec) if spec else None)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, parse, body, league, earlier)

    async def _text(self, request: Request, source: Source | None) -> Text | None:
        if source is None:
            return None
        body = await self._api.get(source.kind, request.namespace, source.name)
        if body is None:
            raise source.not_found(request.namespace)
        return source, content(source, body)

    def _keep(self, parsed: Parsed) -> None:
        self._packed[parsed.name] = parsed.packed
        self._packed.move_to_end(parsed.name)
        while len(self._packed) > KEPT_SNAPSHOTS:
            self._packed.popitem(last=False)


def _state(source: Source, metadata: Json) -> str:
    """A ConfigMap is followed as it changes.

    A Schedule is taken as it is when first read: one that is still being improved would otherwise
    start its repair again and again.
    """
    version = "" if source.kind == SCHEDULE else metadata["resourceVersion"]
    return f"{metadata['uid']}/{version}"


def _identity(request: Request) -> str:
    """Of all that can make an input invalid, and so also of what only its runs depend on."""
    return f"{request.uid}/{request.spec_hash}/{request.run_hash}"


def _of_runs(request: Request, runs: tuple[Run, ...], state: str | None) -> Resolved | None:
    """The input of a run that was made from this very state of the request and its sources.

    Without a state the sources, or what was read of them, are gone: the run that was made from
    them still counts.
    """
    matching = [
        run
        for run in runs
        if run.spec_hash == request.spec_hash
        and (state is None or run.sources == state)
        and object_name(request.name, request.uid, run.digest) == run.name
    ]
    current = request.status.get("inputDigest")
    matching.sort(key=lambda run: (run.digest == current, run.created))
    if not matching:
        return None
    run = matching[-1]
    return Resolved(run.digest, run.name, run.sources)
