"""The only caller of the API server: plain objects in and out, errors as the operator's own."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

import aiohttp
from kubernetes.aio.client import ApiClient, Configuration

from matchday_operator.errors import Conflict, LeaseLost, TryAgain, error_for
from matchday_operator.kinds import LEASE, Kind
from matchday_operator.metrics import Metrics
from matchday_operator.records import Json

FIELD_MANAGER = "matchday-operator"
READ_SECONDS = 15.0
WRITE_SECONDS = 5.0
"""A write begun at the end of the time in which the leader renews is over before the lease is."""

PAGE = 500
MAX_PAGES = 1000

_METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
_METADATA_LIST = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
_JSON = "application/json"
_MERGE = "application/merge-patch+json"
_APPLY = "application/apply-patch+yaml"
_MANAGED = {"fieldManager": FIELD_MANAGER}


@dataclass(frozen=True)
class _Call:
    method: str
    verb: str
    path: str
    body: Json | None = None
    content: str = _JSON
    query: Mapping[str, str] = field(default_factory=dict)
    accept: str = _JSON
    seconds: float = READ_SECONDS

    @property
    def headers(self) -> dict[str, str]:
        return {"Accept": self.accept, "Content-Type": self.content}

    @property
    def url_query(self) -> str:
        filled = {key: value for key, value in self.query.items() if value}
        return f"?{urlencode(filled)}" if filled else ""


@dataclass(frozen=True)
class _Answer:
    status: int
    data: bytes
    headers: Mapping[str, str]


class Api:
    """Calls to one API server; writes only while `may_write` says so."""

    def __init__(
        self, configuration: Configuration, metrics: Metrics, may_write: Callable[[], bool]
    ) -> None:
        # Else aiohttp looks for ~/.netrc at each request.
        configuration.client_session_kwargs = {"trust_env": False}
        self._client = ApiClient(configuration)
        self._client.user_agent = FIELD_MANAGER
        self._metrics = metrics
        self._may_write = may_write
        self._clock_offset = timedelta()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.rest_client.close()

    def server_now(self) -> datetime:
        """The time by the API server's clock, to about a second."""
        return datetime.now(UTC) + self._clock_offset

    async def get(self, kind: Kind, namespace: str, name: str) -> Json | None:
        """An object, or None where there is none."""
        return await self._call(_Call("GET", "get", kind.path(namespace, name)))

    async def get_metadata(self, kind: Kind, namespace: str, name: str) -> Json | None:
        """An object with its metadata alone, or None where there is none."""
        path = kind.path(namespace, name)
        return await self._call(_Call("GET", "get", path, accept=_METADATA))

    async def create(self, kind: Kind, manifest: Json) -> Json:
        """Make an object; raises Conflict where the name is in use."""
        path = kind.path(manifest["metadata"]["namespace"])
        made = await self._write(_Call("POST", "create", path, manifest, query=_MANAGED))
        return made or {}

    async def apply_status(self, kind: Kind, manifest: Json) -> Json | None:
        """Make the status what the manifest says.

        Gives the object with its metadata alone, or None where it is gone.
        """
        meta = manifest["metadata"]
        path = kind.path(meta["namespace"], meta["name"], "status")
        query = {**_MANAGED, "force": "true"}
        return await self._write(
            _Call("PATCH", "apply", path, manifest, _APPLY, query, accept=_METADATA)
        )

    async def patch(
        self, kind: Kind, namespace: str, name: str, change: Json, subresource: str = ""
    ) -> Json | None:
        """Merge a change into an object; None where it is gone."""
        path = kind.path(namespace, name, subresource)
        return await self._write(_Call("PATCH", "patch", path, change, _MERGE, query=_MANAGED))

    async def delete(
        self, kind: Kind, namespace: str, name: str, uid: str, grace: int | None = None
    ) -> None:
        """Delete exactly the object of that uid with what it owns; one that is gone is fine."""
        options: Json = {"preconditions": {"uid": uid}, "propagationPolicy": "Background"}
        if grace is not None:
            options["gracePeriodSeconds"] = grace
        await self._write(_Call("DELETE", "delete", kind.path(namespace, name), options))

    async def list_metadata(self, kind: Kind, namespace: str | None) -> AsyncIterator[Json]:
        """The metadata of all objects of a kind that are the operator's concern, page by page."""
        query = {"limit": str(PAGE), "labelSelector": kind.selector}
        path = kind.path(namespace)
        for _ in range(MAX_PAGES):
            found = await self._call(_Call("GET", "list", path, query=query, accept=_METADATA_LIST))
            if found is None:
                raise TryAgain("list", 404, f"{kind.name} is not served; is its CRD installed?")
            for item in found.get("items") or ():
                yield item["metadata"]
            query = {**query, "continue": (found.get("metadata") or {}).get("continue", "")}
            if not query["continue"]:
                return

    async def list_some(
        self, kind: Kind, namespace: str | None, fields: str, limit: int
    ) -> list[Json]:
        """Some objects by field selector."""
        query = {"fieldSelector": fields, "limit": str(limit)}
        page = await self._call(_Call("GET", "list", kind.path(namespace), query=query))
        return list((page or {}).get("items") or ())

    async def get_lease(self, namespace: str, name: str) -> Json | None:
        """A Lease, or None where there is none."""
        path = LEASE.path(namespace, name)
        return await self._call(_Call("GET", "get", path, seconds=WRITE_SECONDS))

    async def put_lease(self, manifest: Json) -> Json:
        """Make a Lease, or replace the state of it that the manifest names.

        Raises Conflict where another was quicker. It needs no lease itself.
        """
        meta = manifest["metadata"]
        known = "resourceVersion" in meta
        path = LEASE.path(meta["namespace"], meta["name"] if known else "")
        method, verb = ("PUT", "update") if known else ("POST", "create")
        put = await self._call(_Call(method, verb, path, manifest, seconds=WRITE_SECONDS))
        if put is None:
            raise Conflict(verb, 404, "the Lease has just been deleted")
        return put

    async def _write(self, call: _Call) -> Json | None:
        if not self._may_write():
            raise LeaseLost(f"{call.verb} {call.path}")
        return await self._call(call, WRITE_SECONDS)

    async def _call(self, call: _Call, at_most: float = READ_SECONDS) -> Json | None:
        answer = await self._send(call, min(call.seconds, at_most))
        self._metrics.api_requests.labels(call.verb, f"{answer.status // 100}xx").inc()
        self._set_clock(answer.headers.get("Date"))
        if answer.status == 404 and call.verb != "create":
            return None
        if answer.status >= 300:
            wait = _seconds(answer.headers.get("Retry-After"))
            raise error_for(call.verb, answer.status, _message(answer.data), wait)
        return dict(json.loads(answer.data)) if answer.data else {}

    async def _send(self, call: _Call, seconds: float) -> _Answer:
        try:
            request = await self._client.param_serialize(
                call.method, call.path, header_params=call.headers, auth_settings=["BearerToken"]
            )
            sent = await self._client.call_api(
                call.method,
                request[1] + call.url_query,
                request[2],
                call.body,
                _request_timeout=aiohttp.ClientTimeout(total=seconds),
            )
            response: aiohttp.ClientResponse = sent.response
            return _Answer(response.status, await response.read(), response.headers)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._metrics.api_requests.labels(call.verb, "none").inc()
            raise TryAgain(call.verb, 0, f"{type(error).__name__}: {error}") from error

    def _set_clock(self, date: str | None) -> None:
        if date:
            self._clock_offset = parsedate_to_datetime(date) - datetime.now(UTC)


def _message(data: bytes) -> str:
    try:
        return str(json.loads(data).get("message", ""))
    except (ValueError, AttributeError):
        return data[:200].decode("utf-8", "replace")


def _seconds(text: str | None) -> float:
    return min(float(text), 60.0) if text and text.isdecimal() else 0.0
