"""What `matchday solve` keeps when it is told to end, fails, or goes on from an earlier run."""

import json
import os
import signal
import threading
from pathlib import Path

import pytest

from matchday_api.schedule import ScheduleFile, Violation
from matchday_cli.local import solving
from matchday_cli.show.repair import Repair
from matchday_solver.outcome import Ending, Outcome
from matchday_solver.report.best import Newest
from tests.builders import game, lacking
from tests.unit.cli.builders import a_schedule, schedule_file
from tests.unit.cli.solver_double import Solver, ended, solve


def test_ctrl_c_lets_the_search_end_and_writes_its_best_schedule(
    solver: Solver, tmp_path: Path
) -> None:
    best = a_schedule([game("B-A")])

    def act(reporter: Newest, stop: threading.Event) -> Outcome:
        reporter.improved(a_schedule())
        os.kill(os.getpid(), signal.SIGINT)
        return ended(Ending.INTERRUPTED, best if stop.wait(30) else None)

    solver.act = act
    assert solve(tmp_path) == 130
    assert (tmp_path / "out" / "schedule.json").read_text() == best.to_text()


def test_what_was_not_placed_yet_is_not_said_to_be_in_conflict(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = a_schedule(missing=[lacking(1, "A", "B")])

    def act(_reporter: Newest, stop: threading.Event) -> Outcome:
        os.kill(os.getpid(), signal.SIGINT)
        return ended(Ending.INTERRUPTED, begun if stop.wait(30) else None)

    solver.act = act
    assert solve(tmp_path) == 130
    assert "matchday explain" not in capsys.readouterr().out


def test_a_second_ctrl_c_does_not_wait_for_the_search(solver: Solver, tmp_path: Path) -> None:
    best, release = a_schedule([game("B-A")]), threading.Event()

    def act(reporter: Newest, stop: threading.Event) -> Outcome:
        reporter.improved(best)
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.wait(30)
        os.kill(os.getpid(), signal.SIGINT)
        release.wait(60)
        return ended(Ending.INTERRUPTED)

    solver.act = act
    try:
        assert solve(tmp_path) == 130
    finally:
        release.set()
    assert (tmp_path / "out" / "schedule.json").read_text() == best.to_text()


def test_a_signal_while_the_files_are_written_leaves_none_out(
    solver: Solver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> Repair:
        os.kill(os.getpid(), signal.SIGINT)
        return Repair()

    monkeypatch.setattr(solving, "repair_of", interrupted)
    assert solve(tmp_path) == 0
    assert (tmp_path / "out" / "report.html").exists()


def test_it_goes_on_from_a_schedule_with_the_cost_that_is_counted(
    solver: Solver, tmp_path: Path
) -> None:
    wrong = [Violation(rule="slots", message="it was corrected since")]
    claimed = schedule_file(tmp_path, a_schedule(total=999, bound=998, violations=wrong))
    assert solve(tmp_path, "--start-from", claimed) == 0
    assert solver.start is not None
    assert (solver.start.objective.total, solver.start.objective.bound) == (0, 0)
    assert solver.start.validation.valid


def test_what_it_goes_on_from_is_kept_where_nothing_better_is_found(
    solver: Solver, tmp_path: Path
) -> None:
    solver.act = lambda *_: ended(Ending.NO_SCHEDULE_IN_TIME)
    left = a_schedule([game("B-A")])
    solve(tmp_path, "--start-from", schedule_file(tmp_path, left))
    written = (tmp_path / "out" / "schedule.json").read_text()
    assert ScheduleFile.model_validate_json(written).games == left.games


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_writes_the_best_schedule_and_says_so_by_its_own_code(
    number: signal.Signals, solver: Solver, tmp_path: Path
) -> None:
    """A terminal that closes sends SIGHUP, which these tests may be told to ignore."""

    def act(reporter: Newest, stop: threading.Event) -> Outcome:
        reporter.improved(a_schedule())
        os.kill(os.getpid(), number)
        assert stop.wait(30)
        return ended(Ending.INTERRUPTED)

    before = signal.signal(number, signal.SIG_DFL)
    try:
        solver.act = act
        assert solve(tmp_path) == 143
    finally:
        signal.signal(number, before)
    assert (tmp_path / "out" / "schedule.json").exists()


def test_the_best_schedule_is_on_disk_while_the_search_goes_on(
    solver: Solver, tmp_path: Path
) -> None:
    checkpoint, seen = tmp_path / "out" / solving.CHECKPOINT, threading.Event()

    def act(reporter: Newest, _: threading.Event) -> Outcome:
        reporter.improved(a_schedule())
        for _attempt in range(300):
            if checkpoint.exists() or seen.wait(0.1):
                break
        assert json.loads(checkpoint.read_text())["kind"] == "Schedule"
        seen.set()
        return ended(Ending.SOLVED, a_schedule())

    solver.act = act
    solve(tmp_path)
    assert seen.is_set()
    assert not checkpoint.exists()


def test_a_run_without_a_schedule_leaves_what_an_earlier_one_has_saved(
    solver: Solver, tmp_path: Path
) -> None:
    checkpoint = tmp_path / "out" / solving.CHECKPOINT
    checkpoint.parent.mkdir()
    checkpoint.write_text("{}")
    solver.act = lambda *_: ended(Ending.NO_SCHEDULE_IN_TIME)
    solve(tmp_path)
    assert checkpoint.exists()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_solver_that_fails_loses_no_schedule(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def act(reporter: Newest, _: threading.Event) -> Outcome:
        reporter.improved(a_schedule())
        raise ZeroDivisionError

    solver.act = act
    assert solve(tmp_path) == 1
    assert (tmp_path / "out" / "schedule.json").exists()
    assert "please report" in capsys.readouterr().err


def test_where_the_best_schedule_is_is_told_where_the_files_cannot_be_written(
    solver: Solver, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out" / "schedule.json").mkdir(parents=True)
    kept = tmp_path / "out" / "best-so-far.json"
    kept.write_text("{}")
    assert solve(tmp_path) == 1
    assert kept.read_text() == a_schedule().to_text()
    assert f"error: the best schedule is in {kept}" in capsys.readouterr().err.splitlines()


def test_nohup_keeps_the_search_going(solver: Solver, tmp_path: Path) -> None:
    def act(reporter: Newest, stop: threading.Event) -> Outcome:
        reporter.improved(a_schedule())
        os.kill(os.getpid(), signal.SIGHUP)
        return ended(Ending.INTERRUPTED if stop.is_set() else Ending.SOLVED)

    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        solver.act = act
        assert solve(tmp_path) == 0
    finally:
        signal.signal(signal.SIGHUP, before)
