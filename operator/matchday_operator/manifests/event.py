"""Kubernetes Events about a request."""

import hashlib
from datetime import datetime

from matchday_operator.kinds import REQUEST
from matchday_operator.notes import Note
from matchday_operator.records import Json, Request

COMPONENT = "matchday-operator"


def event(request: Request, note: Note, moment: datetime) -> Json:
    """An Event whose name follows from the request, the reason and what it is about.

    Telling the same again, also after a restart, is a conflict and no second Event.
    """
    time = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    digest = hashlib.sha256(f"{request.uid}/{note.reason}/{note.about}".encode()).hexdigest()[:16]
    return {
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {"name": f"{request.name}.{digest}", "namespace": request.namespace},
        "involvedObject": {
            "apiVersion": REQUEST.api_version,
            "kind": REQUEST.name,
            "namespace": request.namespace,
            "name": request.name,
            "uid": request.uid,
        },
        "reason": note.reason,
        "message": note.message[:1000],
        "type": "Warning" if note.warning else "Normal",
        "source": {"component": COMPONENT},
        "firstTimestamp": time,
        "lastTimestamp": time,
        "count": 1,
    }
