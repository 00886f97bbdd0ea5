"""The cluster as the solver's container sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.solver.cluster_double import ClusterDouble, make_account, serving


@pytest.fixture(scope="session")
def account(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a pod's service account."""
    return make_account(tmp_path_factory.mktemp("account") / "sa")


@pytest.fixture
def cluster(account: Path) -> Iterator[ClusterDouble]:
    """An API server with the fresh objects of one run."""
    with serving(account) as double:
        yield double
