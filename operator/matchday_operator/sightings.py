"""For how long facts have held, by the operator's own steady clock.

Clocks of nodes, of the control plane and of this process differ, so a decision that depends on
time asks how long this process has seen something, not what a timestamp says. A restart starts
the count anew, which only makes the operator more patient.
"""

from collections.abc import Callable, Iterable

from matchday_operator.records import Job, Key, Pod, Run

IMAGE_TROUBLE = frozenset(
    {
        "ErrImagePull",
        "ImagePullBackOff",
        "InvalidImageName",
        "ErrImageNeverPull",
        "RegistryUnavailable",
        "SignatureValidationFailed",
        "ImageInspectError",
    }
)
"""Reasons of a waiting container that only another image, secret or registry can cure."""


class Sightings:
    """When each fact of each request was first seen, forgotten once it no longer holds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._since: dict[Key, dict[str, float]] = {}

    def ages(self, key: Key, facts: Iterable[str]) -> dict[str, float]:
        """Seconds for which each of the facts has been seen without a break."""
        now, known = self._clock(), self._since.get(key, {})
        current = {fact: known.get(fact, now) for fact in facts}
        self._since[key] = current
        return {fact: now - since for fact, since in current.items()}

    def clear(self) -> None:
        """Drop everything: nobody has looked for a while."""
        self._since.clear()

    def forget(self, key: Key) -> None:
        """Drop what is known of a request that is gone."""
        self._since.pop(key, None)


def podless(job: Job) -> str:
    """The fact that an active Job has no pod."""
    return f"podless:{job.uid}"


def held(job: Job) -> str:
    """The fact that a Job is suspended."""
    return f"held:{job.uid}"


def unmade(pod: Pod) -> str:
    """The fact that a pod has a node but its container is not made."""
    return f"unmade:{pod.uid}"


def unstarted(job: Job) -> str:
    """The fact that a Job may run but none of its pods runs or ever ran."""
    return f"unstarted:{job.uid}:{job.started}"


def active(job: Job) -> str:
    """The fact that the clock of a Job's deadline runs."""
    return f"active:{job.uid}:{job.started}"


def waiting(job: Job) -> str:
    """The fact that a Job may run but none of its pods does at present."""
    return f"waiting:{job.uid}:{job.started}"


def silent(pod: Pod, run: Run | None) -> str:
    """The fact that a pod runs and its solver has said nothing new."""
    told = run.progress.elapsed_seconds if run and run.progress else None
    return f"silent:{pod.uid}:{told}"


def imageless(pod: Pod) -> str:
    """The fact that a pod's image cannot be had."""
    return f"imageless:{pod.uid}"


def behind(pod: Pod) -> str:
    """The fact that a pod is not seen to have ended though its Job has."""
    return f"behind:{pod.uid}"


def leaving(pod: Pod) -> str:
    """The fact that a pod is being deleted."""
    return f"leaving:{pod.uid}"


def facts(jobs: Iterable[Job], pods: Iterable[Pod], runs: Iterable[Run] = ()) -> set[str]:
    """The facts that hold of a request's Jobs and pods."""
    found = set()
    every = tuple(pods)
    by_name = {run.name: run for run in runs}
    for job in jobs:
        found |= _job_facts(job, [pod for pod in every if pod.job == job.name])
    found |= {imageless(pod) for pod in every if pod.waiting_reason in IMAGE_TROUBLE}
    found |= {unmade(pod) for pod in every if _is_unmade(pod)}
    found |= {silent(pod, by_name.get(pod.job)) for pod in every if pod.running}
    return found | {leaving(pod) for pod in every if pod.deleting}


def _is_unmade(pod: Pod) -> bool:
    begun = pod.running or pod.ended or pod.exit_code is not None or pod.deleting
    return bool(pod.node) and not begun and pod.waiting_reason not in IMAGE_TROUBLE


def _job_facts(job: Job, pods: list[Pod]) -> set[str]:
    if job.finished:
        return {behind(pod) for pod in pods if not pod.ended}
    if job.deleting:
        return set()
    if job.suspended:
        return {held(job)}
    found = {active(job)}
    if not any(pod.running for pod in pods):
        found.add(waiting(job))
    if not pods and not job.failed_pods:
        found.add(podless(job))
    if not any(pod.running or pod.ended for pod in pods) and not job.failed_pods:
        found.add(unstarted(job))
    return found
