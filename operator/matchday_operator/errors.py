"""Errors of the API server as the operator's own types; the type says whether to try again."""

from dataclasses import dataclass


@dataclass
class ApiError(Exception):
    """The API server did not do what was asked."""

    verb: str
    status: int
    """HTTP status; 0 where there was no answer."""
    message: str
    retry_after: float = 0.0
    """Seconds to wait as the server asked."""

    def __str__(self) -> str:
        return f"{self.verb}: {self.status or 'no answer'}: {self.message}"


class TryAgain(ApiError):
    """It may work soon: too many requests, a server's fault, a lost connection."""


class WebhookFailed(TryAgain):
    """A webhook that has to admit the object does not answer: it may, or somebody must mend it."""


class Conflict(TryAgain):
    """Another object of that name is there, or the object changed meanwhile."""


class NameTaken(TryAgain):
    """The name belongs to an object of somebody else; it is waited out, never adopted."""


class Forbidden(ApiError):
    """The operator may not do it; somebody has to grant the right or change a policy."""


class OverQuota(Forbidden):
    """A quota or a limit range of the namespace forbids it; room may come."""


class Refused(ApiError):
    """The object is not acceptable as it is; trying again is of no use."""


class LeaseLost(Exception):
    """The operator no longer leads, so it must not write."""


QUOTA_PHRASES = ("exceeded quota", "failed quota", "maximum ", "minimum ")
TOO_LARGE = "request is too large"
"""In the message of an API server whose etcd does not take so large an object."""
_WEBHOOK_FAULT = "failed calling webhook"
_TYPE_FAULT = "failed to create typed patch object"


def is_quota(message: str) -> bool:
    """Whether a message of the API server tells of a ResourceQuota or a LimitRange."""
    return "forbidden" in message and any(phrase in message for phrase in QUOTA_PHRASES)


def error_for(verb: str, status: int, message: str, retry_after: float = 0.0) -> ApiError:
    """The error for an HTTP status of 300 or above.

    404 is that of a kind or a namespace: it may be there again soon.
    """
    return _type_for(status, message)(verb, status, message[:2000], retry_after)


def _type_for(status: int, message: str) -> type[ApiError]:
    if status == 409:
        return Conflict
    if status == 403:
        return OverQuota if is_quota(message) else _forbidden_type(message)
    if status == 500 and _WEBHOOK_FAULT in message:
        return WebhookFailed
    if status == 500 and (_TYPE_FAULT in message or TOO_LARGE in message):
        return Refused
    if status in (401, 404, 408, 429) or status >= 500 or status == 0:
        return TryAgain
    return Refused


def _forbidden_type(message: str) -> type[ApiError]:
    """A namespace that is going away refuses what is new, and takes the request with it."""
    return TryAgain if "is being terminated" in message else Forbidden
