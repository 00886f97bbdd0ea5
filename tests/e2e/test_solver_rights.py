"""What a solver's pod may do in a real cluster: write the status of its own Job's objects.

Each question is asked from inside a real pod, with the token that the kubelet gave it.
"""

import json
from typing import Any

import pytest

from tests.e2e.kubectl import Kubectl, KubectlError
from tests.e2e.solver_pods import RUN, Question, Solvers, codes, solver_image

pytestmark = pytest.mark.e2e

OTHER = "spring-9f8e7d6c"
DIGEST = "sha256:" + "0" * 64
FORGED = "sha256:" + "1" * 64
JSON = "application/json-patch+json"
APPLY = "application/apply-patch+yaml"


TAKE_TURNS = """
import os, ssl
from pathlib import Path
from matchday_api.status import SolverRunStatus
from matchday_solver.report.api import Api
from matchday_solver.report.fence import FenceLostError
from matchday_solver.report.store import Store
server = "https://%s:%s" % (os.environ["KUBERNETES_SERVICE_HOST"],
                            os.environ["KUBERNETES_SERVICE_PORT"])
api = Api(server, Path("/var/run/secrets/kubernetes.io/serviceaccount"))
first, second = (Store(api, os.environ["NAMESPACE"], os.environ["RUN"], name) for name in "ab")
print(first.claim().attempts)
first.save_progress(SolverRunStatus(percent=10, attempt=1))
print(second.claim().attempts)
try:
    first.save_progress(SolverRunStatus(percent=99))
except FenceLostError as error:
    print(error)
second.save_progress(SolverRunStatus(percent=20, attempt=2))
"""
"""Two writers with the solver's own code, of which the second takes over from the first."""


@pytest.fixture
def solvers(kubectl: Kubectl, namespace: str) -> Solvers:
    """The solver's account with its rights, and the objects of two runs."""
    role = "--clusterrole=matchday-solver"
    account = f"--serviceaccount={namespace}:matchday-solver"
    kubectl("create", "serviceaccount", "matchday-solver", "-n", namespace)
    kubectl("create", "rolebinding", "matchday-solver", "-n", namespace, role, account)
    kubectl("create", "configmap", "private", "-n", namespace, "--from-literal=key=value")
    made = [owned(kind, name) for kind in ("SolverRun", "Schedule") for name in (RUN, OTHER)]
    objects = json.dumps({"apiVersion": "v1", "kind": "List", "items": made})
    kubectl("create", "-n", namespace, "-f", "-", stdin=objects)
    return Solvers(kubectl, namespace, solver_image(kubectl))


def owned(kind: str, name: str) -> dict[str, Any]:
    """An object as the operator makes it."""
    spec: dict[str, Any] = {"requestRef": {"name": "winter"}, "inputDigest": DIGEST}
    if kind == "SolverRun":
        spec["jobRef"] = {"name": name}
    return {
        "apiVersion": "matchday.dev/v1alpha1",
        "kind": kind,
        "metadata": {"name": name, "labels": {"matchday.dev/job": name}},
        "spec": spec,
    }


def test_a_pod_writes_the_status_of_its_own_run(solvers: Solvers) -> None:
    status = [{"op": "add", "path": "/status", "value": {"writer": "me", "percent": 5}}]
    saved = [{"op": "add", "path": "/status", "value": {"writer": "me"}}]
    answers = solvers.ask(
        Question("PATCH", solvers.path("solverruns", RUN), {}),
        Question("PATCH", solvers.path("solverruns", RUN), status, JSON),
        Question("PATCH", solvers.path("schedules", RUN), saved, JSON),
    )
    assert codes(answers) == [200, 200, 200]
    assert solvers.status("solverrun") == {"writer": "me", "percent": 5}


def test_a_pod_can_read_nothing(solvers: Solvers) -> None:
    kinds = ("solverruns", "schedules", "schedulerequests")
    paths = [solvers.path(kind) for kind in kinds]
    paths += [solvers.path("solverruns", RUN), solvers.path("schedules", RUN, "")]
    paths += [solvers.core(kind) for kind in ("secrets", "configmaps", "pods", "serviceaccounts")]
    paths += [solvers.core("configmaps/private"), "/api/v1/namespaces", "/api/v1/nodes"]
    answers = solvers.ask(*(Question("GET", path) for path in paths))
    assert codes(answers) == [403] * len(paths)


