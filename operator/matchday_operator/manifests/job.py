"""The Job of a run."""

from matchday_api.request import QUEUE_LABEL, ScheduleRequestSpec
from matchday_operator.config import SolverPod
from matchday_operator.kinds import JOB
from matchday_operator.manifests.common import labels, metadata
from matchday_operator.manifests.pod import pod_spec
from matchday_operator.records import CONTAINER, Json, Request

_FINAL_EXIT_CODES = [2, 3, 4]
"""Invalid input, infeasible or incomplete, no schedule in time: another attempt ends the same."""


def job(
    request: Request, spec: ScheduleRequestSpec, name: str, deadline: int, solver: SolverPod
) -> Json:
    """The Job that solves; evictions and lost nodes cost none of its retries.

    It expires only once the operator has read its result, so ttlSecondsAfterFinished is absent.
    """
    return {
        "apiVersion": JOB.api_version,
        "kind": JOB.name,
        "metadata": _metadata(request, name),
        "spec": {
            "completions": 1,
            "parallelism": 1,
            "backoffLimit": spec.solver.max_retries,
            "activeDeadlineSeconds": deadline,
            "podReplacementPolicy": "Failed",
            "podFailurePolicy": {"rules": [_ignore_disruption(), _end_at_final_exit_codes()]},
            "suspend": bool(request.queue),
            "template": _template(request, spec, name, solver),
        },
    }


def _metadata(request: Request, name: str) -> Json:
    made = metadata(request, name)
    if request.queue:
        made["labels"] = {**made["labels"], QUEUE_LABEL: request.queue}
    return made


def _template(request: Request, spec: ScheduleRequestSpec, name: str, solver: SolverPod) -> Json:
    template = spec.pod_template
    return {
        "metadata": {
            "labels": {**template.labels, **labels(request, name)},
            "annotations": dict(template.annotations),
        },
        "spec": pod_spec(request.namespace, spec, name, solver),
    }


def _ignore_disruption() -> Json:
    return {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}


def _end_at_final_exit_codes() -> Json:
    codes = {"containerName": CONTAINER, "operator": "In", "values": _FINAL_EXIT_CODES}
    return {"action": "FailJob", "onExitCodes": codes}
