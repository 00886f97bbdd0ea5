"""The way of a request: observe, decide, act, and one status write at the end."""

from collections.abc import Callable
from dataclasses import dataclass, field

from matchday_operator.act import Actor
from matchday_operator.api import Api
from matchday_operator.decide import decide
from matchday_operator.decide.model import Action, CreateRun, Now, Settings
from matchday_operator.errors import ApiError
from matchday_operator.metrics import Metrics
from matchday_operator.observe import Observer
from matchday_operator.records import Key, Request
from matchday_operator.refusals import Refusals
from matchday_operator.report import Reporter
from matchday_operator.store import Store

UNREAD_SECONDS = 1.0
"""Until a request is looked at again whose namespace is not read yet."""


@dataclass
class Reconciler:
    """Brings one request after another to where it should be."""

    api: Api
    store: Store
    observer: Observer
    actor: Actor
    reporter: Reporter
    refusals: Refusals
    metrics: Metrics
    settings: Settings
    unread: Callable[[str], bool]
    """Whether the objects of a namespace are not known yet, since it has just been opened."""
    clock: Callable[[], float]
    _noted: dict[Key, float] = field(default_factory=dict)
    """When a change of a request was first noted that has not been looked at yet."""

    def note(self, key: Key) -> None:
        """Something of a request has changed."""
        self._noted.setdefault(key, self.clock())

    async def reconcile(self, key: Key) -> float | None:
        """Look at a request once; returns the seconds after which to look again, if any."""
        noted = self._noted.pop(key, self.clock())
        request = self.store.request(key)
        if request is None or request.deleting:
            self.forget(key)
            return None
        if self.unread(request.namespace):
            return UNREAD_SECONDS
        refusal = self.refusals.get(request)
        observed = await self.observer.observe(request, refusal)
        now = Now(self.api.server_now(), self.settings)
        decision = decide(request, observed, now)
        if not await self._act(request, decision.actions, noted):
            return 0.0
        wait = await self.reporter.report(request, decision.status) if decision.status else None
        times = [time for time in (decision.recheck, wait) if time is not None]
        return min(times, default=None)

    def clear(self) -> None:
        """Drop what was remembered while this replica led, since another may lead now."""
        self._noted.clear()
        self.observer.sightings.clear()
        self.refusals.clear()
        self.reporter.clear()

    async def _act(self, request: Request, actions: tuple[Action, ...], noted: float) -> bool:
        """Carry out the actions; False where one was refused, so that it has to be told."""
        for action in actions:
            try:
                await self.actor.perform(request, action)
            except ApiError as error:
                if isinstance(action, CreateRun) and self.refusals.note(
                    request, action.input.name, error
                ):
                    self.actor.forget_namespace(request.namespace)
                    return False
                raise
            if isinstance(action, CreateRun):
                self.refusals.forget(request.request_key)
                self.metrics.job_start_seconds.observe(self.clock() - noted)
        return True

    def forget(self, key: Key) -> None:
        """A request is gone, and so is the reason to remember anything of it."""
        self._noted.pop(key, None)
        self.observer.resolver.forget(key)
        self.observer.sightings.forget(key)
        self.refusals.forget(key)
        self.reporter.forget(key)
