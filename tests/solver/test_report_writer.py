"""The writer: not too often, never a worse schedule, patient with the API server."""

import logging
from collections.abc import Iterable
from queue import SimpleQueue

import pytest

from matchday_api.status import Progress, Quality, ScheduleStatus, SolverRunStatus
from matchday_solver.report.api import RejectedError, UnavailableError
from matchday_solver.report.best import Newest
from matchday_solver.report.fence import FenceLostError
from matchday_solver.report.inbox import FenceLost, Inbox, NotSaved, Saved
from matchday_solver.report.writer import Farewell, Writer, describe
from tests.solver.report_builders import a_schedule


class StoreDouble:
    """Keeps what is written, and raises what a test has put into `errors`."""

    writer = "pod-1"

    def __init__(self, errors: Iterable[Exception] = ()) -> None:
        self.errors = list(errors)
        self.refused: RejectedError | None = None
        """What every schedule is refused for."""
        self.runs: list[SolverRunStatus] = []
        self.schedules: list[ScheduleStatus] = []

    def save_progress(self, status: SolverRunStatus) -> None:
        self._fail()
        self.runs.append(status)

    def save_schedule(self, status: ScheduleStatus) -> None:
        self._fail()
        if self.refused is not None:
            raise self.refused
        self.schedules.append(status)

    def costs(self) -> list[int | None]:
        """The costs of the schedules that were saved."""
        return [status.objective for status in self.schedules]

    def _fail(self) -> None:
        if self.errors:
            raise self.errors.pop(0)


class Bench:
    """A writer whose time a test moves on."""

    def __init__(self, errors: Iterable[Exception] = (), best: int | None = None) -> None:
        self.now = 1000.0
        self.store = StoreDouble(errors)
        self.newest = Newest(None if best is None else a_schedule(total=best))
        self.inbox: Inbox = SimpleQueue()
        self.writer = Writer(
            self.store,
            self.newest,
            self.inbox,
            attempt=2,
            elapsed=50.0,
            clock=lambda: self.now,
            sleep=self.wait,
        )

    def wait(self, seconds: float) -> None:
        self.now += seconds

    def tick(self, after: float = 0.0) -> None:
        """Let time pass and have the writer look."""
        self.wait(after)
        self.writer.tick()

    def end(self, farewell: Farewell, seconds: float = 60.0) -> object:
        """End in a thread; what the inbox gets."""
        self.writer.end(farewell, self.now + seconds)
        self.writer.start()
        return self.inbox.get(timeout=30)


DOWN = UnavailableError("the API server answered 503")


def test_progress_is_written_at_most_every_two_seconds() -> None:
    bench = Bench()
    for percent in range(9):
        bench.newest.progress(Progress(percent=percent))
        bench.tick(after=0.5)
    assert [run.percent for run in bench.store.runs] == [0, 4, 8]


def test_the_best_schedule_is_written_at_most_every_five_seconds() -> None:
    bench = Bench()
    for cost in range(11, 0, -1):
        bench.newest.improved(a_schedule(total=cost))
        bench.tick(after=1.0)
    assert bench.store.costs() == [11, 6, 1]


def test_a_schedule_is_written_once() -> None:
    bench = Bench()
    bench.newest.improved(a_schedule(total=5))
    for _ in range(4):
        bench.tick(after=5.0)
    assert bench.store.costs() == [5]


def test_what_an_earlier_attempt_has_saved_is_not_written_again() -> None:
    bench = Bench(best=5)
    bench.newest.improved(a_schedule(total=6))
    bench.tick()
    assert bench.store.costs() == []


def test_progress_without_news_is_a_heartbeat_every_ten_seconds() -> None:
    bench = Bench()
    for _ in range(40):
        bench.tick(after=0.5)
    assert len(bench.store.runs) == 2


def test_progress_carries_attempt_writer_and_the_elapsed_time_of_all_attempts() -> None:
    bench = Bench()
    bench.newest.progress(Progress(elapsed_seconds=51.0))
    bench.tick(after=3.0)
    run = bench.store.runs[0]
    assert (run.attempt, run.writer, run.elapsed_seconds) == (2, "pod-1", 53.0)
    assert run.updated_at is not None


def test_an_api_server_that_is_down_is_asked_less_and_less_often() -> None:
    bench = Bench([DOWN] * 100)
    for _ in range(120):
        bench.tick(after=1.0)
    asked = 100 - len(bench.store.errors)
    assert asked == 7


