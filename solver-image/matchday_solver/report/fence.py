"""The fence: at any time one pod may write to the objects of a run.

The pod that claims an object writes its uid into `status.writer`; each of its later writes is a
JSON patch that begins with a test of it. A pod whose claim was taken over can no longer write,
even while its token still is valid. The documents here are JSON Patch (RFC 6902).
"""

from collections.abc import Mapping
from typing import Any

Patch = list[dict[str, Any]]


class FenceLostError(Exception):
    """Another pod has claimed the run, or its objects are gone; this pod must end."""


def claim(found: Mapping[str, Any], writer: str, fields: Mapping[str, Any]) -> Patch:
    """The patch that makes `writer` the writer of an object as it was just read.

    `fields` are further status fields to set. It fails where the object has changed since.
    """
    test = {"op": "test", "path": "/metadata/resourceVersion", "value": version_of(found)}
    claimed = {**fields, "writer": writer}
    if not isinstance(found.get("status"), Mapping):
        return [test, {"op": "add", "path": "/status", "value": claimed}]
    adds = [{"op": "add", "path": f"/status/{key}", "value": claimed[key]} for key in claimed]
    return [test, *adds]


def fenced(writer: str, status: Mapping[str, Any]) -> Patch:
    """The patch that replaces the whole status while `writer` still is the writer."""
    return [
        {"op": "test", "path": "/status/writer", "value": writer},
        {"op": "add", "path": "/status", "value": {**status, "writer": writer}},
    ]


def version_of(found: Mapping[str, Any]) -> str:
    """The resourceVersion of an object, empty where it has none."""
    metadata = found.get("metadata")
    return str(metadata.get("resourceVersion", "")) if isinstance(metadata, Mapping) else ""


def writer_of(found: Mapping[str, Any]) -> str | None:
    """The uid of the pod that may write an object, as far as anyone has claimed it."""
    status = found.get("status")
    return status.get("writer") if isinstance(status, Mapping) else None
