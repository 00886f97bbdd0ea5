"""All policy of the operator: what to do about a request, given what was observed.

Pure and total: no input or output, no clock, no exception; the same question has the same answer,
and asking again with the answered status changes nothing.
"""

from matchday_operator.decide import (
    create,
    fence,
    finished,
    history,
    image,
    input_faults,
    lost_pods,
    memory,
    refusal,
    replace,
    settled,
    start_timeout,
    suspension,
    underway,
)
from matchday_operator.decide.model import (
    Action,
    Decision,
    Invalid,
    Missing,
    Now,
    Observed,
    Verdict,
)
from matchday_operator.decide.situation import Situation
from matchday_operator.decide.status import status_for
from matchday_operator.records import Request

_POLICIES = (
    settled.judge,
    finished.judge,
    suspension.judge,
    refusal.judge,
    create.judge,
    memory.judge,
    image.judge,
    start_timeout.judge,
    replace.judge,
)
"""In this order; the first that has an opinion decides, `underway` has the last word."""


def decide(request: Request, observed: Observed, now: Now) -> Decision:
    """What to do about a request, and the status that tells it."""
    if request.deleting:
        return Decision()
    verdict = _judge(request, observed, now)
    actions = (
        *verdict.actions,
        *fence.actions(request, observed),
        *lost_pods.actions(observed),
        *history.actions(request, observed, verdict),
    )
    return Decision(
        status=status_for(request, verdict, now),
        actions=_without_repeats(actions),
        recheck=_earliest(verdict.recheck, lost_pods.recheck(observed)),
    )


def _judge(request: Request, observed: Observed, now: Now) -> Verdict:
    found = observed.input
    if request.spec is None:
        return input_faults.invalid(Invalid(tuple(map(str, request.faults))), request.status)
    if isinstance(found, Invalid):
        return input_faults.invalid(found, request.status)
    if isinstance(found, Missing):
        return input_faults.missing(found)
    situation = Situation(request, request.spec, observed, now, found)
    for judge in _POLICIES:
        verdict = judge(situation)
        if verdict is not None:
            return verdict
    return underway.judge(situation)


def _without_repeats(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    return tuple(dict.fromkeys(actions))


def _earliest(*times: float | None) -> float | None:
    return min((time for time in times if time is not None), default=None)
