"""`matchday result`: the files, the checksum, and which Schedule is fetched."""

import base64
from pathlib import Path

import pytest

from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.read import read_league
from tests.builders import game, league_document
from tests.unit.cli.api_double import ApiDouble, Json
from tests.unit.cli.builders import ONE_GAME, a_schedule
from tests.unit.cli.conftest import Run
from tests.unit.cli.states import SCHEDULE, complete, failed, put_request, put_schedule, running

MADE = a_schedule(total=1200, bound=600, terms={"clubDays": 12})
TEXT = MADE.to_text()


def put_snapshot(api: ApiDouble, zone: str) -> None:
    """The snapshot of the run, with a league of this time zone."""
    season = {"start": "2026-01-05", "end": "2026-02-28", "timeZone": zone}
    league = read_league(league_document("AB", season=season, **ONE_GAME))
    put_problem(api, Problem(league=league))


def put_problem(api: ApiDouble, problem: Problem) -> None:
    """The snapshot of the run."""
    packed = base64.b64encode(problem.pack()).decode()
    api.put("configmaps", SCHEDULE, binaryData={"problem.json.gz": packed})


def fetch(run: Run, folder: Path, *options: str) -> int:
    return run("result", "winter", "-o", str(folder / "out"), *options)


def test_all_files_are_written(api: ApiDouble, run: Run, tmp_path: Path) -> None:
    put_request(api, **complete(MADE))
    put_schedule(api, MADE)
    assert fetch(run, tmp_path) == 0
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert files == ["A.ics", "B.ics", "report.html", "schedule.csv", "schedule.json"]


def test_calendars_of_teams_without_a_game_are_removed(
    api: ApiDouble, run: Run, tmp_path: Path
) -> None:
    """Else who reads them would come; the user's own files stay."""
    put_request(api, **complete(MADE))
    put_schedule(api, MADE)
    fetch(run, tmp_path)
    out = tmp_path / "out"
    (out / "A.ics").rename(out / "Gone.ics")
    (out / "own.ics").write_text("BEGIN:VCALENDAR")
    fetch(run, tmp_path)
    assert sorted(path.name for path in out.glob("*.ics")) == ["A.ics", "B.ics", "own.ics"]


def test_schedule_json_is_byte_for_byte_what_the_solver_saved(
    api: ApiDouble, run: Run, tmp_path: Path
) -> None:
    put_request(api, **complete(MADE))
    put_schedule(api, MADE)
    fetch(run, tmp_path)
    assert (tmp_path / "out" / "schedule.json").read_text() == TEXT


