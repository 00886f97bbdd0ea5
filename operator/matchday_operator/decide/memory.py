"""The first pod that runs out of memory ends the request: a retry would run out again."""

from matchday_api.status import Reason
from matchday_operator.decide.model import Saved, Verdict
from matchday_operator.decide.situation import Situation
from matchday_operator.quantities import doubled
from matchday_operator.records import Pod


def judge(situation: Situation) -> Verdict | None:
    """End a request one of whose pods was killed at its memory limit, before its schedule was
    final."""
    job, outcome = situation.job, situation.observed.outcome
    is_final = isinstance(outcome, Saved) and outcome.final
    if job is None or job.deleting or is_final or not was_exceeded(situation):
        return None
    return verdict(situation)


def was_exceeded(situation: Situation) -> bool:
    """Whether a pod of the current Job was killed at its memory limit."""
    return any(map(killed, situation.pods))


def killed(pod: Pod) -> bool:
    """Whether a pod was killed at its memory limit."""
    return pod.end_reason == "OOMKilled"


def verdict(situation: Situation) -> Verdict:
    """The end of a request that ran out of memory."""
    limit = situation.spec.solver.resources.limits.get("memory")
    if limit is None:
        advice = "It has no limit of its own; set spec.solver.resources.limits.memory."
    else:
        advice = (
            f"Its limit is {limit}; set spec.solver.resources.limits.memory to"
            f" {doubled(limit)} or more, and the request runs again."
        )
    message = f"The solver was killed because it ran out of memory. {advice}"
    return situation.failed(Reason.OUT_OF_MEMORY, message)
