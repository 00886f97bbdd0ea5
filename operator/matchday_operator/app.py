"""The whole operator, put together and run until it is told to end."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from aiohttp import web
from kubernetes.aio import config as kube_config
from kubernetes.aio.client import Configuration

from matchday_operator.act import Actor
from matchday_operator.api import Api
from matchday_operator.config import Config
from matchday_operator.decide.model import Settings
from matchday_operator.health import Handler, Heartbeat, probe, serve
from matchday_operator.inputs.resolver import Resolver
from matchday_operator.leader import Leader, lead
from matchday_operator.logs import get_logger
from matchday_operator.metrics import Metrics
from matchday_operator.observe import Observer
from matchday_operator.reconcile import Reconciler
from matchday_operator.records import Key
from matchday_operator.refusals import Refusals
from matchday_operator.report import Reporter
from matchday_operator.scope import Scope
from matchday_operator.sightings import Sightings
from matchday_operator.store import Store
from matchday_operator.sweep import Sweep
from matchday_operator.watches import Watches
from matchday_operator.work_queue import WorkQueue
from matchday_operator.workers import Workers

THREADS = 2
"""Threads that parse leagues and check schedules."""

STILL_SECONDS = 120.0
"""After so long without a step of the election the process is of no more use."""

_load_in_cluster: Callable[..., None] = kube_config.load_incluster_config
_load_kubeconfig: Callable[..., Awaitable[None]] = kube_config.load_kube_config

_log = get_logger(__name__)


class App:
    """One replica."""

    def __init__(self, config: Config, connection: Configuration) -> None:
        self._config = config
        loop = asyncio.get_running_loop()
        clock = loop.time
        self._metrics = Metrics()
        place = (config.lease_namespace, config.lease_name)
        self._leader = Leader(config.identity, place, clock, lambda: datetime.now(UTC))
        self._api = Api(connection, self._metrics, self._leader.holds)
        self._threads = ThreadPoolExecutor(THREADS, "checking")
        self._store = Store(self._changed)
        self._queue = WorkQueue(loop)
        self._scope = scope = Scope(config.namespaces)
        self._watches = Watches(loop, scope, self._store.put, self._store.drop, self._metrics)
        self._sweep = Sweep(
            self._api,
            self._store,
            self._metrics,
            scope,
            config.sweep_seconds,
            clock,
            self._watches.restart,
            self._changed,
            self._leader.holds,
        )
        self._workers = self._make_workers()
        self._heartbeat = Heartbeat("the election", STILL_SECONDS, clock)

    def _make_workers(self) -> Workers:
        clock, api, store = asyncio.get_running_loop().time, self._api, self._store
        resolver = Resolver(api, self._threads, clock)
        observer = Observer(
            api,
            store,
            resolver,
            Sightings(clock),
            self._threads,
            self._metrics,
            self._sweep.has_schedule,
        )
        reconciler = Reconciler(
            api,
            store,
            observer,
            Actor(api, store, resolver, self._config.solver, clock),
            Reporter(api, store, self._metrics, clock),
            Refusals(clock),
            self._metrics,
            Settings(self._config.image_pull_patience),
            self._scope.is_unread,
            clock,
        )
        return Workers(
            reconciler,
            self._queue,
            store,
            self._metrics,
            self._sweep.complete,
            self._config.workers,
        )

    async def run(self, ending: asyncio.Event) -> None:
        """Run until the event is set, then give the lease back and end."""
        servers = [
            await serve(self._config.health_port, self._probes()),
            await serve(self._config.metrics_port, {"/metrics": self._render_metrics}),
        ]
        self._watches.start()
        parts = [
            asyncio.create_task(self._sweep.run(), name="sweep"),
            asyncio.create_task(
                lead(self._leader, self._api, self._start_work, self._on_step), name="election"
            ),
        ]
        _log.info("started", identity=self._config.identity)
        try:
            await self._until_end(ending, parts)
        finally:
            await self._end(parts, servers)

    async def _until_end(self, ending: asyncio.Event, parts: list[asyncio.Task[None]]) -> None:
        """Until told to end, or a part that should run for ever has ended with an error."""
        told = asyncio.create_task(ending.wait())
        done, _ = await asyncio.wait([told, *parts], return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        for part in parts:
            if part in done:
                part.result()

    async def _end(self, parts: list[asyncio.Task[None]], servers: list[web.AppRunner]) -> None:
        self._watches.stop()
        for part in parts:
            part.cancel()
        await asyncio.wait(parts)
        await self._watches.stopped(5.0)
        for server in servers:
            await server.cleanup()
        await self._api.close()
        self._threads.shutdown(wait=False, cancel_futures=True)
        _log.info("ended")

    def _changed(self, key: Key) -> None:
        self._workers.changed(key)

    def _start_work(self) -> asyncio.Task[None]:
        _log.info("leading")
        self._sweep.soon()
        return asyncio.create_task(self._workers.run(), name="workers")

    def _on_step(self) -> None:
        self._heartbeat.beat()
        self._metrics.leader.set(self._leader.holds())

    def _probes(self) -> dict[str, Handler]:
        alive = probe([self._heartbeat.check, self._watches.dead])
        return {"/healthz": alive, "/readyz": probe([self._swept, self._watches.failing])}

    def _swept(self) -> str:
        return "" if self._sweep.complete.is_set() else "the first sweep is not done"

    def _render_metrics(self) -> web.Response:
        self._metrics.count_requests(self._store.requests())
        self._metrics.queue_depth.set(len(self._queue))
        headers = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
        return web.Response(body=self._metrics.render(), headers=headers)


async def main(config: Config) -> None:
    """Run the operator until SIGTERM or SIGINT."""
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ending.set)
    await App(config, await _connection()).run(ending)


async def _connection() -> Configuration:
    """The API server of the pod's cluster, or of KUBECONFIG outside a cluster."""
    configuration = Configuration()
    configuration.client_side_validation = False
    if "KUBERNETES_SERVICE_HOST" in os.environ:
        _load_in_cluster(client_configuration=configuration)
    else:
        await _load_kubeconfig(client_configuration=configuration)
    return configuration
