"""Compiling the search beside what waits for it."""

import sys
import threading
import time

import pytest

from matchday_solver import compiling


def begin_with(monkeypatch: pytest.MonkeyPatch, script: str) -> list[str]:
    """Another process that runs a script in place of compiling; what this one compiles."""
    compiled: list[str] = []
    monkeypatch.setattr(compiling, "is_compiled", lambda: False)
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
