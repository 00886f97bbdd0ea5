"""The container's process: real signals, its exit code, its output, and its read-only image."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from matchday_solver.kernel_cache import make_writable
from tests.solver.cluster_double import ClusterDouble
from tests.solver.report_builders import a_problem

SEARCHES = """
import runpy, sys, types
from matchday_solver.outcome import Ending, Outcome
module = types.ModuleType("matchday_solver.solve")

def solve(problem, reporter, stop, start=None, elapsed=0.0, attempt=1):
    print("searching", flush=True)
    stop.wait(60)
    return Outcome(Ending.INTERRUPTED, None, None, "")

module.solve = solve
sys.modules["matchday_solver.solve"] = module
runpy.run_module("matchday_solver", run_name="__main__")
"""
"""A search that goes on until it is stopped, in the place of the real one."""


LOADS = """
import runpy, sys

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "matchday_solver.run":
            print("loading", flush=True)
            sys.stdin.read()

sys.meta_path.insert(0, Slow())
runpy.run_module("matchday_solver", run_name="__main__")
"""
"""A container whose code takes for ever to be imported."""


def environment(cluster: ClusterDouble, account: Path, folder: Path) -> dict[str, str]:
    """The environment of the pod."""
    (folder / "problem.json.gz").write_bytes(a_problem().pack())
    return {
        **os.environ,
        "KUBERNETES_SERVICE_HOST": "127.0.0.1",
        "KUBERNETES_SERVICE_PORT": cluster.url.rpartition(":")[2],
        "MATCHDAY_INPUT": str(folder / "problem.json.gz"),
        "MATCHDAY_NAMESPACE": "leagues",
        "MATCHDAY_RUN": "winter-0a1b2c3d",
        "MATCHDAY_POD_UID": "pod-1",
        "MATCHDAY_SERVICE_ACCOUNT": str(account),
        "MATCHDAY_TERMINATION_LOG": str(folder / "termination"),
    }


def test_a_container_that_is_still_loading_ends_at_once_with_143() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", LOADS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "loading\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 143


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process_with_143(
    cluster: ClusterDouble, account: Path, tmp_path: Path, number: signal.Signals
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SEARCHES],
        env=environment(cluster, account, tmp_path),
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        lines = [next(process.stdout) for _ in range(2)]
        process.send_signal(number)
        lines += process.stdout.readlines()
        assert process.wait(30) == 143
    assert lines[0].endswith("attempt 1: 2 teams, 0 of 600 s used, from the beginning\n")
    assert lines[1] == "searching\n"
    assert "Interrupted, exit code 143" in lines[-1]
    assert json.loads((tmp_path / "termination").read_text())["reason"] == "Interrupted"


def test_outside_a_cluster_the_process_says_what_to_use_instead() -> None:
    environ = {key: value for key, value in os.environ.items() if "KUBERNETES" not in key}
    done = subprocess.run(
        [sys.executable, "-m", "matchday_solver"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "use `matchday solve LEAGUE.yaml`" in done.stderr


def test_a_cache_that_cannot_be_written_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kernel").mkdir()
    (tmp_path / "kernel" / "f.nbi").write_bytes(b"compiled")
    monkeypatch.setattr("matchday_solver.kernel_cache.is_writable", lambda _folder: False)
    environ = {"NUMBA_CACHE_DIR": str(tmp_path)}
    make_writable(environ)
    assert environ["NUMBA_CACHE_DIR"] != str(tmp_path)
    assert (Path(environ["NUMBA_CACHE_DIR"]) / "kernel" / "f.nbi").read_bytes() == b"compiled"


def test_a_cache_that_can_be_written_is_used_in_place(tmp_path: Path) -> None:
    environ = {"NUMBA_CACHE_DIR": str(tmp_path)}
    make_writable(environ)
    assert environ == {"NUMBA_CACHE_DIR": str(tmp_path)}


def test_without_a_cache_nothing_is_set() -> None:
    environ: dict[str, str] = {}
    make_writable(environ)
    assert environ == {}
