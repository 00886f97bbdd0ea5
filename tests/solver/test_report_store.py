"""The API client, the fence, and what an earlier pod has left."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from matchday_api.status import Quality, ScheduleStatus, SolverRunStatus
from matchday_solver.report.api import Api, GoneError, RejectedError, UnavailableError
from matchday_solver.report.encode import checkpoint, final
from matchday_solver.report.fence import FenceLostError
from matchday_solver.report.store import Store
from tests.solver.cluster_double import RUN_PATH, SCHEDULE_PATH, ClusterDouble, make_account
from tests.solver.report_builders import a_schedule

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def api(cluster: ClusterDouble, account: Path) -> Api:
    """A client of the double."""
    return Api(cluster.url, account)


def store(cluster: ClusterDouble, account: Path, writer: str = "pod-1") -> Store:
    """The run's objects, as a pod sees them."""
    return Store(api(cluster, account), "leagues", "winter-0a1b2c3d", writer)


def test_the_token_is_read_anew_for_each_request(
    cluster: ClusterDouble, account: Path, tmp_path: Path
) -> None:
    (tmp_path / "ca.crt").write_bytes((account / "ca.crt").read_bytes())
    client = Api(cluster.url, tmp_path)
    for token in ("first", "second"):
        (tmp_path / "token").write_text(token)
        client.read(RUN_PATH)
    assert cluster.tokens == ["Bearer first", "Bearer second"]


def test_a_short_trouble_of_the_server_is_waited_out(cluster: ClusterDouble, account: Path) -> None:
    cluster.trouble.extend([(503, {}), (429, {})])
    assert api(cluster, account).read(RUN_PATH)["metadata"]


@pytest.mark.parametrize("status", [401, 403, 409, 429, 500, 503])
def test_what_may_change_is_told_as_unavailable(
    cluster: ClusterDouble, account: Path, status: int
) -> None:
    cluster.trouble.extend([(status, {"message": "not now"})] * 3)
    with pytest.raises(UnavailableError, match=f"{status} not now"):
        api(cluster, account).read(RUN_PATH)


@pytest.mark.parametrize("status", [400, 413, 422])
def test_what_will_not_change_is_told_as_rejected(
    cluster: ClusterDouble, account: Path, status: int
) -> None:
    answer = {"message": "no", "details": {"causes": [{"message": "because"}]}}
    cluster.trouble.append((status, answer))
    with pytest.raises(RejectedError, match=f"{status} no; because"):
        api(cluster, account).read(RUN_PATH)


def test_a_missing_object_is_told_as_gone(cluster: ClusterDouble, account: Path) -> None:
    with pytest.raises(GoneError):
        api(cluster, account).read("/apis/matchday.dev/v1alpha1/absent")


def test_a_server_that_cannot_be_reached_is_unavailable(account: Path) -> None:
    with pytest.raises(UnavailableError, match="cannot be reached"):
        Api("https://127.0.0.1:1", account).read(RUN_PATH)


def test_a_server_with_another_certificate_is_not_trusted(
    cluster: ClusterDouble, tmp_path: Path
) -> None:
    with pytest.raises(UnavailableError, match="certificate verify failed"):
        Api(cluster.url, make_account(tmp_path / "other")).read(RUN_PATH)


def test_a_token_that_cannot_be_read_is_unavailable(
    cluster: ClusterDouble, account: Path, tmp_path: Path
) -> None:
    (tmp_path / "ca.crt").write_bytes((account / "ca.crt").read_bytes())
    with pytest.raises(UnavailableError, match="token cannot be read"):
        Api(cluster.url, tmp_path).read(RUN_PATH)


def test_the_first_pod_claims_objects_without_status(cluster: ClusterDouble, account: Path) -> None:
    earlier = store(cluster, account).claim()
    assert (earlier.attempts, earlier.elapsed, earlier.saved) == (0, 0.0, None)
    assert cluster.run == {"writer": "pod-1", "attempt": 1}
    assert cluster.schedule == {"writer": "pod-1"}


def test_the_next_pod_counts_the_attempt_and_keeps_the_progress(
    cluster: ClusterDouble, account: Path
) -> None:
    cluster.objects[RUN_PATH]["status"] = {
        "writer": "pod-0",
        "attempt": 2,
        "elapsedSeconds": 41.5,
        "percent": 40,
    }
    earlier = store(cluster, account).claim()
    assert (earlier.attempts, earlier.elapsed) == (2, 41.5)
    assert cluster.run["attempt"] == 3
    assert cluster.run["percent"] == 40