def test_a_pod_can_write_nothing_else(solvers: Solvers) -> None:
    run, new = solvers.path("solverruns", RUN), owned("SolverRun", "another")
    account = solvers.core("serviceaccounts/matchday-solver/token")
    jobs = f"/apis/batch/v1/namespaces/{solvers.namespace}/jobs/{RUN}"
    questions = [
        Question("PATCH", solvers.path("solverruns", RUN, ""), {"metadata": {"labels": {}}}),
        Question("PATCH", solvers.path("schedules", RUN, ""), {"spec": {}}),
        Question("PATCH", solvers.path("schedulerequests", "winter"), {"status": {}}),
        Question("PUT", run, owned("SolverRun", RUN), "application/json"),
        Question("POST", solvers.path("solverruns"), new, "application/json"),
        Question("DELETE", solvers.path("solverruns", RUN, "")),
        Question("DELETE", solvers.path("schedules")),
        Question("PATCH", solvers.core("configmaps/private"), {"data": {"key": "other"}}),
        Question("PATCH", jobs, {"spec": {"suspend": True}}),
        Question("POST", account, {"spec": {}}, "application/json"),
        Question("POST", solvers.core("pods"), {}, "application/json"),
        Question("PATCH", run.replace(solvers.namespace, "default"), {}),
    ]
    answers = solvers.ask(*questions)
    assert codes(answers) == [403] * len(questions), answers


def test_a_refused_patch_tells_nothing_of_the_object(solvers: Solvers) -> None:
    hostile = [{"op": "test", "path": "/data/key", "value": "guess"}]
    ((status, text),) = solvers.ask(
        Question("PATCH", solvers.core("configmaps/private"), hostile, JSON)
    )
    assert status == 403
    assert "value" not in text


@pytest.mark.parametrize("kind", ["solverruns", "schedules"])
def test_a_pod_cannot_touch_the_objects_of_another_job(solvers: Solvers, kind: str) -> None:
    ((status, text),) = solvers.ask(
        Question("PATCH", solvers.path(kind, OTHER), {"status": {"writer": "me"}})
    )
    assert status == 403
    assert "own Job" in text


@pytest.mark.parametrize("job", ["intruder", RUN + "-more", RUN[:-1]])
def test_a_pod_of_another_name_cannot_touch_the_run(solvers: Solvers, job: str) -> None:
    question = Question("PATCH", solvers.path("solverruns", RUN), {"status": {"writer": "me"}})
    assert codes(solvers.ask(question, job=job)) == [403]
    assert solvers.status("solverrun") == {}


def test_applying_makes_no_object_that_is_absent(solvers: Solvers) -> None:
    absent = owned("SolverRun", "absent")
    path = solvers.path("solverruns", "absent") + "?fieldManager=x&force=true"
    ((status, _),) = solvers.ask(Question("PATCH", path, absent, APPLY))
    assert status in {403, 404}
    with pytest.raises(KubectlError, match="not found"):
        solvers.kubectl("get", "solverrun", "absent", "-n", solvers.namespace)


def test_writing_the_status_changes_neither_metadata_nor_spec(solvers: Solvers) -> None:
    before = solvers.object("solverrun")
    forged = {
        "metadata": {
            "labels": {"matchday.dev/job": OTHER},
            "annotations": {"a": "b"},
            "finalizers": ["example.com/hold"],
            "ownerReferences": [
                {"apiVersion": "v1", "kind": "ConfigMap", "name": "private", "uid": "0"}
            ],
        },
        "spec": {"inputDigest": FORGED},
        "status": {"percent": 7},
    }
    steps = [
        {"op": "add", "path": "/metadata/finalizers", "value": ["example.com/hold"]},
        {"op": "add", "path": "/spec/inputDigest", "value": FORGED},
        {"op": "add", "path": "/status", "value": {"percent": 7}},
    ]
    path = solvers.path("solverruns", RUN)
    solvers.ask(Question("PATCH", path, forged), Question("PATCH", path, steps, JSON))
    after = solvers.object("solverrun")
    assert after.pop("status") == {"percent": 7}
    assert after == before


def test_a_token_that_is_bound_to_no_pod_is_refused(solvers: Solvers) -> None:
    loose = solvers.kubectl("create", "token", "matchday-solver", "-n", solvers.namespace).strip()
    question = Question("PATCH", solvers.path("solverruns", RUN), {}, token=loose)
    writing = Question(
        "PATCH", solvers.path("solverruns", RUN), {"status": {"writer": "me"}}, token=loose
    )
    assert codes(solvers.ask(writing, question))[0] == 403
    assert solvers.status("solverrun") == {}


def test_a_writer_is_fenced_off_once_another_has_claimed_the_run(solvers: Solvers) -> None:
    told = solvers.run(RUN, TAKE_TURNS, NAMESPACE=solvers.namespace, RUN=RUN)
    assert told.splitlines() == ["0", "1", "the pod b has taken over the run"]
    status = solvers.status("solverrun")
    assert (status["writer"], status["percent"], status["attempt"]) == ("b", 20, 2)
