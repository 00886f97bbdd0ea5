"""Operators as processes: two replicas, least rights, restarts of theirs and of the API server."""

import signal
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from matchday_operator.api import Api
from matchday_operator.errors import Forbidden
from matchday_operator.kinds import JOB, REQUEST
from matchday_operator.metrics import Metrics
from tests.operator.cluster import Cluster, Namespace, eventually, message_of
from tests.operator.conftest import connection, install_crds
from tests.operator.control_plane import ControlPlane, free_port, running
from tests.operator.processes import RBAC, SYSTEM, Process, held_by, least_rights, operator
from tests.operator.schedules import schedule
from tests.operator.test_lifecycle_on_api_server import finish

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


@pytest.fixture(scope="module")
def own_plane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ControlPlane]:
    """A control plane without the operator that the other tests share."""
    with running(tmp_path_factory.mktemp("own-plane")) as started:
        yield started


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def own_cluster(own_plane: ControlPlane) -> AsyncIterator[Cluster]:
    """Its API server, as an administrator."""
    opened = Cluster(own_plane)
    await install_crds(opened)
    await opened.call("POST", "/api/v1/namespaces", {"metadata": {"name": SYSTEM}})
    yield opened
    await opened.close()


@pytest_asyncio.fixture(loop_scope="module")
async def own_ns(own_cluster: Cluster) -> Namespace:
    """A fresh namespace there."""
    return await own_cluster.namespace()


def ports() -> tuple[int, int]:
    """Two free ports."""
    return free_port(), free_port()


async def ready(process: Process) -> None:
    """Wait until a replica is ready."""
    await eventually(process.ready, "the operator is ready")


async def may_list(plane: ControlPlane, namespace: str | None) -> bool:
    """Whether an account is let list the requests of a namespace, or of all."""
    api = Api(await connection(plane), Metrics(), lambda: True)
    try:
        await api.list_some(REQUEST, namespace, "", 1)
    except Forbidden:
        return False
    finally:
        await api.close()
    return True


async def test_the_chart_gives_just_the_rights_that_a_whole_run_needs(
    own_plane: ControlPlane, own_cluster: Cluster, own_ns: Namespace, tmp_path: Path
) -> None:
    kubeconfig = await least_rights(own_cluster, own_plane, tmp_path, own_ns)
    plane = replace(own_plane, kubeconfig=kubeconfig)
    other = await own_cluster.namespace()
    async with operator(plane, tmp_path, "a", ports(), MATCHDAY_NAMESPACES=own_ns.name) as process:
        await ready(process)
        await own_ns.submit(spec={"historyLimit": 1})
        await other.submit()
        first = await finish(own_ns)
        token = {"metadata": {"annotations": {"matchday.dev/regenerate": "2"}}}
        await own_ns.patch(REQUEST, "winter", token)
        await finish(own_ns, other_than=first)

        async def pruned() -> bool:
            return not await own_ns.get(JOB, first)

        await eventually(pruned, "the first run is pruned")
        assert await other.status() == {}
        allowed = [await may_list(plane, ns) for ns in (own_ns.name, other.name, SYSTEM, None)]
        assert allowed == [True, False, False, False]
        assert "forbidden" not in process.log.read_text()
        assert await process.end(signal.SIGTERM) == 0


async def test_a_watched_namespace_that_is_closed_does_not_stop_the_others_and_may_open_again(
    own_plane: ControlPlane, own_cluster: Cluster, own_ns: Namespace, tmp_path: Path
) -> None:
    closed = await own_cluster.namespace()
    kubeconfig = await least_rights(own_cluster, own_plane, tmp_path, own_ns, closed)
    plane = replace(own_plane, kubeconfig=kubeconfig)
    binding = f"{RBAC}/namespaces/{closed.name}/rolebindings/matchday-operator"
    grant = await own_cluster.call("GET", binding)
    await own_cluster.call("DELETE", binding)
    watched = f"{closed.name},{own_ns.name}"
    async with operator(plane, tmp_path, "n", ports(), MATCHDAY_NAMESPACES=watched) as process:
        await ready(process)
        await closed.submit()
        await own_ns.submit()
        await finish(own_ns)
        assert await closed.status() == {}
        assert f"left_out={closed.name}" in process.log.read_text()
        again = {**grant, "metadata": {"name": "matchday-operator"}}
        await own_cluster.call("POST", binding.rpartition("/")[0], again)
        assert await closed.job_of()
        await own_cluster.call("DELETE", binding)
        await own_ns.submit("spring")
        assert await own_ns.job_of("spring")


async def test_the_standby_is_ready_and_takes_over_at_once_when_the_leader_ends(
    own_plane: ControlPlane, own_cluster: Cluster, own_ns: Namespace, tmp_path: Path
) -> None:
    async with operator(own_plane, tmp_path, "a", ports()) as first:
        await held_by(own_cluster, "a")
        async with operator(own_plane, tmp_path, "b", ports()) as second:
            await ready(first)
            await ready(second)
            assert await first.metric("matchday_leader") == 1.0
            assert await second.metric("matchday_leader") == 0.0
            await own_ns.submit()
            job = (await own_ns.job_of())["metadata"]["name"]
            assert await second.metric("matchday_queue_depth") == 0.0
            assert await first.end(signal.SIGTERM) == 0
            pod = await own_ns.start(job)
            await own_ns.save(job, schedule((await own_ns.status())["inputDigest"]))
            await own_ns.end(pod, 0)
            await own_ns.becomes("Succeeded")
            await held_by(own_cluster, "b")


async def test_a_leader_that_is_killed_is_replaced_and_nothing_runs_twice(
    own_plane: ControlPlane, own_cluster: Cluster, own_ns: Namespace, tmp_path: Path
) -> None:
    async with operator(own_plane, tmp_path, "c", ports()) as first:
        await held_by(own_cluster, "c")
        await own_ns.submit("done")
        await finish(own_ns, "done")
        await own_ns.submit("going")
        job = await own_ns.job_of("going")
        async with operator(own_plane, tmp_path, "d", ports()) as second:
            await ready(second)
            await first.end(signal.SIGKILL)
            await held_by(own_cluster, "d")
            await own_ns.start(job["metadata"]["name"])
            await own_ns.becomes("Running", "going")
            jobs = {each["metadata"]["uid"] for each in await own_ns.list(JOB)}
            done = (await own_ns.job_of("done"))["metadata"]["uid"]
            assert jobs == {job["metadata"]["uid"], done}


async def test_a_request_that_was_deleted_while_no_operator_ran_is_forgotten(
    own_plane: ControlPlane, own_ns: Namespace, tmp_path: Path
) -> None:
    async with operator(own_plane, tmp_path, "e", ports()) as first:
        await own_ns.submit()
        await own_ns.job_of()
        await first.end(signal.SIGTERM)
    await own_ns.delete(REQUEST, "winter")

    async def gone() -> bool:
        return not await own_ns.list(JOB)

    await eventually(gone, "the Job goes without an operator")


async def test_the_api_server_may_go_away_and_come_back(
    own_ns: Namespace, own_plane: ControlPlane, tmp_path: Path
) -> None:
    async with operator(own_plane, tmp_path, "f", ports()) as process:
        await ready(process)
        await own_ns.submit()
        job = (await own_ns.job_of())["metadata"]["name"]
        own_plane.restart_api_server()
        await own_ns.start(job)
        running_now = await own_ns.becomes("Running")
        assert message_of(running_now, "Ready")
        assert process.process.returncode is None
