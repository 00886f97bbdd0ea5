"""Digests of inputs and results, and the object names that follow from them."""

import hashlib
import json

from matchday_api.problem import Problem

HASH_LENGTH = 8
"""Hexadecimal characters of the hash in object names."""


def input_digest(problem: Problem, regenerate: str = "") -> str:
    """`sha256:<hex>` of all that decides about the schedule.

    Taken over the parsed problem without its defaults, so neither the spelling of the input nor a
    default written out changes it; which request asks does not count. `regenerate` is the value
    of the request's annotation.
    """
    content = problem.to_json()
    content.pop("request", None)
    if regenerate:
        content["regenerate"] = regenerate
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def object_name(request_name: str, uid: str, digest: str) -> str:
    """`<request>-<hash8>`: the name common to the Job, its ConfigMap, SolverRun and Schedule.

    The hash is of the request's uid and the input digest, so that a changed spec and a recreated
    request both get other objects, and the same input the same.
    """
    hashed = hashlib.sha256(f"{uid}/{digest}".encode()).hexdigest()
    return f"{request_name}-{hashed[:HASH_LENGTH]}"


def schedule_digest(text: bytes) -> str:
    """Hexadecimal sha256 of the exact bytes of a schedule.json."""
    return hashlib.sha256(text).hexdigest()