def test_the_saved_schedule_of_an_earlier_pod_is_restored(
    cluster: ClusterDouble, account: Path
) -> None:
    first = store(cluster, account, "pod-0")
    first.claim()
    first.save_schedule(checkpoint(a_schedule(total=9), "pod-0", NOW))
    saved = store(cluster, account).claim().saved
    assert saved is not None
    assert (saved.schedule, saved.final) == (a_schedule(total=9), False)


def test_a_final_schedule_is_restored_as_final(cluster: ClusterDouble, account: Path) -> None:
    first = store(cluster, account, "pod-0")
    first.claim()
    first.save_schedule(final(a_schedule(), "pod-0", NOW, Quality.OPTIMAL))
    saved = store(cluster, account).claim().saved
    assert saved is not None
    assert (saved.final, saved.quality) == (True, Quality.OPTIMAL)


def test_the_seconds_of_the_saved_schedule_count_where_the_progress_is_older(
    cluster: ClusterDouble, account: Path
) -> None:
    first = store(cluster, account, "pod-0")
    first.claim()
    first.save_schedule(checkpoint(a_schedule(seconds=77.0), "pod-0", NOW))
    assert store(cluster, account).claim().elapsed == 77.0


@pytest.mark.parametrize(
    "damage",
    [
        {"compressed": "!!!"},
        {"compressed": "AAAA"},
        {"compressed": "H4sIAFPxBWsC/////////w=="},
        {"sha256": "0" * 64},
        {"final": "perhaps"},
    ],
    ids=["not base64", "not gzip", "not deflate", "another checksum", "not a status"],
)
def test_a_damaged_schedule_counts_as_absent(
    cluster: ClusterDouble, account: Path, damage: dict[str, str]
) -> None:
    first = store(cluster, account, "pod-0")
    first.claim()
    first.save_schedule(checkpoint(a_schedule(), "pod-0", NOW))
    cluster.objects[SCHEDULE_PATH]["status"].update(damage)
    assert store(cluster, account).claim().saved is None


def test_damaged_progress_counts_as_absent(cluster: ClusterDouble, account: Path) -> None:
    cluster.objects[RUN_PATH]["status"] = {"writer": "pod-0", "attempt": "many"}
    assert store(cluster, account).claim().attempts == 0


def test_claiming_again_is_no_further_attempt(cluster: ClusterDouble, account: Path) -> None:
    pod = store(cluster, account)
    pod.claim()
    assert pod.claim().attempts == 0
    assert cluster.run["attempt"] == 1


def test_a_claim_whose_answer_was_lost_is_found_again(
    cluster: ClusterDouble, account: Path
) -> None:
    def lose_answer(path: str) -> None:
        cluster.on_write = None
        cluster.trouble.append((503, {}))

    cluster.on_write = lose_answer
    assert store(cluster, account).claim().attempts == 0


def test_an_object_that_changes_while_it_is_claimed_is_claimed_later(
    cluster: ClusterDouble, account: Path
) -> None:
    pod = store(cluster, account)
    cluster.trouble.extend([(200, {"metadata": {"resourceVersion": "0"}})])
    with pytest.raises(UnavailableError, match="could not be claimed"):
        pod.claim()
    assert pod.claim().attempts == 0


def test_progress_is_written_while_the_pod_is_the_writer(
    cluster: ClusterDouble, account: Path
) -> None:
    pod = store(cluster, account)
    pod.claim()
    pod.save_progress(SolverRunStatus(writer="pod-1", percent=7))
    assert (cluster.run["percent"], cluster.run["writer"]) == (7, "pod-1")


def test_after_a_takeover_nothing_is_written_any_more(
    cluster: ClusterDouble, account: Path
) -> None:
    pod = store(cluster, account)
    pod.claim()
    cluster.take_over()
    with pytest.raises(FenceLostError, match="another-pod has taken over"):
        pod.save_progress(SolverRunStatus(percent=99))
    assert "percent" not in cluster.run


def test_content_that_is_refused_is_not_a_lost_fence(cluster: ClusterDouble, account: Path) -> None:
    pod = store(cluster, account)
    pod.claim()
    cluster.trouble.append((413, {"message": "too large"}))
    with pytest.raises(RejectedError, match="413 too large"):
        pod.save_schedule(ScheduleStatus())


def test_deleted_objects_end_the_pod(cluster: ClusterDouble, account: Path) -> None:
    pod = store(cluster, account)
    pod.claim()
    del cluster.objects[RUN_PATH]
    with pytest.raises(FenceLostError, match="was deleted"):
        pod.save_progress(SolverRunStatus())


def test_names_cannot_leave_their_place_in_the_path(cluster: ClusterDouble, account: Path) -> None:
    hostile = Store(api(cluster, account), "leagues", "../../secrets/x", "pod-1")
    with pytest.raises(FenceLostError, match=r"solverruns \.\.%2F\.\.%2Fsecrets%2Fx"):
        hostile.claim()
