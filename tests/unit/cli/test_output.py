"""Output that nobody reads, or that cannot be written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from matchday_cli.__main__ import main
from matchday_cli.local import explaining
from matchday_cli.show.text import at_most, percent, printable
from matchday_solver.explain import Conflict, Explanation
from tests.unit.cli.builders import league_file

FOUND = Explanation((Conflict(("teams[1]",), "closed" * 10_000),), feasible=False)


def explained_into(path: Path | int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of `matchday explain` with a long text that goes there."""
    monkeypatch.setattr(explaining, "load_explain", lambda: lambda *_, **__: FOUND)
    with open(path, "w", encoding="utf-8") as output:
        monkeypatch.setattr(sys, "stdout", output)
        return main(["explain", league_file(folder)])


def test_the_exit_code_stays_where_nobody_reads_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    assert explained_into(writing, tmp_path, monkeypatch) == 3


def test_output_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(OSError, match="No space left"):
        assert explained_into(Path("/dev/full"), tmp_path, monkeypatch) == 1
    assert "error: the output cannot be written: No space left" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("share", "near", "most"),
    [(0.0004, "<0.1%", "0.1%"), (0.1234, "12.3%", "12.4%"), (0.1, "10.0%", "10.0%")],
)
def test_a_share_that_holds_at_most_is_rounded_up(share: float, near: str, most: str) -> None:
    assert (percent(share), at_most(share)) == (near, most)


def test_progress_that_nobody_reads_is_dropped_and_the_search_goes_on(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    options = ["--time-limit", "1", "--workers", "1", "-o", str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-m", "matchday_cli", "solve", league_file(tmp_path), *options],
        stdout=subprocess.DEVNULL,
        stderr=writing,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 0
    assert (tmp_path / "out" / "schedule.json").exists()


def test_a_text_keeps_its_lines_and_indents_and_no_control_characters() -> None:
    assert printable("one:\n  two\x1b[2J\r\n\n" + 99 * " " + "x") == "one:\n  two�[2J\n\n        x"
