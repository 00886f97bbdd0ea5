"""What a cluster may do to a request: quotas, limits, private registries, older objects."""

import json

import pytest

from tests.e2e.kubectl import Kubectl, eventually
from tests.e2e.leagues import request
from tests.e2e.steps import SETTLED, apply, condition, status, wait_for, wait_phase

pytestmark = pytest.mark.e2e

QUOTA = {
    "apiVersion": "v1",
    "kind": "ResourceQuota",
    "metadata": {"name": "small"},
    "spec": {"hard": {"pods": "0"}},
}
LIMITS = {
    "apiVersion": "v1",
    "kind": "LimitRange",
    "metadata": {"name": "bounds"},
    "spec": {"limits": [{"type": "Container", "max": {"memory": "512Mi"}}]},
}


def test_a_full_quota_is_told_and_waited_for(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, QUOTA)
    apply(kubectl, namespace, request("waits"))
    eventually(
        lambda: "QuotaExceeded" in json.dumps(status(kubectl, namespace, "waits")),
        SETTLED,
        "the status tells of the quota",
    )
    kubectl("delete", "resourcequota", "small", "-n", namespace)
    assert wait_for(kubectl, namespace, "waits", "Complete", 240)["phase"] == "Succeeded"


def test_a_limit_range_that_forbids_the_pod_is_told(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, LIMITS)
    apply(kubectl, namespace, request("bounded"))
    eventually(
        lambda: "512Mi" in json.dumps(status(kubectl, namespace, "bounded")),
        SETTLED,
        "the status tells of the limit",
    )


def test_a_request_within_the_limit_range_is_solved(kubectl: Kubectl, namespace: str) -> None:
    apply(kubectl, namespace, LIMITS)
    memory = {"cpu": "1", "memory": "512Mi"}
    solver = {"timeLimitSeconds": 5, "resources": {"requests": memory, "limits": memory}}
    apply(kubectl, namespace, request("fits", solver=solver))
    assert wait_for(kubectl, namespace, "fits", "Complete")["phase"] == "Succeeded"


def test_image_pull_secrets_reach_the_pod(kubectl: Kubectl, namespace: str) -> None:
    template = {"imagePullSecrets": [{"name": "reg"}], "nodeSelector": {"disk": "of-gold"}}
    apply(kubectl, namespace, request("private", podTemplate=template))
    job = wait_phase(kubectl, namespace, "private", "Queued")["jobRef"]["name"]
    pod = kubectl.json("get", "job", job, "-n", namespace)["spec"]["template"]["spec"]
    assert {"name": "reg"} in pod["imagePullSecrets"]


def test_a_job_that_no_node_can_take_is_queued(kubectl: Kubectl, namespace: str) -> None:
    template = {"nodeSelector": {"disk": "of-gold"}}
    apply(kubectl, namespace, request("picky", podTemplate=template))
    queued = wait_phase(kubectl, namespace, "picky", "Queued")
    eventually(
        lambda: "node" in condition(status(kubectl, namespace, "picky"), "Reconciling")["message"],
        SETTLED,
        "the scheduler's reason",
    )
    assert queued["phase"] == "Queued"


def test_a_job_that_waits_beyond_its_start_timeout_fails(kubectl: Kubectl, namespace: str) -> None:
    template = {"nodeSelector": {"disk": "of-gold"}}
    solver = {"timeLimitSeconds": 1, "startTimeoutSeconds": 1}
    apply(kubectl, namespace, request("late", podTemplate=template, solver=solver))
    failed = condition(wait_for(kubectl, namespace, "late", "Failed"), "Failed")
    assert failed["reason"] == "DeadlineExceeded"
    assert "startTimeoutSeconds" in failed["message"]


def test_a_status_that_an_older_version_wrote_is_taken_over(
    kubectl: Kubectl, namespace: str
) -> None:
    apply(kubectl, namespace, request("old", suspend=True))
    wait_phase(kubectl, namespace, "old", "Suspended")
    stale = {"status": {"phase": "Succeeded", "inputDigest": "sha256:" + "0" * 64}}
    kubectl(
        "patch",
        "sreq",
        "old",
        "-n",
        namespace,
        "--subresource=status",
        "--type=merge",
        "-p",
        json.dumps(stale),
    )
    kubectl(
        "patch", "sreq", "old", "-n", namespace, "--type=merge", "-p", '{"spec":{"suspend":false}}'
    )
    assert wait_for(kubectl, namespace, "old", "Complete")["result"]["games"] == 9
