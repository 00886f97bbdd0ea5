"""The API server would not take the run's objects: wait where room or rights may come, else end."""

from matchday_api.status import Phase, Reason
from matchday_operator.decide.create import making
from matchday_operator.decide.endings import THEN_AGAIN
from matchday_operator.decide.model import Refusal, RefusalKind, Verdict
from matchday_operator.decide.situation import Situation

RECHECK_SECONDS = 30.0

_ADVICE = {
    RefusalKind.QUOTA: "A quota or limit of the namespace leaves no room for the solver",
    RefusalKind.FORBIDDEN: "The operator may not make the solver's objects in this namespace",
    RefusalKind.WEBHOOK: "A webhook of the cluster that has to admit the objects does not answer",
    RefusalKind.NAME_TAKEN: "An object that is not this request's has the name it needs",
}


def judge(situation: Situation) -> Verdict | None:
    """Wait and try again, or end a request whose objects cannot be made."""
    refusal = situation.observed.refusal
    if refusal is None or situation.job is not None or refusal.name != situation.input.name:
        return None
    if refusal.kind is RefusalKind.UNACCEPTABLE:
        return situation.failed(Reason.INVALID_LEAGUE, _unacceptable(refusal))
    if refusal.seconds >= situation.spec.solver.start_timeout_seconds:
        return situation.failed(_reason(refusal), _waited(situation, refusal))
    retry = making(situation) if refusal.due else ()
    message = f"{_ADVICE[refusal.kind]}: {refusal.message}. Trying again"
    return situation.going(
        Phase.PENDING, refusal.kind.value, message, *retry, recheck=RECHECK_SECONDS
    )


def _unacceptable(refusal: Refusal) -> str:
    return (
        f"The cluster refuses the solver's Job: {refusal.message}. Correct spec.podTemplate or"
        " spec.solver.resources, or the cluster's policy;" + THEN_AGAIN
    )


def _reason(refusal: Refusal) -> Reason:
    quota = refusal.kind is RefusalKind.QUOTA
    return Reason.QUOTA_EXCEEDED if quota else Reason.DEADLINE_EXCEEDED


def _waited(situation: Situation, refusal: Refusal) -> str:
    limit = situation.spec.solver.start_timeout_seconds
    return (
        f"{_ADVICE[refusal.kind]}: {refusal.message}. It has been so for {limit} s"
        " (spec.solver.startTimeoutSeconds). Make room or ask for less in spec.solver.resources,"
        + THEN_AGAIN
    )
