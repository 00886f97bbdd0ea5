"""An API server on 127.0.0.1 that keeps ScheduleRequests and their kin, and fails on demand.

A real API server cannot be told to answer 503 or to cut a watch just now; whether a real one is
understood is told by the end-to-end tests.
"""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]
COLUMNS = [
    {"name": "Name"},
    {"name": "Phase"},
    {"name": "Gap"},
    {"name": "Message", "priority": 1},
]


@dataclass(frozen=True)
class Call:
    """One request that was made."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Json


class ApiDouble:
    """The objects of a cluster, and every request that was made."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self.objects: dict[tuple[str, str, str], Json] = {}
        """By plural, namespace and name."""
        self.trouble: deque[tuple[int, Json | str]] = deque()
        """Answers that are given before anything is looked at."""
        self.on_patch: Callable[[Json], None] = lambda _: None
        """What the operator does to an object that was changed."""
        self.cut = threading.Event()
        """Ends every watch at once."""
        self.watching = threading.Event()
        """Set while a watch is open."""
        self._events: list[tuple[int, str, Json]] = []
        self._version = 0
        self._changed = threading.Condition()

    def put(self, plural: str, name: str, namespace: str = "leagues", **content: Any) -> Json:
        """Make or replace an object."""
        with self._changed:
            metadata = {"name": name, "namespace": namespace} | content.pop("metadata", {})
            made: Json = {"metadata": metadata, **content}
            self._store(plural, made, "ADDED")
            return made

    def set_status(self, name: str, **status: Any) -> None:
        """The operator writes a request's status."""
        with self._changed:
            found = self.objects["schedulerequests", "leagues", name]
            self._store("schedulerequests", found | {"status": status}, "MODIFIED")

    def remove(self, name: str) -> bool:
        """Delete a request; whether it was there."""
        with self._changed:
            gone = self.objects.pop(("schedulerequests", "leagues", name), None)
            if gone is not None:
                self._tell("DELETED", gone)
            return gone is not None

    def patch(self, plural: str, namespace: str, name: str, body: Json) -> Json:
        """Merge a change into an object, which is made where it is not there."""
        with self._changed:
            old = self.objects.get((plural, namespace, name), {"metadata": {}})
            new = _merged(old, body)
            same = old.get("spec") == new.get("spec")
            generation = old["metadata"].get("generation", 0) + (not same)
            new["metadata"] |= {"name": name, "namespace": namespace, "generation": generation}
            self.on_patch(new)
            self._store(plural, new, "MODIFIED")
            return new

    def events(self, name: str, since: int, seconds: float) -> Iterator[Json]:
        """Changes of a request after a version, as a watch gives them."""
        self.watching.set()
        while self._wait_for_change(since, seconds):
            found = [(v, k, o) for v, k, o in self._events if v > since]
            for version, kind, changed in found:
                since = version
                if changed["metadata"]["name"] == name:
                    yield {"type": kind, "object": changed}
            if self.cut.is_set():
                self.cut.clear()
                return

    def _wait_for_change(self, since: int, seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(
                lambda: self._version > since or self.cut.is_set(), seconds
            )

    def cut_watches(self) -> None:
        """End every watch now."""
        with self._changed:
            self.cut.set()
            self._changed.notify_all()

    def _store(self, plural: str, made: Json, kind: str) -> None:
        metadata = made["metadata"]
        self._tell(kind, made)
        self.objects[plural, metadata["namespace"], metadata["name"]] = made

    def _tell(self, kind: str, changed: Json) -> None:
        self._version += 1
        changed["metadata"] = changed["metadata"] | {"resourceVersion": str(self._version)}
        self._events.append((self._version, kind, json.loads(json.dumps(changed))))
        self._changed.notify_all()


def _merged(old: Json, change: Json) -> Json:
    both = {
        key: _merged(old[key], value)
        if isinstance(value, dict) and isinstance(old.get(key), dict)
        else value
        for key, value in change.items()
    }
    return old | both


def not_found(plural: str, name: str) -> Json:
    """The Status of an object that is not there."""
    message = f'{plural}.matchday.dev "{name}" not found'
    return {"kind": "Status", "message": message, "details": {"name": name, "kind": plural}}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    double: ApiDouble

    def do_GET(self) -> None:
        plural, namespace, name, query = self._where({})
        if self._in_trouble():
            return
        if name:
            self._object(plural, namespace, name)
        elif query.get("watch"):
            self._watch(query)
        else:
            self._list(plural, namespace, query)

    def do_PATCH(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        plural, namespace, name, _ = self._where(body)
        if self._in_trouble():
            return
        merges = self.headers["Content-Type"] == "application/merge-patch+json"
        is_new = (plural, namespace, name) not in self.double.objects
        if merges and is_new:
            self._answer(404, not_found(plural, name))
        else:
            self._answer(201 if is_new else 200, self.double.patch(plural, namespace, name, body))

    def do_DELETE(self) -> None:
        plural, _, name, _ = self._where({})
        if not self._in_trouble():
            gone = self.double.remove(name)
            self._answer(200 if gone else 404, {} if gone else not_found(plural, name))

    def _where(self, body: Json) -> tuple[str, str, str, dict[str, str]]:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        headers = {key.title(): value for key, value in self.headers.items()}
        self.double.calls.append(Call(self.command, parts.path, query, headers, body))
        words = parts.path.strip("/").split("/")
        if "namespaces" not in words:
            return words[-1], "", "", query
        namespace, plural, *name = words[words.index("namespaces") + 1 :]
        return plural, namespace, "".join(name), query

    def _in_trouble(self) -> bool:
        if not self.double.trouble:
            return False
        self._answer(*self.double.trouble.popleft())
        return True

    def _object(self, plural: str, namespace: str, name: str) -> None:
        found = self.double.objects.get((plural, namespace, name))
        self._answer(200 if found else 404, found or not_found(plural, name))

    def _list(self, plural: str, namespace: str, query: dict[str, str]) -> None:
        wanted = query.get("fieldSelector", "").removeprefix("metadata.name=")
        found = [
            each
            for (kind, space, name), each in sorted(self.double.objects.items())
            if kind == plural and namespace in ("", space) and wanted in ("", name)
        ]
        first = int(query.get("continue") or 0)
        page = found[first : first + int(query.get("limit", 1000))]
        more = {"continue": str(first + len(page))} if found[first + len(page) :] else {}
        if "as=Table" in self.headers["Accept"]:
            rows = [_row(each) for each in page]
            self._answer(200, {"metadata": more, "columnDefinitions": COLUMNS, "rows": rows})
        else:
            self._answer(200, {"metadata": more, "items": page})

    def _watch(self, query: dict[str, str]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        name = query["fieldSelector"].removeprefix("metadata.name=")
        since, seconds = int(query["resourceVersion"]), float(query["timeoutSeconds"])
        for event in self.double.events(name, since, seconds):
            line = json.dumps(event).encode() + b"\n"
            self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
        self.wfile.write(b"0\r\n\r\n")

    def _answer(self, status: int, document: Json | str) -> None:
        is_text = isinstance(document, str)
        data = document.encode() if isinstance(document, str) else json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain" if is_text else "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


def _row(request: Json) -> Json:
    status = request.get("status", {})
    gap = status.get("progress", {}).get("gap")
    cells = [request["metadata"]["name"], status.get("phase"), gap, "a message"]
    return {"cells": cells, "object": {"metadata": request["metadata"]}}


@contextmanager
def serving() -> Iterator[ApiDouble]:
    """A double that serves on a port of its own."""
    double = ApiDouble()
    handler = type("Handler", (_Handler,), {"double": double})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    double.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield double
    finally:
        double.cut_watches()
        server.shutdown()
        server.server_close()
        thread.join()


def write_kubeconfig(path: Path, url: str, namespace: str | None = "leagues") -> Path:
    """A kubeconfig whose current context is this server and namespace."""
    context = {"cluster": "it", "user": "me"} | ({"namespace": namespace} if namespace else {})
    other = {"cluster": "it", "user": "me", "namespace": "other"}
    path.write_text(
        json.dumps(
            {
                "current-context": "here",
                "clusters": [{"name": "it", "cluster": {"server": url}}],
                "users": [{"name": "me", "user": {"token": "secret"}}],
                "contexts": [
                    {"name": "here", "context": context},
                    {"name": "there", "context": other},
                ],
            }
        )
    )
    return path
