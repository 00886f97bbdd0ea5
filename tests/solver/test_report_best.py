"""Which schedule is better, how often is written, and the best so far in a file."""

import json
from pathlib import Path

import pytest

from matchday_api.schedule import ScheduleFile
from matchday_solver.report.best import Newest, is_better
from matchday_solver.report.file import BestFile
from matchday_solver.report.throttle import Throttle
from tests.solver.report_builders import a_schedule


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (a_schedule(total=5), a_schedule(total=6)),
        (a_schedule(total=900), a_schedule(total=5, missing=1)),
        (a_schedule(total=900, changes=1), a_schedule(total=5, changes=2)),
        (a_schedule(missing=3), a_schedule(valid=False)),
    ],
    ids=["cheaper", "more complete", "fewer changes", "valid"],
)
def test_order_of_schedules(better: ScheduleFile, worse: ScheduleFile) -> None:
    assert is_better(better, worse)
    assert not is_better(worse, better)


def test_an_equal_schedule_is_not_better() -> None:
    assert not is_better(a_schedule(total=5), a_schedule(total=5))


def test_a_worse_schedule_does_not_replace_the_best() -> None:
    newest = Newest()
    best = a_schedule(total=5)
    newest.improved(best)
    newest.improved(a_schedule(total=6))
    assert newest.best is best


def test_the_schedule_of_an_earlier_attempt_stays_while_it_is_the_best() -> None:
    earlier = a_schedule(total=5)
    newest = Newest(earlier)
    newest.improved(a_schedule(total=7))
    assert newest.settled(a_schedule(total=6)) is earlier


def test_an_equal_last_schedule_is_settled_on_for_its_newer_bound() -> None:
    last = a_schedule(total=5)
    assert Newest(a_schedule(total=5)).settled(last) is last


def test_what_an_earlier_attempt_came_to_is_told_until_there_is_more() -> None:
    latest = Newest(a_schedule(total=5, missing=1)).latest
    assert (latest.objective, latest.games_total - latest.games_placed) == (5, 1)


def test_a_throttle_opens_again_after_its_interval() -> None:
    throttle = Throttle(2.0)
    assert throttle.is_due(0.0)
    throttle.passed(10.0)
    assert not throttle.is_due(11.9)
    assert throttle.is_due(12.0)


def test_the_first_schedule_is_in_the_file_at_once(tmp_path: Path) -> None:
    best = BestFile(tmp_path / "schedule.json")
    best.improved(a_schedule(total=5))
    assert json.loads((tmp_path / "schedule.json").read_text())["objective"]["total"] == 5


def test_a_better_schedule_waits_for_the_interval_or_the_flush(tmp_path: Path) -> None:
    clock = Clock()
    best = BestFile(tmp_path / "schedule.json", 5.0, clock)
    best.improved(a_schedule(total=5))
    best.improved(a_schedule(total=4))
    assert json.loads((tmp_path / "schedule.json").read_text())["objective"]["total"] == 5
    best.flush()
    assert json.loads((tmp_path / "schedule.json").read_text())["objective"]["total"] == 4


def test_after_the_interval_a_better_schedule_is_saved_at_once(tmp_path: Path) -> None:
    clock = Clock()
    best = BestFile(tmp_path / "schedule.json", 5.0, clock)
    best.improved(a_schedule(total=5))
    clock.now += 5.0
    best.improved(a_schedule(total=4))
    assert json.loads((tmp_path / "schedule.json").read_text())["objective"]["total"] == 4


def test_what_waited_is_saved_after_the_interval_without_a_better_one(tmp_path: Path) -> None:
    clock = Clock()
    best, waiting = BestFile(tmp_path / "schedule.json", 5.0, clock), a_schedule(total=4)
    best.improved(a_schedule(total=5))
    best.improved(waiting)
    clock.now += 5.0
    best.improved(waiting)
    assert json.loads((tmp_path / "schedule.json").read_text())["objective"]["total"] == 4


def test_a_worse_schedule_leaves_the_file_alone(tmp_path: Path) -> None:
    best = BestFile(tmp_path / "schedule.json", 0.0)
    best.improved(a_schedule(total=5))
    best.improved(a_schedule(total=6))
    best.flush()
    assert json.loads((tmp_path / "schedule.json").read_text())["objective"]["total"] == 5


def test_no_half_written_file_is_left(tmp_path: Path) -> None:
    best = BestFile(tmp_path / "schedule.json", 0.0)
    best.improved(a_schedule(total=5))
    assert [path.name for path in tmp_path.iterdir()] == ["schedule.json"]
