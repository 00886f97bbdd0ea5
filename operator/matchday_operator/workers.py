"""The workers that reconcile while this replica leads."""

import asyncio
from dataclasses import dataclass

from matchday_operator.errors import ApiError, LeaseLost, Refused
from matchday_operator.logs import get_logger
from matchday_operator.metrics import Metrics
from matchday_operator.reconcile import Reconciler
from matchday_operator.records import Key
from matchday_operator.store import Store
from matchday_operator.work_queue import WorkQueue

_log = get_logger(__name__)


@dataclass
class Workers:
    """Takes requests from the queue; a fault in one never ends the others."""

    reconciler: Reconciler
    queue: WorkQueue
    store: Store
    metrics: Metrics
    complete: asyncio.Event
    """Set once the store is complete."""
    count: int
    _running: bool = False

    def changed(self, key: Key) -> None:
        """Something of a request has changed; on a standby there is nothing to do about it."""
        if self._running:
            self.reconciler.note(key)
            self.queue.add(key)
        elif self.store.request(key) is None:
            self.reconciler.forget(key)

    async def run(self) -> None:
        """Work for ever, beginning with every request once all of them are known."""
        self._running = True
        try:
            await self._run()
        finally:
            self._running = False
            self.queue.clear()
            self.reconciler.clear()

    async def _run(self) -> None:
        await self.complete.wait()
        for request in list(self.store.requests()):
            self.queue.add(request.request_key)
        async with asyncio.TaskGroup() as group:
            for _ in range(self.count):
                group.create_task(self._work())

    async def _work(self) -> None:
        while True:
            key = await self.queue.take()
            try:
                await self._handle(key)
            finally:
                self.queue.done(key)

    async def _handle(self, key: Key) -> None:
        with self.metrics.reconcile_seconds.time():
            (end,) = await asyncio.gather(self.reconciler.reconcile(key), return_exceptions=True)
        if isinstance(end, BaseException):
            self.metrics.reconciles.labels(_kind(end)).inc()
            self._failed(key, end)
            return
        self.metrics.reconciles.labels("ok").inc()
        self.queue.succeeded(key)
        if end is not None:
            self.queue.add(key, end)

    def _failed(self, key: Key, error: BaseException) -> None:
        if isinstance(error, LeaseLost):
            # Whoever leads next looks at every request, but that may be this replica, which goes on
            # where it renews in time.
            self.queue.retry(key)
            return
        asked = error.retry_after if isinstance(error, ApiError) else 0.0
        delay = round(self.queue.retry(key, asked), 1)
        where = {"namespace": key[0], "request": key[1], "retry_in": delay}
        if isinstance(error, ApiError):
            _log.warning("trying again", error=str(error), **where)
        else:
            _log.error("reconcile failed", exc_info=error, **where)


def _kind(error: BaseException) -> str:
    """How a failure is counted: apart where trying again is of no use until something changes."""
    return "refused" if isinstance(error, Refused) else "error"