def test_after_trouble_the_newest_is_written(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench([DOWN])
    bench.newest.improved(a_schedule(total=9))
    with caplog.at_level(logging.WARNING):
        bench.tick()
    assert "next try in 2 s: the API server answered 503" in caplog.text
    bench.newest.improved(a_schedule(total=8))
    bench.tick(after=5.0)
    assert bench.store.costs() == [8]


def test_a_schedule_that_is_refused_is_not_offered_again() -> None:
    bench = Bench([RejectedError("413 too large")])
    bench.newest.improved(a_schedule(total=9))
    for _ in range(3):
        bench.tick(after=60.0)
    assert bench.store.costs() == []


def test_the_last_schedule_is_final_and_progress_is_at_its_end() -> None:
    bench = Bench()
    last = Farewell("All games are placed.", a_schedule(), is_final=True, quality=Quality.OPTIMAL)
    assert bench.end(last) == Saved()
    assert [(status.final, status.quality) for status in bench.store.schedules] == [
        (True, Quality.OPTIMAL)
    ]
    assert (bench.store.runs[-1].percent, bench.store.runs[-1].message) == (
        100,
        "All games are placed.",
    )


def test_the_last_progress_has_the_numbers_of_the_last_schedule() -> None:
    bench = Bench()
    bench.newest.progress(Progress(games_placed=0, games_total=2, objective=90))
    bench.end(Farewell("", a_schedule(total=7, games=2), is_final=True))
    run = bench.store.runs[-1]
    assert (run.games_placed, run.games_total, run.objective) == (2, 2, 7)


def test_a_message_longer_than_progress_holds_is_cut() -> None:
    bench = Bench()
    bench.end(Farewell("x" * 5000, None, is_final=True))
    assert len(bench.store.runs[-1].message) == 1024


def test_told_to_end_it_saves_one_more_checkpoint() -> None:
    bench = Bench()
    bench.newest.improved(a_schedule(total=4))
    bench.end(Farewell("Told to end.", bench.newest.best, is_final=False))
    assert [(status.objective, status.final) for status in bench.store.schedules] == [(4, False)]


def test_told_to_end_it_does_not_save_again_what_is_saved() -> None:
    bench = Bench(best=4)
    bench.end(Farewell("Told to end.", bench.newest.best, is_final=False))
    assert bench.store.costs() == []


def test_told_to_end_it_does_not_claim_to_have_saved_what_was_refused() -> None:
    bench = Bench()
    bench.store.refused = RejectedError("413 too large")
    bench.newest.improved(a_schedule(total=4))
    bench.tick()
    last = Farewell("Told to end.", bench.newest.best, is_final=False)
    assert bench.end(last) == NotSaved("413 too large")


def test_the_last_save_is_tried_until_the_api_server_is_back() -> None:
    bench = Bench([DOWN] * 20)
    assert bench.end(Farewell("", a_schedule(total=3), is_final=True)) == Saved()
    assert bench.store.costs() == [3]


def test_the_last_save_is_given_up_at_the_deadline() -> None:
    bench = Bench([DOWN] * 100)
    ended = bench.end(Farewell("", a_schedule(), is_final=True), seconds=10.0)
    assert ended == NotSaved("the API server answered 503")
    assert bench.now <= 1010.0


def test_a_hurry_brings_the_deadline_forward() -> None:
    bench = Bench([DOWN] * 100)
    bench.writer.end(Farewell("", a_schedule(), is_final=True), bench.now + 60.0)
    bench.writer.hurry(bench.now + 5.0)
    bench.writer.start()
    assert isinstance(bench.inbox.get(timeout=30), NotSaved)
    assert bench.now <= 1005.0


def test_a_last_schedule_that_is_refused_is_not_tried_again() -> None:
    bench = Bench([RejectedError("422 invalid")])
    assert bench.end(Farewell("", a_schedule(), is_final=True)) == NotSaved("422 invalid")


@pytest.mark.parametrize("schedule", [a_schedule(), None], ids=["schedule", "progress only"])
def test_a_lost_fence_is_told_at_once(schedule: object) -> None:
    bench = Bench([FenceLostError("the pod b has taken over the run")])
    told = bench.end(Farewell("", a_schedule() if schedule else None, is_final=True))
    assert told == FenceLost("the pod b has taken over the run")


def test_progress_is_logged_at_most_every_ten_seconds(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()
    with caplog.at_level(logging.INFO):
        for placed in range(20):
            bench.newest.progress(Progress(games_placed=placed, games_total=20))
            bench.tick(after=1.0)
    assert [record.message for record in caplog.records] == [
        "51 s: 0 of 20 games",
        "61 s: 10 of 20 games",
    ]


def test_a_line_of_progress_is_short_and_one_line() -> None:
    told = Progress(games_placed=3, games_total=4, objective=70, gap=0.125, message="a\nb" * 100)
    line = describe(told)
    assert line.startswith("3 of 4 games, cost 70, gap 12.5%, a ba b")
    assert len(line) < 200
