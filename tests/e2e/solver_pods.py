"""Pods with the solver's account that ask the API server."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.e2e.kubectl import Kubectl

SYSTEM = "matchday-system"
RUN = "winter-0a1b2c3d"
MERGE = "application/merge-patch+json"
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


def solver_image(kubectl: Kubectl) -> str:
    """The image of the solver's pods, as the operator is told."""
    deployment = kubectl.json("get", "deployment", "matchday-operator", "-n", SYSTEM)
    entries = deployment["spec"]["template"]["spec"]["containers"][0]["env"]
    image: str = next(e["value"] for e in entries if e["name"] == "MATCHDAY_SOLVER_IMAGE")
    return image


def codes(answers: Sequence[tuple[int, str]]) -> list[int]:
    """The status codes alone."""
    return [status for status, _ in answers]
