"""How fast the operator is on an idle cluster: ``python -m bench.latency``.

Two figures, each seen from a client's watches and on the client's clock: from a request's creation
to its Job's, and from the solver's write of progress to the request's status that shows it.
"""

import json
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from typing import Any

from devcluster.release import Installed, installed
from tests.e2e.leagues import example, small_league
from tests.e2e.leagues import request as make_request

REQUESTS = 20
"""Requests that are timed, one after the other."""
FOLLOWED_SECONDS = 30
"""How long the status of a running request is followed."""
TARGETS = {"apply to Job": 1.0, "solver to status": 4.0}
"""Seconds; the first at the median, the second at the most."""


class Watch:
    """The moments at which values of an object's field were first seen by a watch."""

    def __init__(self, cluster: Installed, kind: str, namespace: str, field: str) -> None:
        command = [str(cluster.kubectl), "get", kind, "-n", namespace, "--watch", "-o"]
        command.append(f"jsonpath={{.metadata.name}} {{{field}}}{{'\\n'}}")
        self.seen: dict[str, float] = {}
        self._new = threading.Condition()
        self._process = subprocess.Popen(
            command, env=cluster.environment(), stdout=subprocess.PIPE, text=True
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._new:
                self.seen.setdefault(line.strip(), time.monotonic())
                self._new.notify_all()

    def wait(self, start: str, seconds: float) -> float:
        """The moment at which a line with that start was first seen.

        Raises TimeoutError where there is none within so many seconds.
        """
        with self._new:
            if not self._new.wait_for(lambda: self._first(start) is not None, seconds):
                raise TimeoutError(f"nothing begins with {start} after {seconds:.0f} s")
        return self._first(start) or 0.0

    def _first(self, start: str) -> float | None:
        return next((at for line, at in self.seen.items() if line.startswith(start)), None)

    def close(self) -> None:
        """End the watch."""
        self._process.terminate()
        self._process.wait()


def kubectl(cluster: Installed, *args: str, body: dict[str, Any] | None = None) -> None:
    """Run kubectl."""
    text = json.dumps(body) if body else None
    command = [str(cluster.kubectl), *args]
    subprocess.run(
        command,
        env=cluster.environment(),
        input=text,
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def apply_to_job(cluster: Installed, namespace: str) -> Iterator[float]:
    """Seconds from each request's first sight to its Job's; no node takes their pods."""
    nowhere = {"nodeSelector": {"disk": "of-gold"}}
    requests = Watch(cluster, "sreq", namespace, ".metadata.uid")
    jobs = Watch(cluster, "jobs", namespace, ".metadata.uid")
    for number in range(REQUESTS):
        name = f"r{number:02d}"
        body = make_request(name, small_league(), podTemplate=nowhere)
        kubectl(cluster, "create", "-n", namespace, "-f", "-", body=body)
        made = requests.wait(f"{name} ", 10)
        yield max(0.0, jobs.wait(f"{name}-", 30) - made)
    requests.close()
    jobs.close()


def solver_to_status(cluster: Installed, namespace: str) -> list[float]:
    """Seconds from each progress of a running solver to the status that shows it or a later one."""
    solver = {"timeLimitSeconds": FOLLOWED_SECONDS, "workers": 1}
    body = make_request("follow", example("ncsaa-60-s1"), solver=solver)
    runs = Watch(cluster, "srun", namespace, ".status.elapsedSeconds")
    requests = Watch(cluster, "sreq", namespace, ".status.progress.elapsedSeconds")
    kubectl(cluster, "create", "-n", namespace, "-f", "-", body=body)
    finished = ("wait", "--for=condition=Complete", "sreq/follow", "-n", namespace)
    kubectl(cluster, *finished, f"--timeout={FOLLOWED_SECONDS + 120}s")
    shown = sorted((elapsed(line), at) for line, at in requests.seen.items() if elapsed(line) > 0)
    written = [(elapsed(line), at) for line, at in runs.seen.items() if line.startswith("follow-")]
    requests.close()
    runs.close()
    return [
        min((later - at for value, later in shown if value >= wrote), default=0.0)
        for wrote, at in written
        if wrote > 0
    ]


def elapsed(line: str) -> float:
    """The elapsed seconds of a watched line, 0 where it has none."""
    parts = line.split()
    return float(parts[1]) if len(parts) > 1 else 0.0


def main() -> int:
    """Measure both and print a line for each; 1 where a target is missed."""
    cluster = installed()
    namespace = f"bench-{uuid.uuid4().hex[:8]}"
    kubectl(cluster, "create", "namespace", namespace)
    try:
        starts = list(apply_to_job(cluster, namespace))
        delays = solver_to_status(cluster, namespace)
    finally:
        kubectl(cluster, "delete", "namespace", namespace, "--wait=false")
    print(f"apply to Job      median {statistics.median(starts):.2f} s, most {max(starts):.2f} s")
    print(f"solver to status  median {statistics.median(delays):.2f} s, most {max(delays):.2f} s")
    kept = statistics.median(starts) <= TARGETS["apply to Job"]
    return 0 if kept and max(delays) <= TARGETS["solver to status"] else 1


if __name__ == "__main__":
    sys.exit(main())
