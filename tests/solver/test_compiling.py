"""Compiling the search beside what waits for it."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from matchday_solver import compiling
from matchday_solver.kernel import native

CAN_KEEP = compiling.can_keep


def begin_with(monkeypatch: pytest.MonkeyPatch, script: str) -> list[str]:
    """Another process that runs a script in place of compiling, where what it makes could be kept;
    what this one compiles."""
    compiled: list[str] = []
    monkeypatch.setattr(compiling, "is_compiled", lambda: False)
    monkeypatch.setattr(compiling, "can_keep", lambda: True)
    monkeypatch.setattr(compiling, "native", lambda: compiled.append("here"))
    monkeypatch.setattr(compiling, "COMMAND", (sys.executable, "-c", script))
    return compiled


def test_a_stop_ends_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = begin_with(monkeypatch, "import time; time.sleep(600)")
    stop, begun = threading.Event(), time.monotonic()
    assert not compiling.compile_search(stop, stop.set)
    assert (compiled, time.monotonic() - begun < 60) == ([], True)


def test_it_is_done_here_where_the_other_process_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, told = begin_with(monkeypatch, "raise SystemExit(1)"), list[int]()
    assert compiling.compile_search(threading.Event(), lambda: told.append(1))
    assert (compiled, len(told) > 0) == (["here"], True)


def test_what_is_compiled_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = begin_with(monkeypatch, "raise SystemExit(1)")
    monkeypatch.setattr(compiling, "is_compiled", lambda: True)
    assert compiling.compile_search(threading.Event(), lambda: None)
    assert compiled == []


def test_it_is_done_here_where_no_other_process_can_be_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled = begin_with(monkeypatch, "")
    monkeypatch.setattr(compiling, "COMMAND", ("/nowhere/python",))
    assert compiling.compile_search(threading.Event(), lambda: None)
    assert compiled == ["here"]


def test_it_is_done_once_where_nothing_can_be_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file in the place of the folder, since root may write anywhere."""
    compiled = begin_with(monkeypatch, f"open({str(tmp_path / 'begun')!r}, 'w')")
    monkeypatch.setattr(compiling, "can_keep", CAN_KEEP)
    (tmp_path / "cache").write_text("")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    assert compiling.compile_search(threading.Event(), lambda: None)
    assert (compiled, (tmp_path / "begun").exists()) == (["here"], False)


def test_the_other_process_finds_what_compiles() -> None:
    *python, _, module = compiling.COMMAND
    assert subprocess.run([*python, "-c", f"import {module}"], check=False).returncode == 0


def test_the_cache_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    places = {"NUMBA_CACHE_DIR": "/one", "MATCHDAY_CACHE": "/two", "XDG_CACHE_HOME": "/three"}
    for name, folder in places.items():
        monkeypatch.setenv(name, folder)
    found = []
    for name in places:
        found.append(str(native.object_file().parent))
        monkeypatch.setenv(name, "")
    assert found == ["/one", "/two", "/three/matchday"]
