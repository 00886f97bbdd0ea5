"""The environment of the solver's container, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matchday_api.request import MAX_WORKERS

ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
_NEEDED = (
    "MATCHDAY_NAMESPACE",
    "MATCHDAY_RUN",
    "MATCHDAY_POD_UID",
    "KUBERNETES_SERVICE_HOST",
    "KUBERNETES_SERVICE_PORT",
)


class SettingsError(ValueError):
    """The environment is not that of a solver's pod."""


@dataclass(frozen=True)
class Settings:
    """What one container is to do, and where."""

    input: Path
    """The snapshot of the problem."""
    namespace: str
    run: str
    """Name of the SolverRun and the Schedule."""
    pod_uid: str
    api_url: str
    account: Path
    """Folder with the pod's token and the API server's authority."""
    termination_log: Path
    grace_seconds: float
    """The pod's terminationGracePeriodSeconds."""
    workers: int | None = None
    """Threads of the search; None where it is as the problem says."""


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read the settings; raises SettingsError, which names every variable that is missing."""
    missing = [name for name in _NEEDED if not environ.get(name)]
    if missing:
        raise SettingsError(
            f"not in the environment: {', '.join(missing)}. This is the entry of the pod that the "
            "operator makes; without a cluster use `matchday solve LEAGUE.yaml`"
        )
    return Settings(
        input=Path(environ.get("MATCHDAY_INPUT", "/input/problem.json.gz")),
        namespace=environ["MATCHDAY_NAMESPACE"],
        run=environ["MATCHDAY_RUN"],
        pod_uid=environ["MATCHDAY_POD_UID"],
        api_url=_api_url(environ["KUBERNETES_SERVICE_HOST"], environ["KUBERNETES_SERVICE_PORT"]),
        account=Path(environ.get("MATCHDAY_SERVICE_ACCOUNT", ACCOUNT)),
        termination_log=Path(environ.get("MATCHDAY_TERMINATION_LOG", "/dev/termination-log")),
        grace_seconds=_seconds(environ.get("MATCHDAY_GRACE_SECONDS", "30")),
        workers=_workers(environ.get("MATCHDAY_WORKERS", "")),
    )


def _api_url(host: str, port: str) -> str:
    return f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}"


def _workers(text: str) -> int | None:
    if text and not (text.isdecimal() and 1 <= int(text) <= MAX_WORKERS):
        raise SettingsError(f"MATCHDAY_WORKERS: {text!r} is not a number from 1 to {MAX_WORKERS}")
    return int(text) if text else None


def _seconds(text: str) -> float:
    try:
        return max(1.0, float(text))
    except ValueError as error:
        raise SettingsError(f"MATCHDAY_GRACE_SECONDS: {text!r} is not a number") from error
