"""An API server that holds status objects, applies JSON patches over TLS, and fails on demand.

A real API server cannot be told to answer 503 just now; whether a real one is understood is told
by the end-to-end tests.
"""

import json
import ssl
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Answer = tuple[int, dict[str, Any]]
GROUP = "/apis/matchday.dev/v1alpha1/namespaces/leagues"
RUN_PATH = f"{GROUP}/solverruns/winter-0a1b2c3d/status"
SCHEDULE_PATH = f"{GROUP}/schedules/winter-0a1b2c3d/status"


class ClusterDouble:
    """The SolverRun and the Schedule of one run, and every request that was made."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Any]] = {
            path: {"metadata": {"resourceVersion": "1"}} for path in (RUN_PATH, SCHEDULE_PATH)
        }
        self.trouble: deque[Answer] = deque()
        """Answers that are given before any patch is looked at."""
        self.down = False
        """Whether every request is answered with 503."""
        self.tokens: list[str] = []
        self.writes: list[tuple[str, dict[str, Any]]] = []
        """Path and new status of each patch that was applied."""
        self.on_write: Callable[[str], None] | None = None
        self.url = ""
        self.lock = threading.Lock()

    @property
    def run(self) -> dict[str, Any]:
        """Status of the SolverRun."""
        found: dict[str, Any] = self.objects[RUN_PATH].get("status", {})
        return found

    @property
    def schedule(self) -> dict[str, Any]:
        """Status of the Schedule."""
        found: dict[str, Any] = self.objects[SCHEDULE_PATH].get("status", {})
        return found

    def take_over(self, path: str = RUN_PATH) -> None:
        """Another pod claims the object."""
        self.objects[path].setdefault("status", {})["writer"] = "another-pod"

    def answer(self, path: str, body: Any) -> Answer:
        """What the server says to a patch."""
        if self.down:
            return 503, {"message": "down"}
        if self.trouble:
            return self.trouble.popleft()
        if path not in self.objects:
            return 404, {"message": "not found"}
        if isinstance(body, list):
            try:
                self._apply(path, body)
            except (KeyError, ValueError):
                return 422, {"message": "the server rejected our request"}
            if self.on_write:
                self.on_write(path)
        return 200, self.objects[path]

    def _apply(self, path: str, patch: list[dict[str, Any]]) -> None:
        changed = json.loads(json.dumps(self.objects[path]))
        for step in patch:
            *parents, last = step["path"].strip("/").split("/")
            holder = changed
            for parent in parents:
                holder = holder[parent]
            if step["op"] == "test" and holder[last] != step["value"]:
                raise ValueError("test failed")
            if step["op"] == "add":
                holder[last] = step["value"]
        changed["metadata"]["resourceVersion"] = str(
            int(changed["metadata"]["resourceVersion"]) + 1
        )
        self.objects[path] = changed
        self.writes.append((path, changed["status"]))


def _handler(double: ClusterDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PATCH(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with double.lock:
                double.tokens.append(self.headers["Authorization"])
                status, document = double.answer(self.path, body)
            data = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    return Handler


def make_account(folder: Path) -> Path:
    """A service account folder: a token, and an authority that is the server's certificate."""
    folder.mkdir(exist_ok=True)
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", str(folder / "key"), "-out", str(folder / "ca.crt")]
    subprocess.run(command, check=True, capture_output=True)
    (folder / "token").write_text("first-token\n")
    return folder


@contextmanager
def serving(account: Path) -> Iterator[ClusterDouble]:
    """A double that serves on a port of its own."""
    double = ClusterDouble()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(double))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(account / "ca.crt", account / "key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    double.url = f"https://127.0.0.1:{server.server_address[1]}"
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
