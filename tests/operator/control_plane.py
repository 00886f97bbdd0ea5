"""A Kubernetes control plane without nodes: etcd, API server and controllers on free ports.

The tests play the part of scheduler, kubelet and solver, so that every way in which a pod can fare
can be brought about at will and at once.
"""

import os
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

_KUBECONFIG = """
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


@contextmanager
def running(folder: Path) -> Iterator[ControlPlane]:
    """Run a control plane whose data is in the folder."""
    programs = control_plane(from_environment(os.environ, root=os.geteuid() == 0))
    etcd, peer, port, manager = (_free_port() for _ in range(4))
    _make_keys(folder)
    (folder / "tokens.csv").write_text(f"{TOKEN},admin,admin,system:masters\n")
    plane = ControlPlane(f"https://127.0.0.1:{port}", folder / "ca.crt", folder / "kubeconfig")
    plane.kubeconfig.write_text(_KUBECONFIG.format(url=plane.url, ca=plane.ca, token=TOKEN))
    with ExitStack() as stack:
        stack.enter_context(_process(programs / "etcd", _etcd(folder, etcd, peer), folder))
        server = _api_server(folder, etcd, port)
        stack.enter_context(_process(programs / "kube-apiserver", server, folder))
        _wait_until_ready(plane)
        controllers = _controllers(folder, plane, manager)
        stack.enter_context(_process(programs / "kube-controller-manager", controllers, folder))
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


@contextmanager
def _process(program: Path, arguments: list[str], folder: Path) -> Iterator[None]:
    with (folder / f"{program.name}.log").open("wb") as log:
        process = subprocess.Popen([str(program), *arguments], stdout=log, stderr=log, cwd=folder)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


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


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
