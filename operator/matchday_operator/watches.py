"""The watches: kopf in a thread of its own, whose only handlers turn events into records.

A thread, because kopf cancels every task of its event loop when it ends, and because parsing a
long list must not hold up the renewal of the Lease. When kopf ends, it is started again.
"""

import asyncio
import os
import threading
from collections.abc import Callable
from typing import Any

import kopf

from matchday_operator.forgetful import NoDiffBase, NoProgress
from matchday_operator.kinds import WATCHED, Kind
from matchday_operator.logs import get_logger
from matchday_operator.metrics import Metrics
from matchday_operator.records import Record, record

FIRST_PAUSE = 1.0
MAX_PAUSE = 30.0
CHUNK = 100
INACTIVITY_SECONDS = 70.0

_log = get_logger(__name__)

Put = Callable[[Kind, Record], None]
Drop = Callable[[Kind, tuple[str, str], str], None]


class Watches:
    """Runs kopf for ever and passes on what it sees."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        namespaces: tuple[str, ...],
        put: Put,
        drop: Drop,
        metrics: Metrics,
    ) -> None:
        self._loop = loop
        self._namespaces = namespaces
        self._put = put
        self._drop = drop
        self._metrics = metrics
        self._ending = threading.Event()
        self._again = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watches", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def is_alive(self) -> bool:
        """Whether the watches run or are about to be started again."""
        return self._thread.is_alive()

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
        pause = FIRST_PAUSE
        while not self._ending.is_set():
            began = self._loop.time()
            (end,) = asyncio.run(_outcome(self._operate()))
            if self._ending.is_set():
                return
            pause = FIRST_PAUSE if self._loop.time() - began > MAX_PAUSE else pause * 2
            self._metrics.watch_restarts.inc()
            _log.warning("watches ended and start again", error=repr(end))
            self._ending.wait(min(pause, MAX_PAUSE))

    async def _operate(self) -> None:
        self._again.clear()
        if self._ending.is_set():
            return
        await kopf.operator(
            registry=_registry(self._pass_on),
            settings=_settings(),
            clusterwide=not self._namespaces,
            namespaces=self._namespaces,
            standalone=True,
            stop_flag=self._again,
        )

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


async def _outcome(work: Any) -> list[Any]:
    """How kopf ended, as a value."""
    return list(await asyncio.gather(work, return_exceptions=True))


def _registry(pass_on: Callable[[Kind, Any], None]) -> kopf.OperatorRegistry:
    registry = kopf.OperatorRegistry()
    for kind in WATCHED:
        _add_handler(registry, kind, pass_on)
    in_cluster = "KUBERNETES_SERVICE_HOST" in os.environ
    login = kopf.login_with_service_account if in_cluster else kopf.login_with_kubeconfig
    kopf.on.login(registry=registry)(login)
    return registry


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
    settings.persistence.progress_storage = NoProgress()
    settings.persistence.diffbase_storage = NoDiffBase()
    settings.networking.request_timeout = 30.0
    for kind in WATCHED:
        if kind.selector:
            settings.watching.label_selectors[kind.group, kind.version, kind.plural] = kind.selector
    return settings
