"""A control plane and one operator for all tests that need them."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
import yaml
from kubernetes.aio import config as kube_config
from kubernetes.aio.client import Configuration

from matchday_operator.app import App
from matchday_operator.config import Config, SolverPod
from matchday_operator.nesting import allow_deep_objects
from tests.operator.cluster import Cluster, Namespace, eventually
from tests.operator.control_plane import ControlPlane, running

CRDS = Path(__file__).parents[2] / "crds"
GROUP_PATH = "/apis/matchday.dev/v1alpha1"
CRD_PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
SOLVER = SolverPod("localhost/solver:test", cluster_role="matchday-solver")


@pytest.fixture(scope="session")
def plane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane with our kinds."""
    with running(tmp_path_factory.mktemp("plane")) as started:
        yield started


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def cluster(plane: ControlPlane) -> AsyncIterator[Cluster]:
    """The control plane, as an administrator."""
    opened = Cluster(plane)
    await install_crds(opened)
    yield opened
    await opened.close()


async def install_crds(cluster: Cluster) -> None:
    """Have our kinds served."""
    for path in sorted(CRDS.glob("*.yaml")):
        await cluster.call("POST", CRD_PATH, yaml.safe_load(path.read_text()))
    for plural in ("schedulerequests", "solverruns", "schedules"):
        await eventually(partial(cluster.call, "GET", f"{GROUP_PATH}/{plural}"), f"{plural} served")


async def connection(plane: ControlPlane) -> Configuration:
    """The operator's way to the API server."""
    configuration = Configuration()
    load: Callable[..., Awaitable[None]] = kube_config.load_kube_config
    await load(config_file=str(plane.kubeconfig), client_configuration=configuration)
    return configuration


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def operator(plane: ControlPlane, cluster: Cluster) -> AsyncIterator[App]:
    """A running operator that leads and has a complete store."""
    os.environ["KUBECONFIG"] = str(plane.kubeconfig)
    settings = Config(
        SOLVER, "test", health_port=0, metrics_port=0, sweep_seconds=2.0, image_pull_patience=2.0
    )
    allow_deep_objects()
    app = App(settings, await connection(plane))
    ending = asyncio.Event()
    task = asyncio.create_task(app.run(ending))
    yield app
    ending.set()
    await task


@pytest_asyncio.fixture(loop_scope="session")
async def ns(cluster: Cluster, operator: App) -> Namespace:
    """A fresh namespace, watched by the operator."""
    return await cluster.namespace()
