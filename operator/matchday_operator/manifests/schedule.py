"""The Schedule, in which the solver saves its result."""

from matchday_operator.kinds import SCHEDULE
from matchday_operator.manifests.common import metadata
from matchday_operator.records import Json, Request


def schedule(request: Request, name: str, digest: str) -> Json:
    """A Schedule without a status."""
    return {
        "apiVersion": SCHEDULE.api_version,
        "kind": SCHEDULE.name,
        "metadata": metadata(request, name),
        "spec": {"requestRef": {"name": request.name}, "inputDigest": digest},
    }