def test_a_hyphen_prints_schedule_json(
    api: ApiDouble, run: Run, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    put_request(api, **complete(MADE))
    put_schedule(api, MADE)
    assert run("result", "winter", "-o", "-") == 0
    assert capfdbinary.readouterr().out == TEXT.encode()


def test_the_time_zone_is_the_one_of_the_league_that_was_solved(
    api: ApiDouble, run: Run, tmp_path: Path
) -> None:
    put_request(api, **complete(MADE))
    put_schedule(api, MADE)
    put_snapshot(api, "America/Los_Angeles")
    fetch(run, tmp_path)
    assert "TZID=America/Los_Angeles:" in (tmp_path / "out" / "A.ics").read_text()


def test_without_the_snapshot_the_requests_own_league_serves(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **complete(MADE))
    put_schedule(api, MADE)
    fetch(run, tmp_path)
    assert "DTSTART:20260110T090000Z" in (tmp_path / "out" / "A.ics").read_text()
    assert "clubDays      12      100   1,200" in capsys.readouterr().out


def test_without_any_league_there_are_files_all_the_same(
    api: ApiDouble, run: Run, tmp_path: Path
) -> None:
    source = {"configMapKeyRef": {"name": "gone"}}
    api.put("schedulerequests", "winter", spec={"leagueFrom": source}, status=complete(MADE))
    put_schedule(api, MADE)
    assert fetch(run, tmp_path) == 0
    assert "DTSTART:20260110T090000\n" in (tmp_path / "out" / "A.ics").read_text()


@pytest.mark.parametrize(
    "status",
    [
        {"sha256": "0" * 64},
        {"compressed": "bm90IGd6aXA="},
        {"compressed": "!"},
        {"sha256": None},
    ],
)
def test_a_damaged_result_is_never_written(
    status: Json,
    api: ApiDouble,
    run: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    put_request(api, **complete(MADE))
    put_schedule(api, MADE, **status)
    assert fetch(run, tmp_path) == 1
    assert "is damaged" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_schedule_that_was_replaced_behind_the_requests_back_is_damaged(
    api: ApiDouble, run: Run, tmp_path: Path
) -> None:
    put_request(api, **complete(MADE))
    put_schedule(api, a_schedule([game("B-A")]))
    assert fetch(run, tmp_path) == 1


def test_a_request_that_still_runs_has_no_result_yet(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **running())
    put_schedule(api, MADE)
    assert fetch(run, tmp_path) == 1
    told = capsys.readouterr().err
    assert "take the best so far with --so-far" in told
    assert "or an earlier one (`kubectl get schedules --kubeconfig " in told


def test_the_best_so_far_is_fetched_where_asked(api: ApiDouble, run: Run, tmp_path: Path) -> None:
    put_request(api, **running())
    put_schedule(api, MADE)
    assert fetch(run, tmp_path, "--so-far") == 0
    assert (tmp_path / "out" / "schedule.json").read_text() == TEXT


def test_of_a_failed_request_the_best_schedule_is_fetched(
    api: ApiDouble, run: Run, tmp_path: Path
) -> None:
    put_request(api, **failed("Incomplete") | {"jobRef": {"name": SCHEDULE}})
    put_schedule(api, MADE)
    assert fetch(run, tmp_path) == 0


def test_a_failed_request_without_a_schedule_says_why(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **failed("InvalidLeague", "teams[0]: unknown"))
    assert fetch(run, tmp_path) == 1
    assert "it failed: teams[0]: unknown" in capsys.readouterr().err


def test_a_reason_of_several_lines_is_one_error(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **failed("Infeasible", "too few courts\nWhat would help:\n  - Open Gym 3"))
    assert fetch(run, tmp_path) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("error: ")
    assert told[1:] == ["What would help:", "  - Open Gym 3"]


def test_each_fault_of_an_invalid_league_is_an_error(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **failed("InvalidLeague", "teams[0]: unknown\nteams[3]: unknown"))
    assert fetch(run, tmp_path) == 1
    assert "error: teams[3]: unknown" in capsys.readouterr().err.splitlines()


def test_an_earlier_schedule_is_fetched_by_its_name(
    api: ApiDouble, run: Run, tmp_path: Path
) -> None:
    put_request(api, **running())
    put_schedule(api, MADE, "winter-ffffffff")
    assert fetch(run, tmp_path, "--schedule", "winter-ffffffff") == 0


def test_a_schedule_of_another_request_is_refused(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **running())
    put_schedule(api, MADE, "summer-ffffffff", of="summer")
    assert fetch(run, tmp_path, "--schedule", "summer-ffffffff") == 1
    assert "not of request winter, but of summer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (failed("Infeasible", "too few courts"), "the request failed: too few courts"),
        (running() | {"phase": "Suspended"}, "let it go on with `matchday resume winter"),
        (running(), "wait with `matchday watch winter"),
    ],
)
def test_where_nothing_is_saved_it_says_what_to_do(
    api: ApiDouble,
    run: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    status: Json,
    advice: str,
) -> None:
    put_request(api, **status | {"jobRef": {"name": SCHEDULE}})
    put_schedule(api, MADE, compressed=None)
    assert fetch(run, tmp_path, "--so-far") == 1
    assert f"holds no schedule; {advice}" in capsys.readouterr().err


def test_what_a_repair_changes_is_told_as_solve_does(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = EarlierSchedule(games=(game("A-B", "2026-01-11"),))
    problem = Problem(league=read_league(league_document("AB", **ONE_GAME)), earlier=earlier)
    put_request(api, **complete(MADE))
    put_schedule(api, MADE)
    put_problem(api, problem)
    assert fetch(run, tmp_path) == 0
    assert "changed: A - B, 2026-01-11" in capsys.readouterr().out


def test_a_schedule_that_is_gone_can_be_solved_anew(
    api: ApiDouble, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_request(api, **complete(MADE))
    assert fetch(run, tmp_path) == 1
    assert "matchday regenerate winter" in capsys.readouterr().err
