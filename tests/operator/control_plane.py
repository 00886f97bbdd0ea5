"""A Kubernetes control plane without nodes: etcd, API server and controllers on free ports.

The tests play the part of scheduler, kubelet and solver, so that every way in which a pod can fare
can be brought about at will and at once.
"""

import os
import signal
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from devcluster.binaries import control_plane
from devcluster.settings import from_environment

TOKEN = "test-administrator"
CONTROLLERS = (
    "job-controller",
    "serviceaccount-controller",
    "garbage-collector-controller",
    "namespace-controller",
    "ttl-after-finished-controller",
    "root-ca-certificate-publisher-controller",
    "resourcequota-controller",
)
START_SECONDS = 60.0

KUBECONFIG = """
apiVersion: v1
kind: Config
clusters: [{{name: test, cluster: {{server: "{url}", certificate-authority: {ca}}}}}]
users: [{{name: test, user: {{token: {token}}}}}]
contexts: [{{name: test, context: {{cluster: test, user: test}}}}]
current-context: test
"""


@dataclass(frozen=True)
class ControlPlane:
    """A running control plane."""

    url: str
    ca: Path
    kubeconfig: Path
    api_server: "Program"

    def restart_api_server(self) -> None:
        """Kill the API server and start it again."""
        self.api_server.stop(signal.SIGKILL)
        self.api_server.start()
        _wait_until_ready(self)


class Program:
    """A program that is started, and ended with the block."""

    def __init__(self, path: Path, arguments: list[str], folder: Path) -> None:
        self._command = [str(path), *arguments]
        self._log = folder / f"{path.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; its output goes to a file of its name."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it, by force if it does not listen."""
        if self._process is None:
            return
        self._process.send_signal(number)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> "Program":
        """Start it."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.stop()


@contextmanager
def running(folder: Path) -> Iterator[ControlPlane]:
    """Run a control plane whose data is in the folder."""
    programs = control_plane(from_environment(os.environ, root=os.geteuid() == 0))
    etcd, peer, port, manager = (free_port() for _ in range(4))
    _make_keys(folder)
    (folder / "tokens.csv").write_text(f"{TOKEN},admin,admin,system:masters\n")
    server = Program(programs / "kube-apiserver", _api_server(folder, etcd, port), folder)
    url = f"https://127.0.0.1:{port}"
    plane = ControlPlane(url, folder / "ca.crt", folder / "kubeconfig", server)
    plane.kubeconfig.write_text(KUBECONFIG.format(url=plane.url, ca=plane.ca, token=TOKEN))
    with ExitStack() as stack:
        stack.enter_context(Program(programs / "etcd", _etcd(folder, etcd, peer), folder))
        stack.enter_context(server)
        _wait_until_ready(plane)
        controllers = _controllers(folder, plane, manager)
        manager_program = programs / "kube-controller-manager"
        stack.enter_context(Program(manager_program, controllers, folder))
        yield plane


def _etcd(folder: Path, client: int, peer: int) -> list[str]:
    return [
        f"--data-dir={folder / 'etcd'}",
        "--unsafe-no-fsync",
        f"--listen-client-urls=http://127.0.0.1:{client}",
        f"--advertise-client-urls=http://127.0.0.1:{client}",
        f"--listen-peer-urls=http://127.0.0.1:{peer}",
    ]


def _api_server(folder: Path, etcd: int, port: int) -> list[str]:
    return [
        f"--etcd-servers=http://127.0.0.1:{etcd}",
        "--bind-address=127.0.0.1",
        f"--secure-port={port}",
        f"--tls-cert-file={folder / 'server.crt'}",
        f"--tls-private-key-file={folder / 'server.key'}",
        f"--token-auth-file={folder / 'tokens.csv'}",
        "--authorization-mode=RBAC",
        "--service-account-issuer=https://test",
        f"--service-account-key-file={folder / 'server.key'}",
        f"--service-account-signing-key-file={folder / 'server.key'}",
        "--service-cluster-ip-range=10.97.0.0/16",
    ]


def _controllers(folder: Path, plane: ControlPlane, port: int) -> list[str]:
    return [
        f"--kubeconfig={plane.kubeconfig}",
        "--leader-elect=false",
        f"--root-ca-file={plane.ca}",
        f"--service-account-private-key-file={folder / 'server.key'}",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
        "--bind-address=127.0.0.1",
        f"--secure-port={port}",
        f"--cert-dir={folder}",
        f"--controllers={','.join(CONTROLLERS)}",
    ]


def _wait_until_ready(plane: ControlPlane) -> None:
    context = ssl.create_default_context(cafile=str(plane.ca))
    request = urllib.request.Request(
        f"{plane.url}/readyz", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(request, context=context, timeout=5).close()
        except (urllib.error.URLError, OSError) as error:
            if time.monotonic() > deadline:
                raise TimeoutError(f"the API server is not ready: {error}") from error
            time.sleep(0.1)
        else:
            return


def _make_keys(folder: Path) -> None:
    ca, server = folder / "ca", folder / "server"
    key = ["-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made = ["-keyout", f"{ca}.key", "-out", f"{ca}.crt"]
    usage = ["-addext", "keyUsage=critical,keyCertSign"]
    _openssl(["req", "-x509", *key, "-subj", "/CN=test-ca", *usage, *made])
    made = ["-keyout", f"{server}.key", "-out", f"{server}.csr"]
    _openssl(["req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", *made])
    (folder / "server.ext").write_text("subjectAltName=IP:127.0.0.1\n")
    authority = ["-CA", f"{ca}.crt", "-CAkey", f"{ca}.key", "-CAcreateserial", "-days", "2"]
    extensions = ["-extfile", str(folder / "server.ext")]
    signed = ["-in", f"{server}.csr", "-out", f"{server}.crt"]
    _openssl(["x509", "-req", *authority, *extensions, *signed])


def _openssl(arguments: list[str]) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
