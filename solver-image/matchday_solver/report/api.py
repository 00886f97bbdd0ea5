"""Patches to the status of objects: the only request that the solver makes of the API server."""

import json
import ssl
from pathlib import Path
from typing import Any

import urllib3
from urllib3.util import Retry, Timeout

MAX_RESPONSE = 16 * 1024 * 1024
"""Largest response that is read, in bytes."""
MAX_TOKEN = 64 * 1024
JSON_PATCH = "application/json-patch+json"
MERGE_PATCH = "application/merge-patch+json"

_BLIPS = Retry(
    total=2,
    backoff_factor=0.25,
    backoff_max=2,
    status_forcelist=(429, 500, 502, 503, 504),
    allowed_methods=frozenset({"PATCH"}),
    respect_retry_after_header=False,
    raise_on_status=False,
    redirect=False,
)
"""A patch may be sent again: it sets whole values, and its test tells whether it was applied."""
_TIMEOUT = Timeout(connect=2, read=5)
_LATER = frozenset({401, 403, 408, 409, 425, 429})
"""Answers that may change: a token being renewed, rights on their way, a conflict, a busy time."""


class UnavailableError(Exception):
    """The API server cannot be reached or does not serve this now; later it may."""


class GoneError(Exception):
    """The object does not exist (any more)."""


class RejectedError(Exception):
    """The API server refuses this very patch."""


class Api:
    """Sends patches as the pod's service account."""

    def __init__(self, url: str, account: Path) -> None:
        """Talk to `url` with the token and the authority in the folder `account`.

        Raises OSError where the authority cannot be read.
        """
        context = ssl.create_default_context(cafile=str(account / "ca.crt"))
        self._pool = urllib3.PoolManager(
            num_pools=1, ssl_context=context, retries=_BLIPS, timeout=_TIMEOUT
        )
        self._url = url
        self._token = account / "token"

    def read(self, path: str) -> dict[str, Any]:
        """The object at a status path, by an empty patch, for which no right to read is needed."""
        return self._patch(path, {}, MERGE_PATCH)

    def patch(self, path: str, patch: list[dict[str, Any]]) -> dict[str, Any]:
        """Apply a JSON patch; the object as it is then.

        Raises UnavailableError, GoneError or RejectedError.
        """
        return self._patch(path, patch, JSON_PATCH)

    def _patch(self, path: str, body: object, content_type: str) -> dict[str, Any]:
        headers = {
            "Authorization": f"Bearer {self._bearer()}",
            "Content-Type": content_type,
            "Accept": "application/json",
            "User-Agent": "matchday-solver",
        }
        try:
            response = self._pool.request(
                "PATCH",
                self._url + path,
                body=json.dumps(body).encode(),
                headers=headers,
                preload_content=False,
            )
            text = response.read(MAX_RESPONSE + 1)
            response.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise UnavailableError(f"the API server cannot be reached: {error}") from error
        return _answer(response.status, text)

    def _bearer(self) -> str:
        """The token as it is now: the kubelet renews it."""
        try:
            with self._token.open(encoding="ascii") as file:
                return file.read(MAX_TOKEN).strip()
        except (OSError, ValueError) as error:
            raise UnavailableError(f"the service account token cannot be read: {error}") from error


def _answer(status: int, text: bytes) -> dict[str, Any]:
    try:
        document = json.loads(text) if len(text) <= MAX_RESPONSE else None
    except ValueError:
        document = None
    if status == 200 and isinstance(document, dict):
        return document
    message = f"{status} {_message(document)}".strip()
    if status == 404:
        raise GoneError(message)
    if 400 <= status < 500 and status not in _LATER:
        raise RejectedError(message)
    raise UnavailableError(f"the API server answered {message}")


def _message(document: object) -> str:
    """What a Status object says, in one bounded line."""
    if not isinstance(document, dict):
        return ""
    parts = [str(document.get("message", ""))]
    details = document.get("details")
    causes = details.get("causes") if isinstance(details, dict) else None
    if isinstance(causes, list):
        parts += [str(cause.get("message", "")) for cause in causes if isinstance(cause, dict)]
    return " ".join("; ".join(parts).split())[:500]
