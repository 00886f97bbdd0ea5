"""What the API server refuses, in the command line's own errors with what to do."""

import json
from collections.abc import Callable
from typing import Any

from matchday_api.status import ExitCode
from matchday_cli.errors import CliError

INSTALL = (
    "the cluster does not know ScheduleRequests: install matchday with `helm upgrade --install "
    "matchday charts/matchday --namespace matchday-system --create-namespace`"
)
TOO_LARGE = (
    "the league is too large for one object: put it gzipped into a ConfigMap (`kubectl create "
    "configmap NAME --from-file=league.yaml=league.yaml.gz`) and name that in spec.leagueFrom"
)


class UnreachableError(CliError):
    """The API server cannot be reached now; later it may be."""


class AbsentError(CliError):
    """The object is not there."""


class ForbiddenError(CliError):
    """The user has no right to it."""


def refusal(status: int, body: str) -> CliError:
    """The error for an answer of the API server that is none of success."""
    answer = _status_object(body)
    message = str(answer.get("message") or body.strip()[:300] or f"HTTP status {status}")
    if status == 422:
        return _invalid(answer, message)
    if status == 404 and not answer:
        return CliError(INSTALL)
    if status in _SPEAK:
        return _SPEAK[status](message)
    if "request is too large" in message.lower():
        return _too_large(message)
    if status in (410, 429) or status >= 500:
        return UnreachableError(f"the API server is in trouble ({status}): {message}")
    return CliError(f"the API server refuses ({status}): {message}")


def unreachable(server: str, error: Exception) -> UnreachableError:
    """The error for an API server that does not answer."""
    reason = getattr(error, "reason", None) or error
    return UnreachableError(
        f"{server} cannot be reached: {_cause(str(reason))}; is the cluster up, and is it the "
        "right context (`kubectl config current-context`)?"
    )


def _forbidden(message: str) -> CliError:
    return ForbiddenError(f"{message}; ask the cluster's administrator for that right")


def _too_large(_: str) -> CliError:
    return CliError(TOO_LARGE, ExitCode.INVALID_INPUT)


def _unauthorized(message: str) -> CliError:
    return CliError(
        f"the cluster does not accept the credentials ({message}); log in again, or choose "
        "another --context or --kubeconfig"
    )


def _conflict(message: str) -> CliError:
    return CliError(
        f"{message}; another tool has set these fields: change them there, or take them over "
        "with --force-conflicts"
    )


_SPEAK: dict[int, Callable[[str], CliError]] = {
    401: _unauthorized,
    403: _forbidden,
    404: AbsentError,
    409: _conflict,
    413: _too_large,
}


def _invalid(answer: dict[str, Any], message: str) -> CliError:
    """One line a cause, each with its path."""
    details = answer.get("details")
    causes = details.get("causes") if isinstance(details, dict) else None
    lines = [f"{c.get('field')}: {c.get('message')}" for c in causes or () if isinstance(c, dict)]
    return CliError("\n".join(lines) or message, ExitCode.INVALID_INPUT)


def _status_object(body: str) -> dict[str, Any]:
    """The Status object in an answer; {} where there is none."""
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) and answer.get("kind") == "Status" else {}


def _cause(text: str) -> str:
    """The part of urllib3's texts that people understand."""
    return text.rpartition(": ")[2] if "Failed to establish" in text else text[:300]
