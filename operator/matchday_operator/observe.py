"""Gathers what a decision needs, and reads from the API server only what is worth it."""

import asyncio
import base64
import binascii
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from matchday_operator import results, sightings
from matchday_operator.api import Api
from matchday_operator.decide.model import (
    Observed,
    Outcome,
    Refusal,
    Resolved,
    Saved,
    Unsaved,
)
from matchday_operator.decide.settled import ended_status
from matchday_operator.inputs.resolver import Resolver
from matchday_operator.kinds import CONFIG_MAP, EVENT, SCHEDULE
from matchday_operator.manifests.snapshot import KEY
from matchday_operator.metrics import Metrics
from matchday_operator.records import Job, Pod, Request
from matchday_operator.sightings import Sightings
from matchday_operator.store import Store

EVENTS_AFTER = 5.0
"""Seconds without a pod after which a Job's Events are read."""

MAX_EVENTS = 20


@dataclass
class Observer:
    """The sources of observations."""

    api: Api
    store: Store
    resolver: Resolver
    sightings: Sightings
    threads: Executor
    metrics: Metrics
    scheduled: Callable[[str, str], bool]
    """Whether the Schedule of that namespace and name may be there, as the last sweep saw it."""

    async def observe(self, request: Request, refusal: Refusal | None) -> Observed:
        """All that is known of a request's world."""
        jobs, runs = self.store.jobs(request), self.store.runs(request)
        pods = self.store.pods(request)
        ages = self.sightings.ages(request.request_key, sightings.facts(jobs, pods, runs))
        found = await self.resolver.resolve(request, runs)
        observed = Observed(found, jobs, pods, runs, refusal=refusal, ages=ages)
        return await self._with_details(request, observed)

    async def _with_details(self, request: Request, observed: Observed) -> Observed:
        found = observed.input
        if not isinstance(found, Resolved):
            return observed
        job = next((job for job in observed.jobs if job.name == found.name), None)
        outcome = await self._outcome(request, observed, found, job)
        fault = await self._creation_fault(job, observed) if job else ""
        return replace(observed, outcome=outcome, creation_fault=fault)

    async def _outcome(
        self, request: Request, observed: Observed, found: Resolved, job: Job | None
    ) -> Outcome | None:
        if ended_status(request.status, found.digest) is not None:
            return await self._lost(request, found)
        if not _is_worth_reading(observed, found, job):
            return None
        body = await self.api.get(SCHEDULE, request.namespace, found.name)
        if body is None:
            return Unsaved(exists=False)
        packed = await self._snapshot(request, found)
        loop = asyncio.get_running_loop()
        outcome = await loop.run_in_executor(
            self.threads, results.outcome, body, found.digest, packed, request.regenerate
        )
        self.metrics.result_checks.labels(_label(outcome)).inc()
        return outcome

    async def _lost(self, request: Request, found: Resolved) -> Outcome | None:
        """Whether the Schedule of a request that succeeded has been deleted."""
        succeeded = request.status.get("phase") == "Succeeded"
        if not succeeded or self.scheduled(request.namespace, found.name):
            return None
        there = await self.api.get_metadata(SCHEDULE, request.namespace, found.name)
        return Unsaved(exists=False) if there is None else None

    async def _snapshot(self, request: Request, found: Resolved) -> bytes:
        """The problem as the solver got it; made anew where the snapshot was deleted."""
        body = await self.api.get(CONFIG_MAP, request.namespace, found.name)
        coded = ((body or {}).get("binaryData") or {}).get(KEY, "")
        try:
            packed = base64.b64decode(coded, validate=True)
        except binascii.Error:
            packed = b""
        return packed or await self.resolver.packed(request, found) or b""

    async def _creation_fault(self, job: Job, observed: Observed) -> str:
        """Why the Job controller cannot make a pod, where it has tried for a while."""
        if observed.ages.get(sightings.podless(job), 0.0) < EVENTS_AFTER:
            return ""
        fields = f"involvedObject.uid={job.uid},reason=FailedCreate"
        events = await self.api.list_some(EVENT, job.namespace, fields, MAX_EVENTS)
        messages = [str(each.get("message", ""))[:1000] for each in events]
        return messages[-1] if messages else ""


def _is_worth_reading(observed: Observed, found: Resolved, job: Job | None) -> bool:
    """A Schedule is large; it is read once its Job can add nothing to it, or ought to end."""
    if job is not None:
        return job.finished or any(_is_hopeless(pod) for pod in observed.pods)
    return any(run.name == found.name and run.writer for run in observed.runs)


def _is_hopeless(pod: Pod) -> bool:
    return pod.end_reason == "OOMKilled" or pod.waiting_reason in sightings.IMAGE_TROUBLE


def _label(outcome: Outcome) -> str:
    if isinstance(outcome, Saved):
        return "broken" if outcome.faults else "valid"
    return type(outcome).__name__.lower()
