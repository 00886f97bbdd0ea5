"""An image that cannot be had ends the request, after a while where it may yet come."""

from matchday_api.status import Reason
from matchday_operator.decide.model import Verdict
from matchday_operator.decide.situation import Situation
from matchday_operator.records import Pod
from matchday_operator.sightings import IMAGE_TROUBLE, imageless

_HOPELESS = frozenset({"InvalidImageName", "ErrImageNeverPull"})
"""Reasons that waiting cannot cure."""


def judge(situation: Situation) -> Verdict | None:
    """End a request whose pod's image cannot be had."""
    job = situation.job
    stuck = [pod for pod in situation.pods if _is_stuck(pod, situation)]
    if job is None or job.finished or job.deleting or not stuck:
        return None
    pod = stuck[0]
    why = pod.waiting_message.strip().rstrip(".") or pod.waiting_reason
    message = (
        f"The solver's image cannot be pulled ({pod.waiting_reason}): {why}. Check the image and"
        " pull policy that the operator is installed with, and the pull secrets in the chart or in"
        " spec.podTemplate.imagePullSecrets. Then change the request, or set the annotation"
        " matchday.dev/regenerate to a new value."
    )
    return situation.failed(Reason.IMAGE_PULL_FAILED, message)


def _is_stuck(pod: Pod, situation: Situation) -> bool:
    if pod.waiting_reason not in IMAGE_TROUBLE or pod.deleting:
        return False
    patience = situation.now.settings.image_pull_patience
    return pod.waiting_reason in _HOPELESS or situation.age(imageless(pod)) >= patience
