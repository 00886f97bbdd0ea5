"""Pods on nodes that no longer answer are removed, so that the Job can go on elsewhere.

The Job controller replaces a pod only once it has failed. On a lost node nothing reports the end of
a pod, and the Job would wait until the node is back.
"""

from matchday_operator.decide.model import ForceDeletePod, Observed
from matchday_operator.records import Pod
from matchday_operator.sightings import leaving

PATIENCE = 10.0
"""Seconds beyond the pod's grace period."""


def actions(observed: Observed) -> list[ForceDeletePod]:
    """Force the deletion of disrupted pods that are well past their grace period."""
    overdue = [pod for pod in _lost(observed) if _wait(pod, observed) <= 0]
    return [ForceDeletePod(pod.name, pod.uid) for pod in overdue]


def recheck(observed: Observed) -> float | None:
    """Seconds until the next pod will be overdue."""
    waits = [_wait(pod, observed) for pod in _lost(observed)]
    return min((max(wait, 1.0) for wait in waits), default=None)


def _lost(observed: Observed) -> list[Pod]:
    return [pod for pod in observed.pods if pod.disrupted and pod.deleting and not pod.ended]


def _wait(pod: Pod, observed: Observed) -> float:
    return pod.grace + PATIENCE - observed.ages.get(leaving(pod), 0.0)
