"""The workers that reconcile while this replica leads."""

import asyncio

from matchday_operator.errors import ApiError, LeaseLost
from matchday_operator.logs import get_logger
from matchday_operator.metrics import Metrics
from matchday_operator.reconcile import Reconciler
from matchday_operator.records import Key
from matchday_operator.store import Store
from matchday_operator.work_queue import WorkQueue

_log = get_logger(__name__)


class Workers:
    """Takes requests from the queue; a fault in one never ends the others."""

    def __init__(
        self,
        reconciler: Reconciler,
        queue: WorkQueue,
        store: Store,
        metrics: Metrics,
        complete: asyncio.Event,
        count: int,
    ) -> None:
        self._reconciler = reconciler
        self._queue = queue
        self._store = store
        self._metrics = metrics
        self._complete = complete
        self._count = count

    def changed(self, key: Key) -> None:
        """Something of a request has changed."""
        self._reconciler.note(key)
        self._queue.add(key)

    async def run(self) -> None:
        """Work for ever, beginning with every request once all of them are known."""
        await self._complete.wait()
        for request in list(self._store.requests()):
            self._queue.add(request.request_key)
        async with asyncio.TaskGroup() as group:
            for _ in range(self._count):
                group.create_task(self._work())

    async def _work(self) -> None:
        while True:
            key = await self._queue.take()
            try:
                await self._handle(key)
            finally:
                self._queue.done(key)

    async def _handle(self, key: Key) -> None:
        with self._metrics.reconcile_seconds.time():
            (end,) = await asyncio.gather(self._reconciler.reconcile(key), return_exceptions=True)
        if isinstance(end, BaseException):
            self._metrics.reconciles.labels("error").inc()
            self._failed(key, end)
            return
        self._metrics.reconciles.labels("ok").inc()
        self._queue.succeeded(key)
        if end is not None:
            self._queue.add(key, end)

    def _failed(self, key: Key, error: BaseException) -> None:
        if isinstance(error, LeaseLost):
            return  # whoever leads next looks at every request
        asked = error.retry_after if isinstance(error, ApiError) else 0.0
        delay = round(self._queue.retry(key, asked), 1)
        where = {"namespace": key[0], "request": key[1], "retry_in": delay}
        if isinstance(error, ApiError):
            _log.warning("trying again", error=str(error), **where)
        else:
            _log.error("reconcile failed", exc_info=error, **where)
