"""The pod of a run: one container that may do nothing but solve and report."""

from typing import Any

from matchday_api.request import MAX_WORKERS, ScheduleRequestSpec
from matchday_operator.config import SolverPod
from matchday_operator.manifests.access import ACCOUNT
from matchday_operator.manifests.snapshot import KEY
from matchday_operator.quantities import amount, whole_cpus
from matchday_operator.records import CONTAINER, Json

USER = 65532
GRACE_SECONDS = 30
TMP_SIZE = "256Mi"
TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount"
TOKEN_SECONDS = 3600
INPUT_PATH = "/input"
LOST_NODE_SECONDS = 30
DEFAULT_WORKERS = 2


def pod_spec(namespace: str, spec: ScheduleRequestSpec, name: str, solver: SolverPod) -> Json:
    """The pod's spec, within the restricted Pod Security Standard."""
    template = spec.pod_template
    secrets = [*solver.pull_secrets, *(each.name for each in template.image_pull_secrets)]
    made: Json = {
        "restartPolicy": "Never",
        "serviceAccountName": ACCOUNT,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "dnsPolicy": solver.dns_policy,
        "terminationGracePeriodSeconds": GRACE_SECONDS,
        "securityContext": _pod_security(),
        "containers": [_container(namespace, spec, name, solver)],
        "volumes": [_input_volume(name), _tmp_volume(), _token_volume()],
        "tolerations": [*_lost_node_tolerations(), *map(dict, template.tolerations)],
    }
    optional: Json = {
        "imagePullSecrets": [{"name": each} for each in dict.fromkeys(secrets)],
        "nodeSelector": dict(template.node_selector),
        "affinity": template.affinity,
        "priorityClassName": template.priority_class_name,
    }
    return made | {key: value for key, value in optional.items() if value}


def _container(namespace: str, spec: ScheduleRequestSpec, name: str, solver: SolverPod) -> Json:
    return {
        "name": CONTAINER,
        "image": solver.image,
        "imagePullPolicy": solver.pull_policy,
        "env": [
            {"name": "MATCHDAY_INPUT", "value": f"{INPUT_PATH}/{KEY}"},
            {"name": "MATCHDAY_NAMESPACE", "value": namespace},
            {"name": "MATCHDAY_RUN", "value": name},
            {"name": "MATCHDAY_POD_UID", "valueFrom": _field("metadata.uid")},
            {"name": "MATCHDAY_WORKERS", "value": str(workers(spec))},
        ],
        "resources": _resources(spec),
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "terminationMessagePolicy": "File",
        "volumeMounts": [
            {"name": "input", "mountPath": INPUT_PATH, "readOnly": True},
            {"name": "tmp", "mountPath": "/tmp"},
            {"name": "token", "mountPath": TOKEN_PATH, "readOnly": True},
        ],
    }


def workers(spec: ScheduleRequestSpec) -> int:
    """Threads of the search; a container cannot see how much CPU it may use, so it is told.

    Not with the input, which stays the same where only the resources change.
    """
    if spec.solver.workers is not None:
        return spec.solver.workers
    resources = spec.solver.resources
    cpu = resources.limits.get("cpu") or resources.requests.get("cpu")
    return min(MAX_WORKERS, whole_cpus(cpu)) if cpu else DEFAULT_WORKERS


def _resources(spec: ScheduleRequestSpec) -> dict[str, dict[str, str]]:
    """The requested resources; a request above its limit is lowered to it.

    Who sets only a limit means the container to run within it, not the default request to be
    refused beside it.
    """
    resources = spec.solver.resources
    requests = {
        name: _lower(quantity, resources.limits.get(name))
        for name, quantity in resources.requests.items()
    }
    return {"requests": requests, "limits": dict(resources.limits)}


def _lower(quantity: str, limit: str | None) -> str:
    return limit if limit is not None and amount(limit) < amount(quantity) else quantity


def _pod_security() -> Json:
    return {
        "runAsNonRoot": True,
        "runAsUser": USER,
        "runAsGroup": USER,
        "fsGroup": USER,
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def _input_volume(name: str) -> Json:
    return {"name": "input", "configMap": {"name": name, "defaultMode": 0o440}}


def _tmp_volume() -> Json:
    return {"name": "tmp", "emptyDir": {"sizeLimit": TMP_SIZE}}


def _token_volume() -> Json:
    """A token bound to this pod, which the kubelet renews, and the API server's certificate."""
    sources: list[Any] = [
        {"serviceAccountToken": {"path": "token", "expirationSeconds": TOKEN_SECONDS}},
        {
            "configMap": {
                "name": "kube-root-ca.crt",
                "items": [{"key": "ca.crt", "path": "ca.crt"}],
            }
        },
        {"downwardAPI": {"items": [{"path": "namespace", **_field("metadata.namespace")}]}},
    ]
    return {"name": "token", "projected": {"sources": sources, "defaultMode": 0o440}}


def _field(path: str) -> Json:
    return {"fieldRef": {"fieldPath": path}}


def _lost_node_tolerations() -> list[Json]:
    return [
        {
            "key": f"node.kubernetes.io/{state}",
            "operator": "Exists",
            "effect": "NoExecute",
            "tolerationSeconds": LOST_NODE_SECONDS,
        }
        for state in ("not-ready", "unreachable")
    ]
