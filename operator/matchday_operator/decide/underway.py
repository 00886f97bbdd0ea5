"""A request whose Job is on its way: what it waits for, or how far it is."""

from matchday_api.status import ExitCode, Phase
from matchday_operator.decide import deadline, endings
from matchday_operator.decide.model import PatchJob, RestoreInput, Verdict
from matchday_operator.decide.situation import Situation
from matchday_operator.errors import is_quota
from matchday_operator.records import Job, Pod
from matchday_operator.sightings import IMAGE_TROUBLE, held, podless, unmade

RECHECK_SECONDS = 5.0
SLOW_RECHECK_SECONDS = 30.0
RESTORE_SECONDS = 25.0
"""How long a container or a pod cannot be made until its input is looked after again."""
RESUME_SECONDS = 30.0
"""Time between two attempts to resume a Job that somebody else suspends."""

_LAST_WORDS = (
    ExitCode.DONE,
    ExitCode.INVALID_INPUT,
    ExitCode.INFEASIBLE,
    ExitCode.NO_SCHEDULE_IN_TIME,
)
"""Exit codes after which the Job ends."""


def judge(situation: Situation) -> Verdict:
    """Where a request with a Job stands."""
    job = situation.job
    if job is None or job.finished:
        return situation.going(Phase.PENDING, "Waiting", "Waiting for the Job", recheck=1.0)
    if job.suspended:
        return _held(situation, job)
    pods = [pod for pod in situation.pods if not _has_ended(pod) and not pod.deleting]
    running = next((pod for pod in pods if pod.running), None)
    patches = deadline.actions(situation, job, running)
    if running is not None:
        return _running(situation, patches)
    if pods and _is_placed(pods[0]):
        return _starting(situation, pods[0], patches)
    return _podless(situation, job, patches)


def _held(situation: Situation, job: Job) -> Verdict:
    if job.queue:
        message = f"Waiting until Kueue's queue {job.queue} lets the Job in"
        return situation.going(Phase.QUEUED, "Queued", message)
    resume = PatchJob(job.name, job.uid, suspend=False, deadline=situation.first_deadline)
    if situation.request.status.get("phase") == Phase.SUSPENDED:
        return situation.going(Phase.PENDING, "Resuming", "The Job is resumed", resume)
    due = situation.age(held(job)) >= RESUME_SECONDS
    message = (
        f"Job {job.name} is suspended, and not by its request; it is resumed every"
        f" {RESUME_SECONDS:.0f} s. Have the controller that does so leave it alone"
    )
    retry = [resume] if due else []
    return situation.going(Phase.QUEUED, "JobSuspended", message, *retry, recheck=RESUME_SECONDS)


def _running(situation: Situation, patches: list[PatchJob]) -> Verdict:
    progress = situation.progress
    told = progress.message if progress else ""
    message = told or "The solver runs and has not reported yet"
    return situation.going(Phase.RUNNING, "Solving", message, *patches)


def _starting(situation: Situation, pod: Pod, patches: list[PatchJob]) -> Verdict:
    if pod.unschedulable:
        message = f"Waiting for room: {pod.unschedulable}"
        return situation.going(
            Phase.QUEUED, "Unschedulable", message, *patches, recheck=SLOW_RECHECK_SECONDS
        )
    if pod.waiting_reason in IMAGE_TROUBLE:
        message = f"The solver's image cannot be pulled yet: {pod.waiting_message}"
        return situation.going(
            Phase.PENDING, pod.waiting_reason, message, *patches, recheck=SLOW_RECHECK_SECONDS
        )
    where = f" on node {pod.node}" if pod.node else ""
    message = f"Pod {pod.name} starts{where}"
    if pod.waiting_reason not in ("", "ContainerCreating", "PodInitializing"):
        message = f"{message}: {pod.waiting_reason} {pod.waiting_message}".rstrip()
    return situation.going(
        Phase.PENDING,
        "Starting",
        message,
        *patches,
        *_restored(situation, situation.age(unmade(pod))),
        recheck=SLOW_RECHECK_SECONDS,
    )


def _restored(situation: Situation, seconds: float) -> list[RestoreInput]:
    """What a pod needs may have been deleted where its container or it cannot be made for long."""
    return [RestoreInput(situation.input)] if seconds >= RESTORE_SECONDS else []


def _has_ended(pod: Pod) -> bool:
    """Whether the solver runs no more; its container's end is told before the pod's phase."""
    return pod.ended or pod.exit_code is not None


def _is_placed(pod: Pod) -> bool:
    """Whether there is more to tell of a pod than that it has just been made."""
    return bool(pod.node or pod.unschedulable or pod.waiting_reason)


def _podless(situation: Situation, job: Job, patches: list[PatchJob]) -> Verdict:
    fault = situation.observed.creation_fault
    if fault:
        quota = is_quota(fault)
        reason = "QuotaExceeded" if quota else "PodCreationFailed"
        phase = Phase.QUEUED if quota else Phase.PENDING
        message = f"The solver's pod cannot be made yet: {fault}"
        restored = _restored(situation, situation.age(podless(job)))
        return situation.going(
            phase, reason, message, *patches, *restored, recheck=SLOW_RECHECK_SECONDS
        )
    if any(pod.exit_code in _LAST_WORDS for pod in situation.pods):
        message = "The solver has ended; its result is read once the Job is over"
        return situation.going(
            Phase.RUNNING, "Finishing", message, *patches, recheck=RECHECK_SECONDS
        )
    if any(_has_ended(pod) for pod in situation.pods):
        message = _retry_message(situation)
        return situation.going(
            Phase.PENDING, "Retrying", message, *patches, recheck=RECHECK_SECONDS
        )
    message = f"Job {situation.input.name} is made and waits for its pod"
    return situation.going(Phase.PENDING, "JobCreated", message, *patches, recheck=RECHECK_SECONDS)


def _retry_message(situation: Situation) -> str:
    code = endings.exit_code(situation)
    how = f" with exit code {code}" if code is not None else ""
    return f"A pod of the solver ended{how}; the Job goes on with another from the saved schedule"
