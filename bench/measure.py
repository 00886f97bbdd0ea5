"""Run solvers in processes of their own and keep what they reach, and when."""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.families import Document

GRACE_SECONDS = 60.0
"""How much longer than its limit a run may take before it is killed."""


@dataclass(frozen=True)
class Point:
    """Cost and bound known at a moment; None before there is one."""

    seconds: float
    cost: int | None
    bound: int | None


@dataclass
class Run:
    """What one solver reached on one league."""

    league: str
    solver: str
    teams: int
    limit: float
    first: float | None = None
    """Seconds from the process's start to the first complete schedule."""
    cost: int | None = None
    bound: int | None = None
    violations: int = 0
    peak_mib: int | None = None
    note: str = ""
    points: list[Point] = field(default_factory=list)

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost; None without both."""
        if self.cost is None or self.bound is None:
            return None
        return 0.0 if self.cost == self.bound else (self.cost - self.bound) / self.cost


def measure(name: str, document: Document, solver: str, limit: float, workers: int) -> Run:
    """One run; ended by force some time after its limit."""
    run = Run(name, solver, len(document["teams"]), limit)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "league.json"
        path.write_text(json.dumps(document))
        command = [sys.executable, "-m", "bench.one", solver, str(path), str(limit), str(workers)]
        begun = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            _follow(process, run, begun)
    return run


def _follow(process: "subprocess.Popen[str]", run: Run, begun: float) -> None:
    """Read the run's lines until it ends; a run that goes on for too long is killed."""
    import threading

    ending = threading.Timer(run.limit + GRACE_SECONDS, process.kill)
    ending.start()
    assert process.stdout is not None
    for line in process.stdout:
        _take(run, json.loads(line), time.monotonic() - begun)
    ending.cancel()
    if process.wait() != 0:
        run.note = f"ended with exit code {process.returncode}"


def _take(run: Run, event: dict[str, Any], seconds: float) -> None:
    if event.get("end"):
        run.peak_mib, run.note = event["peak_mib"], run.note or event.get("ending", "")
        return
    if event.get("cost") is not None and event.get("missing", 0) == 0:
        run.first = seconds if run.first is None else run.first
        run.cost, run.violations = event["cost"], event.get("violations", 0)
    if event.get("bound") is not None:
        run.bound = max(run.bound or 0, event["bound"])
    run.points.append(Point(seconds, run.cost, run.bound))
