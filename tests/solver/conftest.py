"""The cluster as the solver's container sees it."""

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from matchday_solver.attempt import Control
from matchday_solver.report.settings import Settings
from tests.solver.cluster_double import ClusterDouble, make_account, serving
from tests.solver.pods import Pod
from tests.solver.report_builders import a_problem


@pytest.fixture(scope="session")
def account(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a pod's service account."""
    return make_account(tmp_path_factory.mktemp("account") / "sa")


@pytest.fixture
def cluster(account: Path) -> Iterator[ClusterDouble]:
    """An API server with the fresh objects of one run."""
    with serving(account) as double:
        yield double


@pytest.fixture
def pod(cluster: ClusterDouble, account: Path, tmp_path: Path) -> Pod:
    """The solver's container, its problem mounted."""
    (tmp_path / "problem.json.gz").write_bytes(a_problem().pack())
    settings = Settings(
        input=tmp_path / "problem.json.gz",
        namespace="leagues",
        run="winter-0a1b2c3d",
        pod_uid="pod-1",
        api_url=cluster.url,
        account=account,
        termination_log=tmp_path / "termination",
        grace_seconds=3.3,
    )
    return Pod(cluster, settings, Control(SimpleQueue(), threading.Event(), 3.3))
