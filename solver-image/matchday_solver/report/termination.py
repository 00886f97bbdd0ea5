"""The termination message: why the container ended, where the kubelet picks it up."""

import logging
from pathlib import Path

from matchday_api.status import Termination

MAX_BYTES = 4096
"""Kubernetes keeps this much of a termination message."""

log = logging.getLogger(__name__)


def encode(termination: Termination) -> bytes:
    """The message as JSON of at most MAX_BYTES: without details, then cut, where it is longer."""
    encoded = _dump(termination)
    if len(encoded) > MAX_BYTES:
        termination = termination.model_copy(update={"details": {}})
        encoded = _dump(termination)
    while len(encoded) > MAX_BYTES:
        kept = len(termination.message) * 3 // 4
        termination = termination.model_copy(update={"message": termination.message[:kept] + "…"})
        encoded = _dump(termination)
    return encoded


def leave(path: Path, termination: Termination) -> None:
    """Write the termination message; a file that cannot be written is only logged."""
    try:
        path.write_bytes(encode(termination))
    except OSError as error:
        log.warning("the termination message could not be written: %s", error)


def _dump(termination: Termination) -> bytes:
    return termination.model_dump_json(by_alias=True, exclude_defaults=True).encode()
