"""The immutable ConfigMap with the problem that a run solves."""

import base64

from matchday_operator.manifests.common import metadata
from matchday_operator.records import Json, Request

KEY = "problem.json.gz"

MAX_BYTES = 1_000_000
"""Largest packed problem; a ConfigMap holds 1 MiB."""


def snapshot(request: Request, name: str, packed: bytes) -> Json:
    """A ConfigMap with the packed problem, which nobody can change."""
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata(request, name),
        "immutable": True,
        "binaryData": {KEY: base64.b64encode(packed).decode()},
    }
