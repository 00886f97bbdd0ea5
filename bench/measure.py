"""Run solvers in processes of their own and keep what they reach, and when."""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.families import Document
from matchday_api.problem import Problem
from matchday_api.read import read_league

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
    for seconds, event in run_process(solver, problem_of(document, limit, workers)):
        _take(run, event, seconds)
    return run


def problem_of(document: Document, limit: float, workers: int) -> Problem:
    """What is to be solved of a league, with a limit in seconds."""
    return Problem(league=read_league(document), time_limit_seconds=limit, workers=workers)


def run_process(solver: str, problem: Problem) -> Iterator[tuple[float, dict[str, Any]]]:
    """What a process of `bench.one` tells, and when; killed where it goes on for too long."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.json.gz"
        path.write_bytes(problem.pack())
        begun = time.monotonic()
        with subprocess.Popen(
            [sys.executable, "-m", "bench.one", solver, str(path)],
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            limit = problem.time_limit_seconds + GRACE_SECONDS
            ending = threading.Timer(limit, process.kill)
            ending.start()
            assert process.stdout is not None
            for line in process.stdout:
                yield time.monotonic() - begun, json.loads(line)
            ending.cancel()
        if process.returncode != 0:
            yield time.monotonic() - begun, {"failed": process.returncode}


def _take(run: Run, event: dict[str, Any], seconds: float) -> None:
    if "failed" in event:
        run.note = f"ended with exit code {event['failed']}"
        return
    if event.get("end"):
        run.peak_mib, run.note = event["peak_mib"], run.note or event.get("ending", "")
        return
    if event.get("cost") is not None and event.get("missing", 0) == 0:
        run.first = seconds if run.first is None else run.first
        run.cost, run.violations = event["cost"], event.get("violations", 0)
    if event.get("bound") is not None:
        run.bound = max(run.bound or 0, event["bound"])
    run.points.append(Point(seconds, run.cost, run.bound))
