"""Processes are recognised beyond doubt; all of these are real."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from devcluster import processes
from devcluster.record import ProcessId

PATH = "/usr/bin:/bin"


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[ProcessId]:
    process = start_script("{tell}; read -r nothing < {ready}", tmp_path)
    yield process
    processes.kill([process])


def start_stubborn(folder: Path) -> ProcessId:
    """A process that ignores the request to end."""
    return start_script("trap '' TERM; {tell}; while :; do sleep 1; done", folder)


def start_script(script: str, folder: Path) -> ProcessId:
    """A shell; returns once it tells that it runs.

    Only then is its environment readable: a program is loaded after its start has returned.
    """
    ready = folder / "ready"
    os.mkfifo(ready)
    argv = ["sh", "-c", script.format(ready=ready, tell=f"echo > {ready}")]
    process = processes.start(argv, folder / "log", folder, PATH)
    ready.read_text()
    return process


def test_a_started_process_is_recognised(sleeper: ProcessId, tmp_path: Path) -> None:
    assert processes.is_running(sleeper, tmp_path)


def test_a_process_with_that_number_but_another_start_is_not_ours(
    sleeper: ProcessId, tmp_path: Path
) -> None:
    reused = replace(sleeper, started=sleeper.started + 1)
    assert not processes.is_running(reused, tmp_path)


def test_a_process_of_another_cluster_is_not_ours(sleeper: ProcessId, tmp_path: Path) -> None:
    assert not processes.is_running(sleeper, tmp_path / "other")


def test_a_marked_process_is_found_without_a_record(sleeper: ProcessId, tmp_path: Path) -> None:
    assert processes.find_marked(tmp_path) == [sleeper]


def test_another_cluster_on_the_machine_is_named(sleeper: ProcessId, tmp_path: Path) -> None:
    assert str(tmp_path) in processes.other_states(tmp_path / "other")


def test_an_ended_process_is_not_running(sleeper: ProcessId, tmp_path: Path) -> None:
    processes.end([sleeper])
    assert not processes.is_running(sleeper, tmp_path)


def test_a_process_that_does_not_listen_is_ended_by_force(tmp_path: Path) -> None:
    process = start_stubborn(tmp_path)
    processes.end([process], seconds=0.2)
    assert processes.identify(process.pid) is None


def test_a_number_that_was_given_to_another_process_is_not_ended(
    sleeper: ProcessId, tmp_path: Path
) -> None:
    processes.kill([replace(sleeper, started=sleeper.started + 1)], seconds=0.1)
    assert processes.is_running(sleeper, tmp_path)


def test_a_process_gets_nothing_of_the_users_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "hush")
    log = tmp_path / "log"
    process = processes.start(["env"], log, tmp_path, PATH)
    assert processes.wait_for_end(process, seconds=30)
    assert "hush" not in log.read_text()


def test_a_name_with_brackets_and_spaces_does_not_confuse_the_start_time() -> None:
    fields = ["S", *["0"] * 18, "4711"]
    assert processes.parse_stat(f"7 (a) b (c) {' '.join(fields)}") == ("S", 4711)


def test_an_environment_without_the_mark_belongs_to_no_cluster() -> None:
    assert processes.marked_with(b"PATH=/bin\0HOME=/root\0") is None
