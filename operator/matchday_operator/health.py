"""Probes that tell the truth: alive while every part moves, ready once the store is complete."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

Check = Callable[[], str]
"""What is wrong, or an empty text."""

Handler = Callable[[], web.Response]


async def serve(port: int, handlers: Mapping[str, Handler]) -> web.AppRunner:
    """Answer GET requests on a port; the runner's `cleanup` ends it."""
    app = web.Application()
    for path, handler in handlers.items():
        app.router.add_get(path, _route(handler))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, None, port).start()
    return runner


def probe(checks: list[Check]) -> Handler:
    """A handler that answers 200 while every check passes, else 503 with what is wrong."""

    def answer() -> web.Response:
        faults = [fault for fault in (check() for check in checks) if fault]
        return web.Response(status=503 if faults else 200, text="\n".join(faults) or "ok")

    return answer


def _route(handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(_: web.Request) -> web.Response:
        return handler()

    return handle


class Heartbeat:
    """Notices when a part of the operator has not moved for too long."""

    def __init__(self, part: str, seconds: float, clock: Callable[[], float]) -> None:
        self._part = part
        self._seconds = seconds
        self._clock = clock
        self._last = clock()

    def beat(self) -> None:
        """The part has moved."""
        self._last = self._clock()

    def check(self) -> str:
        """What is wrong, if the part stands still."""
        still = self._clock() - self._last
        return f"{self._part} has stood still for {still:.0f} s" if still > self._seconds else ""
