"""`matchday explain`: the conflict, whether it is minimal, and the exit code."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from matchday_api.league import League
from matchday_api.request import Completeness
from matchday_cli.__main__ import main
from matchday_cli.local import explaining
from tests.unit.cli.builders import league_file


@dataclass(frozen=True)
class Conflict:
    path: str
    text: str


@dataclass(frozen=True)
class Explanation:
    conflicts: tuple[Conflict, ...] = ()
    proven_minimal: bool = True
    remedies: tuple[str, ...] = ()


FOUND = Explanation(
    (Conflict("venues[0].openDates", "open on one date"), Conflict("teams[1]", "closed then")),
    remedies=("open the gym on another date",),
)


def explain(folder: Path, monkeypatch: pytest.MonkeyPatch, found: Explanation) -> int:
    """Run `matchday explain` with a search that finds this."""

    def search(_league: League, _completeness: Completeness, _seconds: float) -> Explanation:
        return found

    monkeypatch.setattr(explaining, "load_explain", lambda: search)
    return main(["explain", league_file(folder)])


def test_a_conflict_is_told_with_the_paths_of_its_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(tmp_path, monkeypatch, FOUND) == 3
    assert capsys.readouterr().out.splitlines() == [
        "These cannot hold together:",
        "  venues[0].openDates: open on one date",
        "  teams[1]: closed then",
        "Without any one of them there would be a schedule.",
        "What would help:",
        "  - open the gym on another date",
    ]


def test_a_conflict_that_may_be_too_large_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    explain(tmp_path, monkeypatch, Explanation(FOUND.conflicts, proven_minimal=False))
    assert "Fewer of them may do" in capsys.readouterr().out


def test_no_conflict_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(tmp_path, monkeypatch, Explanation()) == 0
    assert "No conflict found" in capsys.readouterr().out
