"""What the manifests have in common: names, labels and the owner."""

from matchday_operator.kinds import JOB_LABEL, MANAGED_BY, REQUEST, REQUEST_LABEL
from matchday_operator.records import Json, Request


def labels(request: Request, name: str) -> dict[str, str]:
    """Labels of all objects of a run."""
    return {**MANAGED_BY, JOB_LABEL: name, REQUEST_LABEL: request.name}


def metadata(request: Request, name: str) -> Json:
    """Metadata of an object of a run; it goes when its request goes.

    blockOwnerDeletion stays false, so that no right on finalizers is needed.
    """
    return {
        "name": name,
        "namespace": request.namespace,
        "labels": labels(request, name),
        "ownerReferences": [
            {
                "apiVersion": REQUEST.api_version,
                "kind": REQUEST.name,
                "name": request.name,
                "uid": request.uid,
                "controller": True,
                "blockOwnerDeletion": False,
            }
        ],
    }
