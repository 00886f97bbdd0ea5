"""The one module that talks to the API server; its errors become the command line's own."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kubernetes.client import ApiClient, ApiException, CoreV1Api, CustomObjectsApi
from kubernetes.watch import Watch
from urllib3.exceptions import HTTPError

from matchday_cli.cluster.errors import AbsentError, refusal, unreachable

Json = dict[str, Any]
"""An object as the API server gives it."""

GROUP = {"group": "matchday.dev", "version": "v1alpha1"}
FIELD_MANAGER = "matchday-cli"
APPLY = "application/apply-patch+yaml"
MERGE = "application/merge-patch+json"
TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io"
PAGE = 500
"""Rows of a table, and a twentieth of it whole objects, that are read at once."""
TIMEOUT = (10, 60)
"""Seconds to connect, and to wait for an answer."""


class Cluster:
    """The requests and schedules of one namespace."""

    def __init__(self, client: ApiClient, namespace: str) -> None:
        self.namespace = namespace
        self._server = client.configuration.host
        self._objects: Any = CustomObjectsApi(client)  # its answers are typed as object
        self._core = CoreV1Api(client)

    def request(self, name: str) -> Json:
        """A ScheduleRequest; raises AbsentError."""
        return self._get("schedulerequests", name)

    def schedule(self, name: str) -> Json:
        """A Schedule; raises AbsentError."""
        return self._get("schedules", name)

    def config_map_data(self, name: str, key: str) -> bytes:
        """One key of a ConfigMap; raises AbsentError."""
        with self._errors():
            found = self._core.read_namespaced_config_map(
                name, self.namespace, _request_timeout=TIMEOUT
            )
        binary, texts = found.binary_data or {}, found.data or {}
        if key in binary:
            return base64.b64decode(binary[key])
        if key in texts:
            return texts[key].encode()
        raise AbsentError(f"ConfigMap {name} has no key {key}")

    def apply(self, manifest: Json, *, force: bool) -> Json:
        """Server-side apply of a ScheduleRequest; the object as it is then."""
        return self._patch(manifest["metadata"]["name"], manifest, _content_type=APPLY, force=force)

    def change(self, name: str, change: Json) -> Json:
        """Merge a change into a ScheduleRequest; the object as it is then."""
        return self._patch(name, change, _content_type=MERGE)

    def delete(self, name: str) -> None:
        """Delete a ScheduleRequest; raises AbsentError."""
        with self._errors():
            self._objects.delete_namespaced_custom_object(
                **self._where("schedulerequests"), name=name, _request_timeout=TIMEOUT
            )

    def tables(self, name: str = "", *, everywhere: bool = False) -> Iterator[Json]:
        """ScheduleRequests as the server's own tables, page by page; one only where named."""
        selected = {"field_selector": f"metadata.name={name}"} if name else {}
        return self._pages(PAGE, everywhere, _headers={"Accept": TABLE}, **selected)

    def requests(self, *, everywhere: bool = False) -> Iterator[Json]:
        """All ScheduleRequests."""
        for page in self._pages(PAGE // 20, everywhere):
            yield from page["items"]

    def changes(self, name: str, version: str, seconds: int) -> Iterator[tuple[str, Json]]:
        """(ADDED, MODIFIED or DELETED, object) of a request since a version, for some seconds."""
        with self._errors():
            events = Watch().stream(
                self._objects.list_namespaced_custom_object,
                **self._where("schedulerequests"),
                field_selector=f"metadata.name={name}",
                resource_version=version,
                timeout_seconds=seconds,
                _request_timeout=(TIMEOUT[0], seconds + 10),
            )
            for event in filter(None, events):
                yield event["type"], event["object"]

    def _get(self, plural: str, name: str) -> Json:
        with self._errors():
            found: Json = self._objects.get_namespaced_custom_object(
                **self._where(plural), name=name, _request_timeout=TIMEOUT
            )
        return found

    def _patch(self, name: str, body: Json, **how: Any) -> Json:
        """The answer is read here: the client drops that of a patch which made the object (201)."""
        with self._errors():
            answer = self._objects.patch_namespaced_custom_object(
                **self._where("schedulerequests"),
                name=name,
                body=body,
                field_manager=FIELD_MANAGER,
                _request_timeout=TIMEOUT,
                _preload_content=False,
                **how,
            )
            changed: Json = json.loads(answer.data)
        return changed

    def _pages(self, size: int, everywhere: bool, **how: Any) -> Iterator[Json]:
        read = self._objects.list_namespaced_custom_object
        where = self._where("schedulerequests")
        if everywhere:
            read = self._objects.list_custom_object_for_all_namespaces
            where = {**GROUP, "resource_plural": where["plural"]}
        more: str | None = ""
        while more is not None:
            with self._errors():
                page: Json = read(
                    **where, limit=size, _continue=more, _request_timeout=TIMEOUT, **how
                )
            yield page
            more = page["metadata"].get("continue") or None

    def _where(self, plural: str) -> dict[str, str]:
        return {**GROUP, "namespace": self.namespace, "plural": plural}

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except ApiException as error:
            raise refusal(error.status or 0, error.body or str(error.reason or "")) from error
        except (HTTPError, json.JSONDecodeError) as error:
            raise unreachable(self._server, error) from error
