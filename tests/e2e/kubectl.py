"""kubectl against the test cluster, and waiting on conditions with deadlines."""

import json
import subprocess
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from devcluster.release import Installed

Found = TypeVar("Found")


class KubectlError(AssertionError):
    """kubectl refused; the text is its stderr."""


class Kubectl:
    """Runs kubectl against the test cluster."""

    def __init__(self, cluster: Installed) -> None:
        self.cluster = cluster

    def __call__(self, *args: str, stdin: str | None = None, timeout: float = 60) -> str:
        """The output of `kubectl ARGS`; raises KubectlError with what it said."""
        command = [str(self.cluster.kubectl), "--kubeconfig", str(self.cluster.kubeconfig), *args]
        done = subprocess.run(
            command, input=stdin, capture_output=True, text=True, timeout=timeout, check=False
        )
        if done.returncode:
            raise KubectlError(f"kubectl {' '.join(args)}: {done.stderr.strip()}")
        return done.stdout

    def json(self, *args: str) -> dict[str, Any]:
        """The object that `kubectl ARGS -o json` prints."""
        found: dict[str, Any] = json.loads(self(*args, "-o", "json"))
        return found

    def names(self, kind: str, namespace: str, selector: str = "") -> list[str]:
        """Names of the namespace's objects of a kind."""
        found = self.json("get", kind, "-n", namespace, "-l", selector)
        return [item["metadata"]["name"] for item in found["items"]]


def eventually(probe: Callable[[], Found | None], seconds: float, what: str) -> Found:
    """What `probe` gives once it is truthy; fails with `what` after so many seconds."""
    deadline = time.monotonic() + seconds
    while not (found := probe()):
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.1)
    return found
