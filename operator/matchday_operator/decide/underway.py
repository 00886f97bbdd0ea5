"""A request whose Job is on its way: what it waits for, or how far it is."""

from matchday_api.status import ExitCode, Phase
from matchday_operator.decide import deadline, endings
from matchday_operator.decide.model import PatchJob, Verdict
from matchday_operator.decide.situation import Situation
from matchday_operator.errors import is_quota
from matchday_operator.records import Job, Pod
from matchday_operator.sightings import IMAGE_TROUBLE

RECHECK_SECONDS = 5.0
SLOW_RECHECK_SECONDS = 30.0

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
    return _podless(situation, patches)


def _held(situation: Situation, job: Job) -> Verdict:
    if job.queue:
        message = f"Waiting until Kueue's queue {job.queue} lets the Job in"
        return situation.going(Phase.QUEUED, "Queued", message)
    resume = PatchJob(job.name, job.uid, suspend=False, deadline=situation.first_deadline)
    return situation.going(Phase.PENDING, "Resuming", "The Job is resumed", resume)


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
        Phase.PENDING, "Starting", message, *patches, recheck=SLOW_RECHECK_SECONDS
    )


def _has_ended(pod: Pod) -> bool:
    """Whether the solver runs no more; its container's end is told before the pod's phase."""
    return pod.ended or pod.exit_code is not None


def _is_placed(pod: Pod) -> bool:
    """Whether there is more to tell of a pod than that it has just been made."""
    return bool(pod.node or pod.unschedulable or pod.waiting_reason)


def _podless(situation: Situation, patches: list[PatchJob]) -> Verdict:
    fault = situation.observed.creation_fault
    if fault:
        quota = is_quota(fault)
        reason = "QuotaExceeded" if quota else "PodCreationFailed"
        phase = Phase.QUEUED if quota else Phase.PENDING
        message = f"The solver's pod cannot be made yet: {fault}"
        return situation.going(phase, reason, message, *patches, recheck=SLOW_RECHECK_SECONDS)
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
