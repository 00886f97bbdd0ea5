"""A request over time: suspended, changed, regenerated, deleted, and with its operator killed."""

import json
from typing import Any

import pytest

from tests.e2e.kubectl import Kubectl, eventually
from tests.e2e.leagues import example, request, small_league
from tests.e2e.steps import (
    SETTLED,
    apply,
    jobs,
    status,
    wait_for,
    wait_phase,
    wait_progress,
)

pytestmark = pytest.mark.e2e

OWNED = ("jobs", "pods", "configmaps", "schedules", "solverruns")
OPERATOR = ("-n", "matchday-system")
SELECTOR = "app.kubernetes.io/name=matchday"


def long_request(name: str, seconds: int = 600) -> dict[str, Any]:
    """A request whose search goes on for so many seconds if it is let."""
    return request(name, example("ncsaa-60-s1"), solver={"timeLimitSeconds": seconds})


def patch(kubectl: Kubectl, namespace: str, name: str, change: object) -> None:
    """Merge a change into a request."""
    kubectl("patch", "sreq", name, "-n", namespace, "--type=merge", "-p", json.dumps(change))


def test_a_suspended_request_stops_and_resumes_from_its_schedule(
    kubectl: Kubectl, namespace: str
) -> None:
    apply(kubectl, namespace, long_request("pause"))
    before = wait_progress(kubectl, namespace, "pause")
    patch(kubectl, namespace, "pause", {"spec": {"suspend": True}})
    wait_for(kubectl, namespace, "pause", "Suspended")
    eventually(lambda: not kubectl.names("pods", namespace), SETTLED, "the pod is gone")
    patch(kubectl, namespace, "pause", {"spec": {"suspend": False}})
    wait_phase(kubectl, namespace, "pause", "Running")
    after = wait_progress(kubectl, namespace, "pause")
    assert after["jobRef"] == before["jobRef"]
    assert after["progress"]["elapsedSeconds"] >= before["progress"]["elapsedSeconds"]


def test_a_request_made_suspended_starts_nothing(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, request("later", suspend=True))
    wait_phase(kubectl, namespace, "later", "Suspended")
    assert kubectl.names("pods", namespace) == []


def test_the_same_spec_again_runs_nothing(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, request("same"))
    wait_for(kubectl, namespace, "same", "Complete")
    before = jobs(kubectl, namespace)
    apply(kubectl, namespace, request("same", ttlSecondsAfterFinished=3600))
    eventually(
        lambda: status(kubectl, namespace, "same")["observedGeneration"] == 2,
        SETTLED,
        "the second generation is observed",
    )
    assert jobs(kubectl, namespace) == before


def test_a_changed_spec_replaces_the_running_job(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, long_request("fast"))
    first = wait_progress(kubectl, namespace, "fast")["jobRef"]["name"]
    apply(kubectl, namespace, request("fast", small_league()))
    done = wait_for(kubectl, namespace, "fast", "Complete")
    assert done["jobRef"]["name"] != first
    eventually(lambda: first not in kubectl.names("jobs", namespace), SETTLED, "no old Job")


def test_regenerate_solves_an_unchanged_spec_afresh(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, request("again"))
    first = wait_for(kubectl, namespace, "again", "Complete")["result"]["name"]
    kubectl("annotate", "sreq", "again", "-n", namespace, "matchday.dev/regenerate=now")

    def second() -> str | None:
        name: str | None = status(kubectl, namespace, "again").get("result", {}).get("name")
        return name if name != first else None

    assert eventually(second, SETTLED, "another Schedule")
    assert first in kubectl.names("schedules", namespace)


def test_history_is_bounded(kubectl: Kubectl, namespace: str) -> None:
    for token in ("a", "b"):
        body = request("short", historyLimit=1)
        body["metadata"]["annotations"] = {"matchday.dev/regenerate": token}
        apply(kubectl, namespace, body)
        wait_for(kubectl, namespace, "short", "Complete")
    eventually(
        lambda: len(kubectl.names("schedules", namespace)) == 1, SETTLED, "one Schedule is left"
    )


def test_delete_leaves_nothing_behind(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, long_request("gone"))
    wait_progress(kubectl, namespace, "gone")
    kubectl("delete", "sreq", "gone", "-n", namespace, timeout=SETTLED)
    label = "matchday.dev/request=gone"
    eventually(
        lambda: not any(kubectl.names(kind, namespace, label) for kind in OWNED),
        SETTLED,
        "everything that the request owned is gone",
    )


def test_a_request_made_again_at_once_gets_its_own_job(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, request("twin"))
    first = wait_for(kubectl, namespace, "twin", "Complete")["result"]["name"]
    kubectl("delete", "sreq", "twin", "-n", namespace, "--wait=false")
    eventually(lambda: not kubectl.names("sreq", namespace), SETTLED, "the first is gone")
    apply(kubectl, namespace, request("twin"))
    assert wait_for(kubectl, namespace, "twin", "Complete")["result"]["name"] != first


def test_an_operator_killed_in_the_middle_changes_nothing(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, long_request("steady", seconds=25))
    wait_progress(kubectl, namespace, "steady")
    before = jobs(kubectl, namespace)
    kubectl("delete", "pods", *OPERATOR, "-l", SELECTOR, "--grace-period=0", "--force")
    result = wait_for(kubectl, namespace, "steady", "Complete")["result"]
    assert (jobs(kubectl, namespace), result["games"]) == (before, 224)


def test_a_pod_deleted_by_hand_is_replaced_and_continues(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, long_request("retry"))
    wait_progress(kubectl, namespace, "retry")
    kubectl("delete", "pods", "-n", namespace, "-l", "matchday.dev/request=retry")

    def second() -> bool:
        progress = status(kubectl, namespace, "retry").get("progress", {})
        return bool(progress.get("attempt") == 2 and progress["gamesPlaced"] == 224)

    assert eventually(second, SETTLED, "a second attempt has the schedule again")
