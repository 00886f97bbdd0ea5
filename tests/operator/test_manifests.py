"""The objects that the operator makes."""

import base64
from typing import Any

import pytest

from matchday_api.problem import unpack_problem
from matchday_operator.config import SolverPod
from matchday_operator.inputs.parse import parse
from matchday_operator.manifests.access import role_binding, service_account
from matchday_operator.manifests.job import job
from matchday_operator.manifests.schedule import schedule
from matchday_operator.manifests.snapshot import snapshot
from matchday_operator.manifests.solver_run import solver_run
from tests.operator.builders import DIGEST, NAME, UID, body, request

SOLVER = SolverPod("registry/solver:1", "Always", ("chart-secret",), "solver-role", "Default")


def made_job(spec: dict[str, Any] | None = None, **meta: Any) -> dict[str, Any]:
    """The Job of a request."""
    asked = request(spec, **meta)
    assert asked.spec is not None
    return job(asked, asked.spec, NAME, 900, SOLVER)


def pod_of(made: dict[str, Any]) -> dict[str, Any]:
    """The pod's spec of a Job."""
    spec: dict[str, Any] = made["spec"]["template"]["spec"]
    return spec


def container_of(made: dict[str, Any]) -> dict[str, Any]:
    """The solver's container of a Job."""
    container: dict[str, Any] = pod_of(made)["containers"][0]
    return container


def test_everything_of_a_run_has_its_name_its_labels_and_one_owner() -> None:
    asked = request()
    for made in (
        made_job(),
        snapshot(asked, NAME, b"x"),
        solver_run(asked, NAME, DIGEST, ""),
        schedule(asked, NAME, DIGEST),
    ):
        meta = made["metadata"]
        assert (meta["name"], meta["namespace"]) == (NAME, "leagues")
        assert meta["labels"]["matchday.dev/job"] == NAME
        assert meta["labels"]["matchday.dev/request"] == "winter"
        assert [(o["uid"], o["controller"]) for o in meta["ownerReferences"]] == [(UID, True)]
        assert "finalizers" not in meta


def test_disruptions_are_ignored_before_exit_codes_end_the_job() -> None:
    rules = made_job()["spec"]["podFailurePolicy"]["rules"]
    assert [rule["action"] for rule in rules] == ["Ignore", "FailJob"]
    assert rules[1]["onExitCodes"]["values"] == [2, 3, 4]


def test_a_job_has_no_expiry_until_its_result_was_read() -> None:
    assert "ttlSecondsAfterFinished" not in made_job({"ttlSecondsAfterFinished": 5})["spec"]


def test_retries_and_deadline_are_the_requests() -> None:
    spec = made_job({"solver": {"maxRetries": 1}})["spec"]
    assert (spec["backoffLimit"], spec["activeDeadlineSeconds"]) == (1, 900)
    assert spec["podReplacementPolicy"] == "Failed"


def test_the_pod_keeps_the_restricted_standard() -> None:
    pod, container = pod_of(made_job()), container_of(made_job())
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def test_only_a_bound_token_is_mounted() -> None:
    pod = pod_of(made_job())
    assert pod["automountServiceAccountToken"] is False
    sources = next(v for v in pod["volumes"] if v["name"] == "token")["projected"]["sources"]
    assert [next(iter(source)) for source in sources] == [
        "serviceAccountToken",
        "configMap",
        "downwardAPI",
    ]


def test_the_input_is_mounted_read_only_and_tmp_is_bounded() -> None:
    mounts = {m["name"]: m for m in container_of(made_job())["volumeMounts"]}
    assert (mounts["input"]["mountPath"], mounts["input"]["readOnly"]) == ("/input", True)
    tmp = next(v for v in pod_of(made_job())["volumes"] if v["name"] == "tmp")
    assert "sizeLimit" in tmp["emptyDir"]


