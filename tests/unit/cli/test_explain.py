"""`matchday explain`: the conflict, whether it is minimal, and the exit code."""

import os
import signal
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matchday_api.league import League
from matchday_api.problem import EarlierSchedule
from matchday_api.request import Completeness
from matchday_cli.__main__ import main
from matchday_cli.local import explaining
from matchday_solver.explain import Conflict, Explanation
from tests.unit.cli.builders import league_file, request_document

FOUND = Explanation(
    (
        Conflict(("venues[0].openDates",), "open on one date"),
        Conflict(("teams[1]",), "closed then"),
    ),
    proven_minimal=True,
    is_only=True,
    remedies=("open the gym on another date",),
    feasible=False,
)


def explain(
    folder: Path, monkeypatch: pytest.MonkeyPatch, found: Explanation, *options: str
) -> int:
    """Run `matchday explain` with a search that finds this."""

    def search(
        _league: League,
        _completeness: Completeness,
        _seconds: float,
        *,
        earlier: EarlierSchedule | None,
        stop: threading.Event,
        workers: int | None,
    ) -> Explanation:
        return found

    monkeypatch.setattr(explaining, "load_explain", lambda: search)
    return main(["explain", league_file(folder), *options])


def test_a_conflict_is_told_with_the_paths_of_its_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(tmp_path, monkeypatch, FOUND) == 3
    assert capsys.readouterr().out.splitlines() == [
        "These cannot hold together:",
        "  venues[0].openDates: open on one date",
        "  teams[1]: closed then",
        "If any one of them is given up, there is a schedule.",
        "What would help:",
        "  - open the gym on another date",
    ]


def test_a_conflict_that_may_be_too_large_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    explain(tmp_path, monkeypatch, replace(FOUND, proven_minimal=False))
    assert "Fewer of them may make it" in capsys.readouterr().out


def test_every_conflict_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = (Conflict(("teams[7].closedDates",), "closed all week"),)
    explain(tmp_path, monkeypatch, replace(FOUND, others=(other,), is_only=False, remedies=()))
    assert capsys.readouterr().out.splitlines()[3:] == [
        "Nor can these, apart from that:",
        "  teams[7].closedDates: closed all week",
        "All members of a conflict together make it, and each conflict has to be resolved.",
    ]


@pytest.mark.parametrize(
    ("remedies", "told"),
    [
        ((), "resolve what is told, then ask again"),
        (("Let A play",), "each way out below resolves it too"),
    ],
)
def test_a_conflict_that_is_not_told_is_known_to_be_there(
    remedies: tuple[str, ...],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = replace(FOUND, is_only=False, has_more=True, remedies=remedies)
    explain(tmp_path, monkeypatch, found)
    assert f"There is another conflict: {told}." in capsys.readouterr().out


def test_each_conflict_has_its_ways_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = (Conflict(("teams[7].closedDates",), "closed all week"),)
    found = replace(FOUND, others=(other,), is_only=False, other_remedies=(("Let A play",),))
    explain(tmp_path, monkeypatch, found)
    assert capsys.readouterr().out.splitlines()[-4:] == [
        "What would help, were nothing else in the way:",
        "  - open the gym on another date",
        "What would help with the next, were nothing else in the way:",
        "  - Let A play",
    ]


def test_it_is_not_claimed_that_there_is_no_other_conflict_where_that_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    explain(tmp_path, monkeypatch, replace(FOUND, is_only=False))
    assert "whether there is another one is not known" in capsys.readouterr().out


def test_no_conflict_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(tmp_path, monkeypatch, Explanation()) == 0
    assert "No conflict found" in capsys.readouterr().out


def test_a_schedule_that_is_proven_to_exist_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(tmp_path, monkeypatch, Explanation(feasible=True)) == 0
    assert capsys.readouterr().out.startswith("No conflict: there is a schedule")


def test_a_count_that_proves_it_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    explain(tmp_path, monkeypatch, replace(FOUND, proof="U12 needs 9 starts, but 8 can be used"))
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "U12 needs 9 starts, but 8 can be used."


def test_a_league_that_may_lack_games_is_not_said_to_place_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    explain(tmp_path, monkeypatch, Explanation(feasible=True), "--completeness", "BestEffort")
    assert capsys.readouterr().out.startswith("No conflict: with games missing")


def test_a_conflict_beside_frozen_games_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    explain(tmp_path, monkeypatch, replace(FOUND, frozen_before=date(2026, 1, 10)))
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "With all before 2026-01-10 as it is these cannot hold together:"


def test_it_keeps_to_the_workers_of_a_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[int | None]()

    def search(
        *_: object, earlier: None, stop: threading.Event, workers: int | None
    ) -> Explanation:
        asked.append(workers)
        return FOUND

    monkeypatch.setattr(explaining, "load_explain", lambda: search)
    main(["explain", league_file(tmp_path, request_document(solver={"workers": 1}))])
    assert asked == [1]


def interrupt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: Explanation) -> int:
    """Explain until Ctrl-C, when so much is known; the exit code."""

    def search(*_: object, earlier: None, stop: threading.Event, workers: None) -> Explanation:
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.wait(30)
        return known

    monkeypatch.setattr(explaining, "load_explain", lambda: search)
    return main(["explain", league_file(tmp_path)])


def test_ctrl_c_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert interrupt(tmp_path, monkeypatch, Explanation()) == 130
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "error: interrupted: nothing is proven\n")


def test_ctrl_c_tells_the_conflict_that_is_known_by_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert interrupt(tmp_path, monkeypatch, FOUND) == 130
    told = capsys.readouterr()
    assert told.out.startswith("These cannot hold together:")
    assert told.err == "error: interrupted: that is what was found so far\n"


def test_ctrl_c_before_it_begins_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load() -> explaining.Explain:
        raise KeyboardInterrupt

    monkeypatch.setattr(explaining, "load_explain", load)
    assert main(["explain", league_file(tmp_path)]) == 130
    assert capsys.readouterr().err == "error: interrupted\n"
