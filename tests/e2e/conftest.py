"""Fixtures of the end-to-end tests: kubectl, a fresh namespace, and what to print on failure."""

import uuid
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from devcluster.release import Installed, installed
from tests.e2e.kubectl import Kubectl, KubectlError

FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def cluster() -> Installed:
    """The cluster with the chart installed, as `make cluster-up` leaves it."""
    return installed()


@pytest.fixture(scope="session")
def kubectl(cluster: Installed) -> Kubectl:
    """kubectl as the cluster's administrator."""
    return Kubectl(cluster)


@pytest.fixture(scope="session")
def kubeconfig(cluster: Installed) -> Path:
    """Path of the administrator's kubeconfig."""
    return cluster.kubeconfig


@pytest.fixture
def namespace(kubectl: Kubectl, request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh namespace; deleted afterwards, and shown before where the test failed."""
    name = make_namespace(kubectl)
    yield name
    if request.node.stash.get(FAILED, False):
        print(diagnosis(kubectl, name))
    kubectl("delete", "namespace", name, "--wait=false")


@pytest.fixture
def other_namespace(kubectl: Kubectl) -> Iterator[str]:
    """A second fresh namespace."""
    name = make_namespace(kubectl)
    yield name
    kubectl("delete", "namespace", name, "--wait=false")


def make_namespace(kubectl: Kubectl) -> str:
    """Make a namespace under the restricted Pod Security standard; gives its name."""
    name = f"t-{uuid.uuid4().hex[:10]}"
    kubectl("create", "namespace", name)
    kubectl("label", "namespace", name, "pod-security.kubernetes.io/enforce=restricted")
    return name


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know whether their test failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def diagnosis(kubectl: Kubectl, namespace: str) -> str:
    """Objects, events and logs of a namespace and of the operator, for a failed test."""
    asked = [
        ("get", "sreq,srun,sched,jobs,pods,configmaps", "-n", namespace, "-o", "wide"),
        ("get", "sreq,srun", "-n", namespace, "-o", "yaml"),
        ("describe", "jobs,pods", "-n", namespace),
        ("get", "events", "-n", namespace),
        ("logs", "-n", namespace, "-l", "app.kubernetes.io/managed-by=matchday", "--tail=50"),
        ("logs", "-n", "matchday-system", "-l", "app.kubernetes.io/name=matchday", "--tail=200"),
    ]
    parts = []
    for args in asked:
        try:
            text = kubectl(*args)
        except KubectlError as error:
            text = str(error)
        parts.append(f"--- kubectl {' '.join(args)}\n{text[-20_000:]}")
    return "\n".join(parts)
