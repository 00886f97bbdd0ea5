"""The watches: kopf in a thread of its own, whose only handlers turn events into records.

A thread, because kopf cancels every task of its event loop when it ends, and because parsing a
long list must not hold up the renewal of the Lease. When kopf ends, it is started again.
"""

import asyncio
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kopf

from matchday_operator.forgetful import NoDiffBase, NoProgress
from matchday_operator.kinds import WATCHED, Kind
from matchday_operator.logs import get_logger
from matchday_operator.metrics import Metrics
from matchday_operator.records import Record
from matchday_operator.scope import Scope
from matchday_operator.trim import record

FIRST_PAUSE = 1.0
MAX_PAUSE = 30.0
MAX_FAILURES = 3
"""Starts in a row that did not last, from which on the operator is not ready."""

CHUNK = 100
INACTIVITY_SECONDS = 70.0
ACCOUNT = Path("/var/run/secrets/kubernetes.io/serviceaccount")

_log = get_logger(__name__)

Put = Callable[[Kind, Record], None]
Drop = Callable[[Kind, tuple[str, str], str], None]


class Watches:
    """Runs kopf for ever and passes on what it sees."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        scope: Scope,
        put: Put,
        drop: Drop,
        metrics: Metrics,
    ) -> None:
        self._loop = loop
        self._scope = scope
        self._put = put
        self._drop = drop
        self._metrics = metrics
        self._history = History(loop.time)
        self._ending = threading.Event()
        self._again = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watches", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def dead(self) -> str:
        """What is wrong, if the watches will never start again."""
        return "" if self._thread.is_alive() else "the watches have ended"

    def failing(self) -> str:
        """What is wrong, if the watches end again and again."""
        return self._history.fault()

    def restart(self) -> None:
        """End the present watches, so that they begin with fresh lists."""
        self._again.set()

    def stop(self) -> None:
        """End the watches for good; returns at once."""
        self._ending.set()
        self._again.set()

    async def stopped(self, seconds: float) -> None:
        """Wait until the watches have ended, for so long at most."""
        await asyncio.to_thread(self._thread.join, seconds)

    def _run(self) -> None:
        while not self._ending.is_set():
            self._history.began()
            (end,) = asyncio.run(_outcome(self._operate()))
            if self._ending.is_set():
                return
            pause = self._history.ended(repr(end))
            self._metrics.watch_restarts.inc()
            _log.warning("watches ended and start again", error=repr(end), pause=pause)
            self._ending.wait(pause)

    async def _operate(self) -> None:
        self._again.clear()
        if self._ending.is_set():
            return
        options: dict[str, Any] = {
            "registry": _registry(self._pass_on),
            "settings": _settings(),
            "clusterwide": not self._scope.namespaces,
            "namespaces": self._scope.open,
            "standalone": True,
            "stop_flag": self._again,
            # Else kopf looks for the name of a user that the container does not have.
            "identity": "matchday-operator",
        }
        try:
            await kopf.operator(**options)
        finally:
            # Where kopf ends by itself, a thread of it still waits for the flag, and the event
            # loop would wait for that thread for ever.
            self._again.set()

    def _pass_on(self, kind: Kind, event: Any) -> None:
        body = event["object"]
        try:
            if event["type"] == "DELETED":
                meta = body["metadata"]
                key = (meta["namespace"], meta["name"])
                self._loop.call_soon_threadsafe(self._drop, kind, key, meta["uid"])
            else:
                self._loop.call_soon_threadsafe(self._put, kind, record(kind, body))
        except RuntimeError:
            self._ending.set()  # the main loop has been closed: the process ends


class History:
    """How often in a row the watches have ended soon after their start."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._start = clock()
        self._failures = 0
        self._last = ""

    def began(self) -> None:
        """The watches start."""
        self._start = self._clock()

    def ended(self, error: str) -> float:
        """The watches have ended; returns the seconds to wait before the next start."""
        self._failures = 1 if self._lasted() else self._failures + 1
        self._last = error
        return min(MAX_PAUSE, FIRST_PAUSE * 2.0 ** min(self._failures - 1, 10))

    def fault(self) -> str:
        """What is wrong, until a start has lasted."""
        if self._failures < MAX_FAILURES or self._lasted():
            return ""
        return f"the watches ended {self._failures} times in a row: {self._last[:300]}"

    def _lasted(self) -> bool:
        return self._clock() - self._start > MAX_PAUSE * 2


async def _outcome(work: Any) -> list[Any]:
    """How kopf ended, as a value."""
    return list(await asyncio.gather(work, return_exceptions=True))


def _registry(pass_on: Callable[[Kind, Any], None]) -> kopf.OperatorRegistry:
    registry = kopf.OperatorRegistry()
    for kind in WATCHED:
        _add_handler(registry, kind, pass_on)
    in_cluster = "KUBERNETES_SERVICE_HOST" in os.environ
    login = login_in_cluster if in_cluster else kopf.login_with_kubeconfig
    kopf.on.login(registry=registry)(login)
    return registry


def login_in_cluster(**_: Any) -> kopf.ConnectionInfo:
    """The pod's way to the API server, by address: kopf's own needs the cluster's DNS.

    The token is read again whenever the API server no longer takes the one in use.
    """
    host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
    return kopf.ConnectionInfo(
        server=f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}",
        ca_path=str(ACCOUNT / "ca.crt"),
        scheme="Bearer",
        token=(ACCOUNT / "token").read_text().strip(),
    )


def _add_handler(
    registry: kopf.OperatorRegistry, kind: Kind, pass_on: Callable[[Kind, Any], None]
) -> None:
    @kopf.on.event(kind.group, kind.version, kind.plural, registry=registry)
    async def seen(event: Any, **_: Any) -> None:
        pass_on(kind, event)


def _settings() -> kopf.OperatorSettings:
    settings = kopf.OperatorSettings()
    settings.posting.enabled = False
    settings.scanning.disabled = True
    settings.watching.chunk_size = CHUNK
    settings.watching.inactivity_timeout = INACTIVITY_SECONDS
    settings.process.ultimate_exiting_timeout = None
    # No object has such a finalizer: kopf would take its own default one away from objects, also
    # where another operator has put it there.
    settings.persistence.finalizer = "none of matchday"
    settings.persistence.progress_storage = NoProgress()
    settings.persistence.diffbase_storage = NoDiffBase()
    settings.networking.request_timeout = 30.0
    for kind in WATCHED:
        if kind.selector:
            settings.watching.label_selectors[kind.group, kind.version, kind.plural] = kind.selector
    return settings
