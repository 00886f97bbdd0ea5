"""The command line against the cluster, from a league file to the files of its schedule."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matchday_cli.__main__ import main
from tests.e2e.kubectl import Kubectl, eventually
from tests.e2e.leagues import example, request, small_league
from tests.e2e.steps import SETTLED, apply, status, wait_for, wait_phase, wait_progress

pytestmark = pytest.mark.e2e

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(kubeconfig: Path, namespace: str, tmp_path: Path) -> Run:
    """Runs `matchday ARGUMENTS` in a folder of its own, for the cluster and the namespace."""

    def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "matchday_cli", *arguments, *where(kubeconfig, namespace)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=SETTLED + 60,
            check=False,
        )

    return command


def where(kubeconfig: Path, namespace: str) -> list[str]:
    """The options that name cluster and namespace."""
    return ["--kubeconfig", str(kubeconfig), "-n", namespace]


def file_of(folder: Path, document: Any, name: str = "winter.yaml") -> str:
    """A file with a document."""
    path = folder / name
    path.write_text(json.dumps(document))
    return str(path)


def long_request(name: str) -> dict[str, Any]:
    """A request whose search goes on until it is stopped."""
    solver = {"timeLimitSeconds": 600, "workers": 1}
    return request(name, example("ncsaa-60-s1"), solver=solver)


def test_a_league_is_submitted_watched_and_fetched(run: Run, tmp_path: Path) -> None:
    file = file_of(tmp_path, request("winter"))
    done = run("submit", file, "--wait", "--timeout", f"{SETTLED}s")
    assert (done.returncode, done.stderr) == (0, "")
    assert run("result", "winter", "-o", "out").returncode == 0
    assert main(["check", file, str(tmp_path / "out" / "schedule.json")]) == 0
    assert len(list((tmp_path / "out").glob("*.ics"))) == 6


def test_a_bare_league_becomes_a_request_with_the_file_s_name(
    run: Run, kubectl: Kubectl, namespace: str, tmp_path: Path
) -> None:
    # Nothing here waits for its pod, which asks for more CPU than other tests leave.
    done = run("submit", file_of(tmp_path, small_league()), "--time-limit", "5")
    assert (done.returncode, done.stderr) == (0, "")
    solver = kubectl.json("get", "sreq", "winter", "-n", namespace)["spec"]["solver"]
    assert solver["timeLimitSeconds"] == 5


def test_watch_shows_progress_and_ends_with_the_request(run: Run, tmp_path: Path) -> None:
    run("submit", file_of(tmp_path, request("winter")))
    done = run("watch", "winter")
    assert done.returncode == 0
    assert "cost" in done.stdout


def test_an_invalid_league_that_reached_the_cluster_ends_a_watch_with_2(
    run: Run, kubectl: Kubectl, namespace: str
) -> None:
    teams = [{"name": "A", "division": "U13"}, {"name": "B", "division": "U12"}]
    apply(kubectl, namespace, request("wrong", small_league(teams=2) | {"teams": teams}))
    done = run("watch", "wrong")
    assert done.returncode == 2
    assert "teams[0].division" in done.stderr


def test_what_only_the_cluster_can_refuse_is_told_with_its_path(run: Run, tmp_path: Path) -> None:
    document = request("labelled", suspend=True)
    document["metadata"]["labels"] = {"season": "no spaces please"}
    done = run("submit", file_of(tmp_path, document))
    assert (done.returncode, "error: metadata.labels:" in done.stderr) == (2, True)


def test_a_large_league_is_submitted_and_updated(
    run: Run, kubectl: Kubectl, namespace: str, tmp_path: Path
) -> None:
    teams = [
        {"name": f"Team number {n} of the whole league", "division": "U12"} for n in range(5000)
    ]
    large = small_league() | {"clubs": [], "teams": teams}
    file = file_of(tmp_path, request("large", large, suspend=True), "large.yaml")
    assert Path(file).stat().st_size > 300_000
    for limit in ("60", "90"):
        done = run("submit", file, "--time-limit", limit)
        assert (done.returncode, done.stderr) == (0, "")
    spec = kubectl.json("get", "sreq", "large", "-n", namespace)["spec"]
    assert (len(spec["league"]["teams"]), spec["solver"]["timeLimitSeconds"]) == (5000, 90)


def test_fields_of_another_tool_are_taken_over_only_by_force(
    run: Run, kubectl: Kubectl, namespace: str, tmp_path: Path
) -> None:
    apply(kubectl, namespace, request("shared", suspend=True))
    file = file_of(tmp_path, request("shared", suspend=True, historyLimit=7))
    other = file_of(tmp_path, request("shared", small_league(teams=4), suspend=True), "other.yaml")
    assert run("submit", file).returncode == 0
    refused = run("submit", other)
    assert (refused.returncode, "--force-conflicts" in refused.stderr) == (1, True)
    assert run("submit", other, "--force-conflicts").returncode == 0


def test_suspend_and_resume_hold_the_request_and_let_it_go_on(
    run: Run, kubectl: Kubectl, namespace: str
) -> None:
    apply(kubectl, namespace, long_request("pause"))
    wait_progress(kubectl, namespace, "pause")
    assert run("suspend", "pause").returncode == 0
    wait_for(kubectl, namespace, "pause", "Suspended")
    assert run("resume", "pause").returncode == 0
    wait_phase(kubectl, namespace, "pause", "Running")


def test_the_best_schedule_so_far_is_fetched_while_the_solver_runs(
    run: Run, kubectl: Kubectl, namespace: str, tmp_path: Path
) -> None:
    apply(kubectl, namespace, long_request("early"))
    wait_progress(kubectl, namespace, "early")
    assert run("result", "early").returncode == 1

    def fetched() -> bool:
        return run("result", "early", "--so-far", "-o", "best").returncode == 0

    eventually(fetched, SETTLED, "the best schedule so far is saved")
    assert (tmp_path / "best" / "report.html").exists()


def test_regenerate_makes_another_schedule(run: Run, kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, request("again"))
    first = wait_for(kubectl, namespace, "again", "Complete")["result"]["name"]
    assert run("regenerate", "again", "--wait").returncode == 0
    assert status(kubectl, namespace, "again")["result"]["name"] != first
    assert run("result", "again", "--schedule", first).returncode == 0


def test_delete_deletes_the_request(run: Run, kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, request("gone", suspend=True))
    assert run("delete", "gone").returncode == 0
    assert run("status", "gone").returncode == 1


def test_status_shows_the_columns_of_kubectl_get(
    run: Run, kubectl: Kubectl, namespace: str
) -> None:
    apply(kubectl, namespace, request("later", suspend=True))
    wait_phase(kubectl, namespace, "later", "Suspended")
    shown = run("status").stdout.split("\n")
    kubectl_shows = kubectl("get", "sreq", "-n", namespace).split("\n")
    assert shown[0].split() == kubectl_shows[0].split()
    assert shown[1].split()[:2] == ["later", "Suspended"]
    assert json.loads(run("status", "later", "-o", "json").stdout)["kind"] == "ScheduleRequest"


def test_it_is_a_kubectl_plugin(kubectl: Kubectl, kubeconfig: Path, namespace: str) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [str(kubectl.cluster.kubectl), "matchday", "status", *where(kubeconfig, namespace)],
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"no requests in namespace {namespace}" in done.stdout


def test_ctrl_c_ends_a_watch_and_not_the_request(
    kubectl: Kubectl, kubeconfig: Path, namespace: str
) -> None:
    apply(kubectl, namespace, long_request("steady"))
    wait_progress(kubectl, namespace, "steady")
    # As in a terminal: a shell starts what runs in its background with Ctrl-C ignored.
    command = ["env", "--default-signal=INT", sys.executable, "-m", "matchday_cli"]
    command += ["watch", "steady"]
    with subprocess.Popen(
        [*command, *where(kubeconfig, namespace)],
        stdout=subprocess.PIPE,
        text=True,
    ) as watch:
        assert watch.stdout is not None
        watch.stdout.readline()
        watch.send_signal(signal.SIGINT)
        assert watch.wait(30) == 130
    assert status(kubectl, namespace, "steady")["phase"] == "Running"
