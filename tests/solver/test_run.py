"""One Job from start to end, with a search that a test directs, and signals as they come."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from matchday_api.status import Quality
from matchday_solver import attempt as attempt_module
from matchday_solver import run as run_module
from matchday_solver.outcome import Ending
from tests.solver.cluster_double import RUN_PATH, SCHEDULE_PATH
from tests.solver.pods import SOLVED, STOPPED, Pod, Search, another, ended
from tests.solver.report_builders import a_problem, a_schedule


def test_a_solved_problem_leaves_a_final_schedule_and_exits_0(pod: Pod) -> None:
    assert pod.run(Search(SOLVED)) == 0
    saved = pod.cluster.schedule
    assert (saved["final"], saved["quality"], saved["objective"]) == (True, "Optimal", 3)
    assert pod.message["reason"] == "Done"


def test_the_pod_says_how_many_threads_there_are(pod: Pod) -> None:
    search = Search(SOLVED)
    replace(pod, settings=replace(pod.settings, workers=7)).run(search)
    assert search.problem is not None
    assert search.problem.workers == 7


def test_the_last_progress_says_what_came_of_it(pod: Pod) -> None:
    pod.run(Search(SOLVED))
    run = pod.cluster.run
    assert (run["percent"], run["message"], run["attempt"]) == (100, "What to do.", 1)


@pytest.mark.parametrize(
    ("ending", "code", "reason"),
    [
        (Ending.INFEASIBLE, 3, "Infeasible"),
        (Ending.INCOMPLETE, 3, "Incomplete"),
        (Ending.NO_SCHEDULE_IN_TIME, 4, "NoSolutionInTime"),
    ],
)
def test_each_ending_has_its_exit_code_and_reason(
    pod: Pod, ending: Ending, code: int, reason: str
) -> None:
    assert pod.run(Search(ended(ending))) == code
    assert (pod.message["reason"], pod.message["message"]) == (reason, "What to do.")


def test_an_incomplete_schedule_is_kept_without_a_quality(pod: Pod) -> None:
    pod.run(Search(ended(Ending.INCOMPLETE, a_schedule(missing=1))))
    assert (pod.cluster.schedule["final"], pod.cluster.schedule["unplaced"]) == (True, 1)
    assert "quality" not in pod.cluster.schedule


def test_a_schedule_beside_a_proof_that_none_is_complete_does_not_hide_that_proof(pod: Pod) -> None:
    infeasible = ended(Ending.INFEASIBLE)
    tells = (a_schedule(games=0, missing=1),)
    assert pod.run(Search(infeasible, tells=tells)) == 3
    later = another(pod)
    later.run(Search(infeasible))
    assert later.message["reason"] == "Infeasible"


def test_without_any_schedule_the_schedule_object_stays_empty(pod: Pod) -> None:
    pod.run(Search(ended(Ending.INFEASIBLE)))
    assert pod.cluster.schedule == {"writer": "pod-1"}


def test_the_first_attempt_starts_from_nothing(pod: Pod) -> None:
    search = Search(SOLVED)
    pod.run(search)
    assert search.given == {"start": None, "elapsed": 0.0, "attempt": 1}


def test_a_retry_goes_on_from_the_saved_schedule_and_the_used_time(pod: Pod) -> None:
    best = a_schedule(total=8, seconds=40.0)
    pod.run(Search(RuntimeError("boom"), tells=(best,)))
    search = Search(SOLVED)
    another(pod).run(search)
    assert search.given == {"start": best, "elapsed": 40.0, "attempt": 2}


def test_a_retry_does_not_replace_the_saved_schedule_by_a_worse(pod: Pod) -> None:
    pod.run(Search(RuntimeError("boom"), tells=(a_schedule(total=8),)))
    worse = ended(Ending.SOLVED, a_schedule(total=9), Quality.OPTIMAL)
    assert another(pod).run(Search(worse)) == 0
    saved = pod.cluster.schedule
    assert (saved["objective"], saved["final"], saved["quality"]) == (8, True, "TimeLimit")


def test_a_saved_schedule_that_breaks_a_rule_is_not_gone_on_from(pod: Pod) -> None:
    pod.run(Search(RuntimeError("boom"), tells=(a_schedule(games=2),)))
    search = Search(SOLVED)
    another(pod).run(search)
    assert search.given["start"] is None


def test_a_pod_after_a_final_schedule_ends_at_once_in_the_same_way(pod: Pod) -> None:
    pod.run(Search(SOLVED))
    search = Search(SOLVED)
    assert another(pod).run(search) == 0
    assert not search.given


def test_sigterm_saves_the_best_and_exits_143(pod: Pod) -> None:
    best = a_schedule(total=6)
    search = Search(STOPPED, tells=(best,), until_stopped=True, meanwhile=pod.sigterm)
    assert pod.run(search) == 143
    assert (pod.cluster.schedule["objective"], pod.cluster.schedule["final"]) == (6, False)
    assert pod.message["reason"] == "Interrupted"
    assert search.stopped


def test_sigterm_exits_143_also_where_the_search_ends_with_a_result(pod: Pod) -> None:
    assert pod.run(Search(SOLVED, until_stopped=True, meanwhile=pod.sigterm)) == 143
    assert pod.cluster.schedule["final"] is True


def test_sigterm_exits_143_also_where_the_search_finds_nothing(pod: Pod) -> None:
    nothing = ended(Ending.NO_SCHEDULE_IN_TIME)
    assert pod.run(Search(nothing, until_stopped=True, meanwhile=pod.sigterm)) == 143


def test_a_search_that_does_not_stop_does_not_hold_up_the_save(pod: Pod) -> None:
    never = threading.Event()

    def hang() -> None:
        pod.sigterm()
        never.wait(60)

    search = Search(STOPPED, tells=(a_schedule(total=6),), meanwhile=hang)
    assert pod.run(search) == 143
    never.set()
    assert pod.cluster.schedule["objective"] == 6


def test_sigterm_before_the_claim_exits_143(pod: Pod) -> None:
    pod.cluster.down = True
    pod.sigterm()
    assert pod.run(Search(SOLVED)) == 143


def test_a_lost_fence_ends_the_pod_at_once_with_1(
    pod: Pod, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matchday_solver.report.writer.PROGRESS_SECONDS", 0.05)
    search = Search(STOPPED, until_stopped=True, meanwhile=pod.cluster.take_over)
    assert pod.run(search) == 1
    assert "another-pod has taken over" in pod.message["message"]
    assert pod.cluster.run["writer"] == "another-pod"
    pod.control.stop.set()


def test_deleted_objects_end_the_pod_with_1(pod: Pod) -> None:
    del pod.cluster.objects[SCHEDULE_PATH]
    assert pod.run(Search(SOLVED)) == 1
    assert "does not exist" in pod.message["message"]


def test_an_api_server_that_is_away_does_not_stop_the_search(
    pod: Pod, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matchday_solver.report.writer.PROGRESS_SECONDS", 0.05)
    troubled = threading.Event()

    def outage() -> None:
        pod.cluster.trouble.extend([(503, {})] * 4)
        while pod.cluster.trouble:
            troubled.wait(0.05)

    assert pod.run(Search(SOLVED, meanwhile=outage)) == 0
    assert pod.cluster.schedule["final"] is True


def test_a_result_that_cannot_be_saved_is_tried_again_by_the_next_pod(
    pod: Pod, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempt_module, "SAVE_SECONDS", 1.0)

    def outage() -> None:
        pod.cluster.down = True

    assert pod.run(Search(SOLVED, meanwhile=outage)) == 1
    assert pod.message["reason"] == "ResultLost"
    assert "answered 503 down" in pod.message["message"]


def test_a_result_that_fits_into_no_object_is_told_and_not_tried_again(
    pod: Pod, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matchday_solver.report.encode.MAX_COMPRESSED", 100)
    assert pod.run(Search(SOLVED)) == 2
    assert pod.message["reason"] == "ResultLost"
    assert "split the league" in pod.message["message"]


def test_a_crash_saves_the_best_and_exits_1(pod: Pod, capsys: pytest.CaptureFixture[str]) -> None:
    assert pod.run(Search(RuntimeError("boom"), tells=(a_schedule(total=8),))) == 1
    assert (pod.cluster.schedule["objective"], pod.cluster.schedule["final"]) == (8, False)
    assert pod.message["reason"] == "SolverCrashed"
    assert "RuntimeError: boom" in capsys.readouterr().err


def test_running_out_of_memory_is_told_as_such(pod: Pod) -> None:
    assert pod.run(Search(MemoryError())) == 4
    assert pod.message["reason"] == "OutOfMemory"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "not a problem"),
        (b"not gzip", "is not gzip"),
        (a_problem().pack()[:40], "is not gzip"),
        (b"\0" * 9_000_000, "larger than 8 MiB"),
    ],
    ids=["empty", "text", "cut", "too large"],
)
def test_a_snapshot_that_is_no_problem_exits_2(pod: Pod, data: bytes, told: str) -> None:
    pod.settings.input.write_bytes(data)
    assert pod.run(Search(SOLVED)) == 2
    assert pod.message["reason"] == "InvalidLeague"
    assert told in pod.message["message"]


def test_an_invalid_league_exits_2_with_its_faults(pod: Pod) -> None:
    pod.settings.input.write_bytes(a_problem(team_division="U12").pack())
    assert pod.run(Search(SOLVED)) == 2
    assert "teams[0].division" in pod.message["message"]


def test_a_snapshot_that_is_not_mounted_exits_1(pod: Pod) -> None:
    pod.settings.input.unlink()
    assert pod.run(Search(SOLVED)) == 1


def test_a_missing_service_account_exits_1(pod: Pod, tmp_path: Path) -> None:
    pod.settings = replace(pod.settings, account=tmp_path / "absent")
    assert pod.run(Search(SOLVED)) == 1
    assert "service account" in pod.message["message"]


def test_rights_that_are_on_their_way_are_waited_for(pod: Pod) -> None:
    pod.cluster.trouble.append((403, {"message": "forbidden"}))
    assert pod.run(Search(SOLVED)) == 0
    assert RUN_PATH in {path for path, _ in pod.cluster.writes}


def test_a_run_that_cannot_be_claimed_in_time_exits_1(
    pod: Pod, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "CLAIM_SECONDS", 0.0)
    pod.cluster.down = True
    assert pod.run(Search(SOLVED)) == 1
    assert "not claimed" in pod.message["message"]