def test_the_solver_is_told_its_run_and_its_pods_uid() -> None:
    env = {e["name"]: e for e in container_of(made_job())["env"]}
    assert env["MATCHDAY_RUN"]["value"] == NAME
    assert env["MATCHDAY_NAMESPACE"]["value"] == "leagues"
    assert env["MATCHDAY_POD_UID"]["valueFrom"]["fieldRef"]["fieldPath"] == "metadata.uid"


@pytest.mark.parametrize(
    ("solver", "workers"),
    [
        ({}, "2"),
        ({"resources": {"limits": {"cpu": "2500m"}}}, "3"),
        ({"resources": {"limits": {"memory": "4Gi"}, "requests": {"cpu": "4"}}}, "4"),
        ({"workers": 5}, "5"),
    ],
)
def test_workers_default_to_the_cpu_limit_rounded_up(solver: dict[str, Any], workers: str) -> None:
    env = {e["name"]: e for e in container_of(made_job({"solver": solver}))["env"]}
    assert env["MATCHDAY_WORKERS"]["value"] == workers


def test_a_lost_node_is_left_after_half_a_minute() -> None:
    tolerations = pod_of(made_job({"podTemplate": {"tolerations": [{"key": "gpu"}]}}))[
        "tolerations"
    ]
    assert [t.get("tolerationSeconds") for t in tolerations] == [30, 30, None]
    assert tolerations[2] == {"key": "gpu"}


def test_pull_secrets_of_the_chart_and_of_the_request_are_both_used() -> None:
    pod = pod_of(made_job({"podTemplate": {"imagePullSecrets": [{"name": "mine"}]}}))
    assert pod["imagePullSecrets"] == [{"name": "chart-secret"}, {"name": "mine"}]


def test_the_pod_template_is_taken_over_but_not_over_our_labels() -> None:
    template = {
        "labels": {"team": "x", "matchday.dev/job": "forged"},
        "annotations": {"note": "y"},
        "nodeSelector": {"disk": "ssd"},
        "priorityClassName": "low",
        "affinity": {"nodeAffinity": {}},
    }
    made = made_job({"podTemplate": template})
    meta, pod = made["spec"]["template"]["metadata"], pod_of(made)
    assert meta["labels"]["team"] == "x"
    assert meta["labels"]["matchday.dev/job"] == NAME
    assert meta["annotations"] == {"note": "y"}
    assert (pod["nodeSelector"], pod["priorityClassName"]) == ({"disk": "ssd"}, "low")


def test_a_default_request_above_a_given_limit_is_lowered_to_it() -> None:
    made = made_job({"solver": {"resources": {"limits": {"cpu": "500m", "memory": "512Mi"}}}})
    resources = container_of(made)["resources"]
    assert resources["requests"] == {"cpu": "500m", "memory": "512Mi"}


def test_a_queue_is_passed_on_and_the_job_starts_held() -> None:
    made = made_job(labels={"kueue.x-k8s.io/queue-name": "teams"})
    assert made["metadata"]["labels"]["kueue.x-k8s.io/queue-name"] == "teams"
    assert made["spec"]["suspend"] is True
    assert made_job()["spec"]["suspend"] is False


def test_the_snapshot_is_immutable_and_holds_the_problem_with_its_request() -> None:
    parsed = parse(body(), None, None)
    made = snapshot(request(), NAME, parsed.packed)
    problem = unpack_problem(base64.b64decode(made["binaryData"]["problem.json.gz"]))
    assert made["immutable"] is True
    assert (problem.request.uid, problem.request.input_digest) == (UID, parsed.digest)


def test_the_solvers_account_is_bound_to_one_role_in_one_namespace() -> None:
    binding = role_binding("leagues", "solver-role")
    assert binding["roleRef"]["name"] == "solver-role"
    assert binding["subjects"] == [
        {"kind": "ServiceAccount", "name": "matchday-solver", "namespace": "leagues"}
    ]
    assert service_account("leagues")["automountServiceAccountToken"] is False
