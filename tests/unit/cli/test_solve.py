"""`matchday solve`: files, options, exit codes. The search is a double but for one test."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from matchday_api.status import Progress
from matchday_cli.__main__ import main
from matchday_cli.errors import CliError
from matchday_solver.outcome import Ending, Outcome
from matchday_solver.report.best import Newest
from tests.builders import division, game, lacking, league_document
from tests.unit.cli.builders import a_schedule, league_file, request_document, schedule_file
from tests.unit.cli.solver_double import Solver, ended, problem_of, solve


def test_all_files_are_written(solver: Solver, tmp_path: Path) -> None:
    assert solve(tmp_path) == 0
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert files == ["A.ics", "B.ics", "report.html", "schedule.csv", "schedule.json"]


def test_schedule_json_is_the_schedule(solver: Solver, tmp_path: Path) -> None:
    solve(tmp_path)
    assert (tmp_path / "out" / "schedule.json").read_text() == a_schedule().to_text()


def test_the_summary_tells_games_cost_and_where_the_files_are(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schedule = a_schedule(total=1200, bound=600, terms={"clubDays": 12})
    solver.act = lambda *_: ended(Ending.SOLVED, schedule)
    solve(tmp_path)
    said = capsys.readouterr().out
    assert "1 game, no broken rule, cost 1,200, at least 600 (gap 50.0%), 1.5 s" in said
    assert "clubDays      12      100   1,200" in said
    assert f"{tmp_path}/out/: schedule.json" in said


@pytest.mark.parametrize(
    ("how", "code"),
    [
        (Ending.INFEASIBLE, 3),
        (Ending.INCOMPLETE, 3),
        (Ending.NO_SCHEDULE_IN_TIME, 4),
    ],
)
def test_without_success_the_exit_code_and_the_message_say_why(
    how: Ending, code: int, solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    solver.act = lambda *_: ended(how, message="open more courts")
    assert solve(tmp_path) == code
    assert capsys.readouterr().err.endswith("error: open more courts\n")


def test_an_incomplete_schedule_is_written_all_the_same(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    incomplete = a_schedule(missing=[lacking(1, "A", "B")])
    solver.act = lambda *_: ended(Ending.INCOMPLETE, incomplete)
    solve(tmp_path)
    assert (tmp_path / "out" / "schedule.json").read_text() == incomplete.to_text()
    assert "missing: A - B (U12): 1 game: no room" in capsys.readouterr().out


@pytest.mark.parametrize(("how", "told"), [(Ending.INCOMPLETE, True), (Ending.INFEASIBLE, False)])
def test_explain_is_named_unless_the_reason_follows(
    how: Ending, told: bool, solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    solver.act = lambda *_: ended(how, a_schedule(missing=[lacking(1, "A", "B")]))
    solve(tmp_path)
    assert ("is told by `matchday explain`" in capsys.readouterr().out) is told


def test_the_games_of_single_teams_are_told_to_be_halves(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lack = a_schedule(missing=[lacking(2, "A"), lacking(2, "B")])
    solver.act = lambda *_: ended(Ending.INCOMPLETE, lack)
    solve(tmp_path)
    assert "what single teams lack is half as many games" in capsys.readouterr().out


def test_the_options_reach_the_solver(solver: Solver, tmp_path: Path) -> None:
    options = "--time-limit 7 --gap-limit 0.1 --workers 3 --seed 9 --completeness BestEffort"
    solve(tmp_path, *options.split())
    problem = problem_of(solver)
    assert (problem.time_limit_seconds, problem.gap_limit) == (7, 0.1)
    assert (problem.workers, problem.seed, problem.completeness) == (3, 9, "BestEffort")


@pytest.mark.parametrize(
    ("text", "seconds"), [("2m", 120), ("1h30m", 5400), ("1.1h", 3960), ("90", 90), ("90s", 90)]
)
def test_a_time_limit_may_have_units(
    text: str, seconds: int, solver: Solver, tmp_path: Path
) -> None:
    solve(tmp_path, "--time-limit", text)
    assert problem_of(solver).time_limit_seconds == seconds


def test_a_requests_own_settings_hold_where_no_option_says_otherwise(
    solver: Solver, tmp_path: Path
) -> None:
    request = request_document(solver={"timeLimitSeconds": 99, "seed": 5})
    solve(tmp_path, "--seed", "6", league=request)
    assert (problem_of(solver).time_limit_seconds, problem_of(solver).seed) == (99, 6)


def test_an_earlier_schedule_and_its_frozen_part_reach_the_solver(
    solver: Solver, tmp_path: Path
) -> None:
    earlier = schedule_file(tmp_path, a_schedule([game("B-A")]))
    solve(tmp_path, "--changes-from", earlier, "--frozen-before", "2026-01-20")
    found = problem_of(solver).earlier
    assert found is not None
    assert (found.games, str(found.frozen_before)) == ((game("B-A"),), "2026-01-20")


def test_each_change_of_a_repair_is_told_with_its_reason(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = schedule_file(tmp_path, a_schedule([game("A-B", "2026-01-17", id="1")]))
    solver.act = lambda *_: ended(Ending.SOLVED, a_schedule([game("A-B", id="1")], changes=1))
    league = league_document(
        "AB",
        divisions=[division(gamesPerTeam=1)],
        venues=[{"name": "Gym", "closedDates": ["2026-01-17"]}],
    )
    assert solve(tmp_path, "--changes-from", earlier, league=league) == 0
    told = (
        "A - B, 2026-01-17 09:00 at Gym: now 2026-01-10 09:00 at Gym (Gym is closed on 2026-01-17)"
    )
    assert f"changed: {told}" in capsys.readouterr().out.splitlines()
    assert f"<li>{told}</li>" in (tmp_path / "out" / "report.html").read_text()


def test_a_repair_that_the_league_has_no_room_for_is_refused_before_solving(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = schedule_file(tmp_path, a_schedule([game("A-B", venue="Hall")]))
    assert solve(tmp_path, "--changes-from", earlier, "--frozen-before", "2026-01-20") == 2
    assert 'has venue "Hall", which the league lacks' in capsys.readouterr().err
    assert solver.problem is None


def test_it_does_not_go_on_from_a_schedule_that_breaks_a_rule(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = schedule_file(tmp_path, a_schedule([game("A-B", "2026-01-11")]))
    assert solve(tmp_path, "--start-from", broken) == 2
    said = capsys.readouterr().err
    assert "with --changes-from alone, which repairs it" in said
    assert "broken: slots: " in said
    assert solver.problem is None


def test_a_schedule_of_another_league_is_told_as_one(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = schedule_file(tmp_path, a_schedule([game("X-Y")]))
    assert solve(tmp_path, "--start-from", other) == 2
    assert capsys.readouterr().err == (
        f"error: {other}: is of another league: this one does not have 2 of its 2 teams\n"
    )
    assert solver.problem is None


def test_progress_is_told(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def act(reporter: Newest, _: threading.Event) -> Outcome:
        reporter.progress(Progress(games_placed=3, games_total=8, message="Placing games"))
        return ended(Ending.SOLVED, a_schedule())

    solver.act = act
    solve(tmp_path)
    assert "3 of 8 games, 0s: Placing games" in capsys.readouterr().err


def test_every_fault_of_a_league_is_a_line_with_file_and_path(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    teams = [{"name": "A", "division": "U13"}, {"name": "B"}]
    assert solve(tmp_path, league=league_document(teams, gameMinutes=1)) == 2
    assert solve(tmp_path, league=league_document(teams)) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(f"error: {tmp_path}/league.yaml: gameMinutes: must be at least 5")
    assert f"error: {tmp_path}/league.yaml: teams[0].division:" in lines[1]
    assert solver.problem is None


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (
            request_document(leagueFrom={"configMapKeyRef": {"name": "x"}}),
            "spec.leagueFrom: the league is in a ConfigMap",
        ),
        (
            request_document(changes={"from": {"scheduleRef": {"name": "x"}}}),
            "give its schedule.json with --changes-from",
        ),
    ],
)
def test_what_only_a_cluster_has_is_asked_for_as_a_file(
    document: Any, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert solve(tmp_path, league=document) == 2
    assert said in capsys.readouterr().err


def test_a_frozen_date_without_an_earlier_schedule_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert solve(tmp_path, "--frozen-before", "2026-01-20") == 2
    assert "--changes-from" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_told_before_solving(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").symlink_to("out")
    assert solve(tmp_path) == 1
    assert f"{tmp_path}/out: cannot be written" in capsys.readouterr().err
    assert solver.problem is None


def test_a_file_in_the_folder_s_place_is_told_before_solving(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("a file")
    assert solve(tmp_path) == 2
    told = f"error: {tmp_path}/out: is a file; name a folder with -o\n"
    assert capsys.readouterr().err == told
    assert solver.problem is None


def test_a_missing_file_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", "nowhere.yaml"]) == 2
    assert capsys.readouterr().err == (
        "error: nowhere.yaml: cannot be read: No such file or directory\n"
    )


def test_the_real_solver_makes_a_valid_schedule(tmp_path: Path) -> None:
    league = league_document("ABCD", divisions=[{"name": "U12", "gamesPerTeam": 3}])
    assert solve(tmp_path, "--time-limit", "5", league=league) == 0
    schedule = tmp_path / "out" / "schedule.json"
    assert main(["check", str(tmp_path / "league.yaml"), str(schedule)]) == 0
    assert len(json.loads(schedule.read_text())["games"]) == 6


def test_the_errors_of_the_command_line_are_free_of_control_characters() -> None:
    assert CliError("\x1b[31mred").lines() == ["error: �[31mred"]


@pytest.mark.parametrize("output", ["-", ""])
def test_an_output_that_is_no_folder_is_refused(
    output: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["solve", str(league_file(tmp_path)), "-o", output])
    assert "must be a folder" in capsys.readouterr().err


def test_a_folder_that_is_named_like_a_calendar_is_left_alone(
    solver: Solver, tmp_path: Path
) -> None:
    (tmp_path / "out" / "x.ics").mkdir(parents=True)
    assert solve(tmp_path) == 0
    assert (tmp_path / "out" / "x.ics").is_dir()
