"""Operators as processes of their own, with the rights that the chart gives them."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from matchday_operator.kinds import LEASE
from tests.chart.rendered import of_kind, render
from tests.operator.cluster import Cluster, Namespace, eventually
from tests.operator.control_plane import KUBECONFIG, ControlPlane

RBAC = "/apis/rbac.authorization.k8s.io/v1"
SYSTEM = "matchday-system"
LEASE_NAME = "matchday-operator"


@dataclass(frozen=True)
class Process:
    """A running operator."""

    process: asyncio.subprocess.Process
    log: Path
    health: int
    metrics: int

    async def ready(self) -> bool:
        """Whether its readiness probe passes."""
        try:
            return await _status(self.health, "/readyz") == 200
        except aiohttp.ClientError:
            return False

    async def metric(self, line: str) -> float:
        """The value of a metric, 0 where it has none."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{self.metrics}/metrics") as answer,
        ):
            text = await answer.text()
        found = [each for each in text.splitlines() if each.startswith(f"{line} ")]
        return float(found[0].split()[-1]) if found else 0.0

    async def end(self, number: signal.Signals) -> int:
        """Send a signal and wait; gives the exit code."""
        self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), 30)


async def _status(port: int, path: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status


@asynccontextmanager
async def operator(
    plane: ControlPlane, folder: Path, name: str, ports: tuple[int, int], **env: str
) -> AsyncIterator[Process]:
    """Run an operator process; its log is shown when the block fails."""
    log = folder / f"{name}.log"
    settings = {
        "KUBECONFIG": str(plane.kubeconfig),
        "POD_NAME": name,
        "POD_NAMESPACE": SYSTEM,
        "MATCHDAY_LEASE_NAME": LEASE_NAME,
        "MATCHDAY_SOLVER_IMAGE": "localhost/solver:test",
        "MATCHDAY_HEALTH_PORT": str(ports[0]),
        "MATCHDAY_METRICS_PORT": str(ports[1]),
        "MATCHDAY_LOG_FORMAT": "text",
        "MATCHDAY_SWEEP_SECONDS": "2",
        **env,
    }
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "matchday_operator"),
            env={**os.environ, **settings},
            stdout=output,
            stderr=output,
        )
    try:
        yield Process(process, log, *ports)
    except BaseException:
        print(log.read_text()[-20_000:])
        raise
    finally:
        await _stop(process)


async def _stop(process: asyncio.subprocess.Process) -> None:
    """End a process, so that it gives the lease back and the next test need not wait."""
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 15)
        except TimeoutError:
            process.kill()
    await process.wait()


async def holder(cluster: Cluster) -> str:
    """Who holds the Lease."""
    found = await cluster.call("GET", LEASE.path(SYSTEM, LEASE_NAME))
    return str(found.get("spec", {}).get("holderIdentity", ""))


async def held_by(cluster: Cluster, name: str) -> None:
    """Wait until a replica holds the Lease."""

    async def probe() -> bool:
        return await holder(cluster) == name

    await eventually(probe, f"{name} leads")


async def least_rights(
    cluster: Cluster, plane: ControlPlane, folder: Path, *watched: Namespace
) -> Path:
    """The chart's rights for watched namespaces; gives a kubeconfig with just these."""
    objects = render({"watchNamespaces": [ns.name for ns in watched]})
    wanted = ("ServiceAccount", "ClusterRole", "Role", "RoleBinding", "ClusterRoleBinding")
    for kind in wanted:
        for manifest in of_kind(objects, kind):
            await _apply(cluster, manifest)
    account = of_kind(objects, "ServiceAccount")[0]["metadata"]["name"]
    path = f"/api/v1/namespaces/{SYSTEM}/serviceaccounts/{account}/token"
    body = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}
    token = (await cluster.call("POST", path, body))["status"]["token"]
    kubeconfig = folder / "least.kubeconfig"
    kubeconfig.write_text(KUBECONFIG.format(url=plane.url, ca=plane.ca, token=token))
    return kubeconfig


async def _apply(cluster: Cluster, manifest: dict[str, Any]) -> None:
    """Make an object what the manifest says, whether it is there or not."""
    name = manifest["metadata"]["name"]
    path = f"{_path(manifest)}/{name}?fieldManager=tests&force=true"
    await cluster.call("PATCH", path, manifest, "application/apply-patch+yaml")


def _path(manifest: dict[str, Any]) -> str:
    plural = f"{manifest['kind'].lower()}s"
    root = "/api/v1" if manifest["kind"] == "ServiceAccount" else RBAC
    namespace = manifest["metadata"].get("namespace")
    return f"{root}/namespaces/{namespace}/{plural}" if namespace else f"{root}/{plural}"
