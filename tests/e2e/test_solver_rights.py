"""What a solver's pod may do in a real cluster: write the status of its own Job's objects.

Each question is asked from inside a real pod, with the token that the kubelet gave it.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import pytest

from tests.e2e.kubectl import Kubectl, KubectlError

pytestmark = pytest.mark.e2e

SYSTEM = "matchday-system"
RUN = "winter-0a1b2c3d"
OTHER = "spring-9f8e7d6c"
DIGEST = "sha256:" + "0" * 64
FORGED = "sha256:" + "1" * 64
MERGE = "application/merge-patch+json"
JSON = "application/json-patch+json"
APPLY = "application/apply-patch+yaml"

ASK = """
import json, os, ssl, urllib.error, urllib.request
account = "/var/run/secrets/kubernetes.io/serviceaccount"
mounted = open(account + "/token").read()
server = "https://%s:%s" % (os.environ["KUBERNETES_SERVICE_HOST"],
                            os.environ["KUBERNETES_SERVICE_PORT"])
trusted = ssl.create_default_context(cafile=account + "/ca.crt")
for ask in json.loads(os.environ["QUESTIONS"]):
    body = None if ask["body"] is None else json.dumps(ask["body"]).encode()
    headers = {"Authorization": "Bearer " + (ask["token"] or mounted),
               "Content-Type": ask["content_type"]}
    request = urllib.request.Request(server + ask["path"], body, headers, method=ask["verb"])
    try:
        with urllib.request.urlopen(request, context=trusted, timeout=20) as answer:
            print(json.dumps([answer.status, answer.read().decode()]), flush=True)
    except urllib.error.HTTPError as error:
        print(json.dumps([error.code, error.read().decode()]), flush=True)
"""
"""Asks the API server and prints an answer a line."""

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


@dataclass(frozen=True)
class Question:
    """A request to the API server."""

    verb: str
    path: str
    body: Any = None
    content_type: str = MERGE
    token: str = ""
    """Instead of the pod's own."""


@dataclass(frozen=True)
class Solvers:
    """A namespace as the operator prepares it, with two runs, and pods that ask."""

    kubectl: Kubectl
    namespace: str
    image: str = field(default="")

    def path(self, kind: str, name: str = "", subresource: str = "status") -> str:
        """The path of an object of ours."""
        group = f"/apis/matchday.dev/v1alpha1/namespaces/{self.namespace}"
        return "/".join(filter(None, (group, kind, name, name and subresource)))

    def core(self, rest: str) -> str:
        """The path of an object of Kubernetes' own."""
        return f"/api/v1/namespaces/{self.namespace}/{rest}"

    def ask(self, *questions: Question, job: str = RUN) -> list[tuple[int, str]]:
        """Status and text of each answer, asked from a pod of a Job."""
        asked = json.dumps([asdict(question) for question in questions])
        lines = self.run(job, ASK, QUESTIONS=asked).splitlines()
        return [(status, text) for status, text in map(json.loads, lines)]

    def run(self, job: str, script: str, **environment: str) -> str:
        """What a script prints in a pod of a Job with the solver's account."""
        manifest = self._job(job, script, environment)
        self.kubectl("apply", "-n", self.namespace, "-f", "-", stdin=json.dumps(manifest))
        wait = ("wait", "-n", self.namespace, f"job/{job}", "--for=condition=complete")
        self.kubectl(*wait, "--timeout=120s", timeout=150)
        logs = self.kubectl("logs", "-n", self.namespace, f"job/{job}")
        self.kubectl("delete", "job", job, "-n", self.namespace)
        return logs

    def status(self, kind: str) -> dict[str, Any]:
        """The status of the run's object."""
        found: dict[str, Any] = self.object(kind).get("status", {})
        return found

    def object(self, kind: str) -> dict[str, Any]:
        """The run's object of a kind, without what every write changes."""
        found = self.kubectl.json("get", kind, RUN, "-n", self.namespace)
        for volatile in ("resourceVersion", "managedFields"):
            found["metadata"].pop(volatile, None)
        return found

    def _job(self, name: str, script: str, environment: dict[str, str]) -> dict[str, Any]:
        container = {
            "name": "solver",
            "image": self.image,
            "command": ["/opt/matchday/bin/python", "-c", script],
            "env": [{"name": key, "value": value} for key, value in environment.items()],
            "securityContext": {
                "allowPrivilegeEscalation": False,
                "capabilities": {"drop": ["ALL"]},
            },
        }
        pod = {
            "serviceAccountName": "matchday-solver",
            "restartPolicy": "Never",
            "dnsPolicy": "Default",
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": 65532,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "containers": [container],
        }
        return {
            "apiVersion": "batch/v1",
            "kind": "Job",
            "metadata": {"name": name},
            "spec": {"backoffLimit": 0, "template": {"spec": pod}},
        }


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


def solver_image(kubectl: Kubectl) -> str:
    """The image of the solver's pods, as the operator is told."""
    deployment = kubectl.json("get", "deployment", "matchday-operator", "-n", SYSTEM)
    entries = deployment["spec"]["template"]["spec"]["containers"][0]["env"]
    image: str = next(e["value"] for e in entries if e["name"] == "MATCHDAY_SOLVER_IMAGE")
    return image


def codes(answers: Sequence[tuple[int, str]]) -> list[int]:
    """The status codes alone."""
    return [status for status, _ in answers]


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
