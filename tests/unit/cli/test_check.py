"""`matchday check`: every broken rule, the terms, the exit code."""

import gzip
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from matchday_api.schedule import ScheduleFile
from matchday_cli.__main__ import main
from tests.builders import game, lacking
from tests.unit.cli.builders import a_schedule, league_file, schedule_file


def check(folder: Path, schedule: ScheduleFile, *options: str) -> int:
    return main(["check", league_file(folder), schedule_file(folder, schedule), *options])


def test_a_valid_schedule_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, a_schedule()) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("valid, 1 game, cost 0")


def test_every_broken_rule_is_a_line_and_the_exit_code_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = a_schedule([game("A-B"), game("A-B", "2026-01-11", court=3)])
    assert check(tmp_path, twice) == 5
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("broken: divisions[0].gamesPerTeam") for line in lines) == 2
    assert any(line.startswith("broken: venues[0].courts") for line in lines)
    assert f"{sum(line.startswith('broken: ') for line in lines)} broken rules" in lines[-1]


def test_of_very_many_broken_rules_it_says_that_there_may_be_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in ("matchday_api.checker.violations", "matchday_cli.show.findings"):
        monkeypatch.setattr(import_module(module), "MOST_VIOLATIONS", 2)
    twice = a_schedule([game("A-B"), game("A-B", "2026-01-11", court=3)])
    assert check(tmp_path, twice) == 5
    assert capsys.readouterr().out.splitlines()[-1].startswith("at least 2 broken rules, 2 games")


def test_what_the_schedule_says_of_itself_does_not_count(tmp_path: Path) -> None:
    claimed = a_schedule([game("A-B", "2026-01-11")])
    assert claimed.validation.valid
    assert check(tmp_path, claimed) == 5


def test_a_cost_that_is_claimed_but_not_counted_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(tmp_path, a_schedule(total=999))
    assert "the schedule says that its cost is 999" in capsys.readouterr().out


def test_missing_games_that_are_reported_break_no_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = a_schedule(missing=[lacking(1, "A", "B")]).model_copy(update={"games": ()})
    assert check(tmp_path, nothing, "--completeness", "BestEffort") == 0
    assert "valid, 0 games, 1 missing" in capsys.readouterr().out


def test_missing_games_are_no_success_where_completeness_is_required(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = a_schedule(missing=[lacking(1, "A", "B")]).model_copy(update={"games": ()})
    assert check(tmp_path, nothing) == 3
    told = capsys.readouterr()
    assert "valid, 0 games, 1 missing" in told.out
    advice = "--completeness BestEffort accepts that"
    assert told.err == f"error: 1 game missing, but completeness is Required; {advice}\n"


def test_a_gzipped_schedule_is_read(tmp_path: Path) -> None:
    packed = tmp_path / "schedule.json.gz"
    packed.write_bytes(gzip.compress(a_schedule().to_text().encode()))
    assert main(["check", league_file(tmp_path), str(packed)]) == 0


def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path) -> None:
    files = [league_file(tmp_path), schedule_file(tmp_path, a_schedule())]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "matchday_cli", "check", *files],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_json_output_is_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, a_schedule([game("A-B", "2026-01-11")]), "-o", "json") == 5
    report = json.loads(capsys.readouterr().out)
    assert (report["valid"], report["games"]) == (False, 1)
    assert report["violations"][0]["games"] == ["A-B 2026-01-11 09:00"]


def test_changes_to_an_earlier_schedule_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = schedule_file(tmp_path, a_schedule([game("A-B", "2026-01-17")]), "earlier.json")
    assert check(tmp_path, a_schedule(), "--changes-from", earlier) == 0
    assert "1 change, cost" in capsys.readouterr().out


def test_a_frozen_game_that_was_moved_is_a_broken_rule(tmp_path: Path) -> None:
    earlier = schedule_file(tmp_path, a_schedule([game("A-B", "2026-01-17")]), "earlier.json")
    options = ["--changes-from", earlier, "--frozen-before", "2026-02-01"]
    assert check(tmp_path, a_schedule(), *options) == 5


def test_a_file_that_is_no_schedule_is_told_with_its_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "broken.json"
    file.write_text('{"kind": "Schedule"}')
    assert main(["check", league_file(tmp_path), str(file)]) == 2
    assert f"error: {file}: games: is missing" in capsys.readouterr().err


def test_what_only_frozen_games_break_is_told_and_excused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = a_schedule([game("A-B", "2026-01-11")])
    earlier = schedule_file(tmp_path, closed)
    options = ("--changes-from", earlier, "--frozen-before", "2026-01-20")
    assert check(tmp_path, closed, *options) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("frozen: slots: ") for line in lines)
    assert "1 rule broken by frozen games" in lines[-1]
    assert check(tmp_path, closed, *options, "-o", "json") == 0
    assert len(json.loads(capsys.readouterr().out)["frozen"]) == 1
