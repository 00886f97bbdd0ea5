"""Doubles of the API server and of the search, and the command line pointed at them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from matchday_cli.__main__ import main
from matchday_cli.local import solving
from tests.unit.cli.api_double import ApiDouble, serving, write_kubeconfig
from tests.unit.cli.solver_double import Solver

Run = Callable[..., int]


@pytest.fixture
def api() -> Iterator[ApiDouble]:
    """An API server without any object."""
    with serving() as double:
        yield double


@pytest.fixture
def run(api: ApiDouble, tmp_path: Path) -> Run:
    """Runs a command line against that server, in its namespace `leagues`; the exit code."""
    kubeconfig = write_kubeconfig(tmp_path / "kubeconfig", api.url)
    return lambda *arguments: main([*arguments, "--kubeconfig", str(kubeconfig)])


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> Solver:
    """The search that `matchday solve` runs."""
    double = Solver()
    monkeypatch.setattr(solving, "load_solver", lambda: double)
    return double
