"""What holds of every decision, whatever the cluster looks like."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from matchday_api.status import Reason
from matchday_operator.decide import decide
from matchday_operator.decide.model import (
    CreateRun,
    Damaged,
    Decision,
    DeleteJob,
    Input,
    Invalid,
    Missing,
    Observed,
    PatchJob,
    Refusal,
    RefusalKind,
    Saved,
    Unsaved,
)
from matchday_operator.records import Job, Request
from matchday_operator.report import dump
from matchday_operator.sightings import IMAGE_TROUBLE, facts
from tests.operator.builders import (
    DIGEST,
    INPUT,
    NAME,
    NOW,
    job,
    pod,
    request,
    run,
    saved,
    with_status,
)

TIME = "2026-01-05T11:00:00Z"
DELETED = {"deletionTimestamp": TIME, "deletionGracePeriodSeconds": 30}
KUEUE = {"matchday.dev/job": NAME, "matchday.dev/request": "winter"}


def maybe(value: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Some fields, or none."""
    return st.sampled_from([{}, value])


specs = st.fixed_dictionaries(
    {},
    optional={
        "suspend": st.booleans(),
        "completeness": st.sampled_from(["Required", "BestEffort"]),
        "historyLimit": st.integers(1, 3),
        "ttlSecondsAfterFinished": st.sampled_from([0, 60]),
        "podTemplate": st.just({"labels": {"a": "b"}}),
        "solver": st.sampled_from([{}, {"startTimeoutSeconds": 5}, {"timeLimitSeconds": "wrong"}]),
    },
)
conditions = st.builds(
    lambda kind, status, reason: {
        "type": kind,
        "status": status,
        "reason": reason,
        "lastTransitionTime": TIME,
    },
    st.sampled_from(["Complete", "Failed", "Ready", "Odd"]),
    st.sampled_from(["True", "False"]),
    st.sampled_from([*Reason, "Optimal", "Solving"]),
)
statuses = st.fixed_dictionaries(
    {},
    optional={
        "phase": st.sampled_from(["Pending", "Running", "Succeeded", "Failed", "Odd", 7]),
        "inputDigest": st.sampled_from([DIGEST, "sha256:" + "b" * 64]),
        "conditions": st.lists(conditions | st.just("junk"), max_size=4),
        "startedAt": st.sampled_from([TIME, "never"]),
        "finishedAt": st.sampled_from([TIME, None]),
        "result": st.just({"name": "x"}),
    },
)
requests = st.builds(
    lambda spec, status, meta: request(spec, status, **meta),
    specs,
    statuses,
    maybe(DELETED) | maybe({"labels": {"kueue.x-k8s.io/queue-name": "q"}}),
)
jobs = st.builds(
    lambda name, spec, ended, reason, message, meta: job(
        name, spec, ended, reason, message, **meta
    ),
    st.sampled_from([NAME, "winter-00000000"]),
    st.fixed_dictionaries(
        {},
        optional={
            "suspend": st.booleans(),
            "activeDeadlineSeconds": st.sampled_from([1, 100, 5000, None]),
            "ttlSecondsAfterFinished": st.just(60),
        },
    ),
    st.sampled_from(["", "Complete", "Failed"]),
    st.sampled_from(["", "DeadlineExceeded", "PodFailurePolicy", "BackoffLimitExceeded"]),
    st.sampled_from(["", "exit code 3", "exit code 99999999999999999999"]),
    maybe(DELETED) | maybe({"labels": {**KUEUE, "kueue.x-k8s.io/queue-name": "q"}}),
)
states = st.one_of(
    st.just({}),
    st.just({"running": {}}),
    st.builds(
        lambda why: {"waiting": {"reason": why, "message": "no"}},
        st.sampled_from([*sorted(IMAGE_TROUBLE), "ContainerCreating", "CreateContainerError"]),
    ),
    st.builds(
        lambda code, why, text: {"terminated": {"exitCode": code, "reason": why, "message": text}},
        st.integers(0, 255),
        st.sampled_from(["Error", "OOMKilled"]),
        st.sampled_from(["", "{", '{"reason": "Infeasible"}', '{"reason": "x", "message": 1}']),
    ),
)
pods = st.builds(
    lambda state, phase, found, meta: pod(state, phase, found, **meta),
    states,
    st.sampled_from(["Pending", "Running", "Succeeded", "Failed", "Unknown"]),
    st.lists(
        st.sampled_from(
            [
                {"type": "DisruptionTarget", "status": "True"},
                {"type": "PodScheduled", "status": "False", "message": "full"},
            ]
        )
    ),
    maybe(DELETED),
)
runs = st.builds(
    run,
    st.sampled_from([NAME, "winter-00000001", "winter-00000002", "winter-00000003"]),
    st.none() | st.integers(0, 9),
    st.none() | requests,
    st.sampled_from([TIME, "", "2026-01-04T00:00:00Z"]),
)
outcomes = st.one_of(
    st.none(),
    st.just(Unsaved()),
    st.just(Unsaved(exists=False)),
    st.builds(Damaged, st.just("damaged."), st.booleans()),
    st.builds(saved, st.integers(0, 2), st.booleans(), st.sampled_from([(), ("broken",)])),
)
refusals = st.none() | st.builds(
    Refusal,
    st.sampled_from(RefusalKind),
    st.just("no"),
    st.sampled_from([0.0, 1e4]),
    st.booleans(),
    st.sampled_from([NAME, NAME, "winter-00000001"]),
)
inputs: st.SearchStrategy[Input] = st.sampled_from(
    [INPUT, INPUT, INPUT, Invalid(("a: b",)), Missing("not there")]
)


@st.composite
def worlds(draw: st.DrawFn) -> Observed:
    """What could be observed around a request."""
    seen_jobs = {each.name: each for each in draw(st.lists(jobs, max_size=2))}.values()
    seen_pods = tuple(draw(st.lists(pods, max_size=2)))
    known = sorted(facts(seen_jobs, seen_pods))
    ages = st.sampled_from([0.0, 20.0, 200.0, 1e5])
    return Observed(
        draw(inputs),
        tuple(seen_jobs),
        seen_pods,
        tuple({each.name: each for each in draw(st.lists(runs, max_size=3))}.values()),
        draw(outcomes),
        draw(st.sampled_from(["", 'pods "x" is forbidden: exceeded quota: y', "other"])),
        draw(refusals),
        {fact: draw(ages) for fact in known},
    )


def conditions_of(decision: Decision) -> set[str]:
    """The types of the conditions that are true."""
    assert decision.status is not None
    return {each.type for each in decision.status.conditions if each.status == "True"}


def current_job(seen: Observed) -> Job | None:
    """The Job of the current input."""
    return next((each for each in seen.jobs if each.name == NAME), None)


def creates(decision: Decision) -> bool:
    """Whether a Job is to be made."""
    return any(isinstance(action, CreateRun) for action in decision.actions)


@given(requests, worlds())
@settings(max_examples=400, deadline=None)
def test_there_is_always_one_answer(asked: Request, seen: Observed) -> None:
    assert decide(asked, seen, NOW) == decide(asked, seen, NOW)


@given(requests, worlds())
@settings(max_examples=400, deadline=None)
def test_the_answered_status_asks_for_no_other(asked: Request, seen: Observed) -> None:
    first = decide(asked, seen, NOW)
    if first.status is None:
        return
    second = decide(with_status(asked, first), seen, NOW)
    assert second.status is not None
    assert dump(second.status) == dump(first.status)


@given(requests, worlds())
@settings(max_examples=400, deadline=None)
def test_complete_and_failed_exclude_each_other_and_agree_with_kstatus(
    asked: Request, seen: Observed
) -> None:
    decision = decide(asked, seen, NOW)
    if decision.status is None:
        return
    true = conditions_of(decision)
    assert len(true & {"Complete", "Failed", "Reconciling"}) == 1
    assert ("Complete" in true) == ("Ready" in true)
    assert ("Failed" in true) == ("Stalled" in true)


@given(requests, worlds())
@settings(max_examples=400, deadline=None)
def test_a_job_is_made_only_where_there_is_none_and_nothing_speaks_against_it(
    asked: Request, seen: Observed
) -> None:
    decision = decide(asked, seen, NOW)
    if not creates(decision):
        return
    assert seen.input == INPUT
    assert current_job(seen) is None
    assert asked.spec is not None
    assert not asked.spec.suspend
    assert conditions_of(decision) == {"Reconciling"}


@given(requests, worlds())
@settings(max_examples=400, deadline=None)
def test_a_request_becomes_complete_only_by_a_final_checked_schedule(
    asked: Request, seen: Observed
) -> None:
    decision = decide(asked, seen, NOW)
    if decision.status is None or "Complete" not in conditions_of(decision):
        return
    checked = isinstance(seen.outcome, Saved) and seen.outcome.final and not seen.outcome.faults
    assert checked or asked.status.get("phase") == "Succeeded"


@given(requests, worlds())
@settings(max_examples=400, deadline=None)
def test_a_job_expires_only_once_nothing_more_is_wanted_of_it(
    asked: Request, seen: Observed
) -> None:
    decision = decide(asked, seen, NOW)
    expiring = {a.name for a in decision.actions if isinstance(a, PatchJob) and a.ttl is not None}
    if NAME in expiring and seen.input == INPUT:
        assert asked.status.get("phase") in ("Succeeded", "Failed")


@given(requests, worlds())
@settings(max_examples=400, deadline=None)
def test_suspend_of_a_queued_job_is_never_touched(asked: Request, seen: Observed) -> None:
    decision = decide(asked, seen, NOW)
    queued = {each.name for each in seen.jobs if each.queue}
    touched = {
        a.name for a in decision.actions if isinstance(a, PatchJob) and a.suspend is not None
    }
    assert not queued & touched


@given(requests, worlds())
@settings(max_examples=400, deadline=None)
def test_no_job_of_another_input_is_left_running(asked: Request, seen: Observed) -> None:
    if asked.deleting or not isinstance(seen.input, type(INPUT)):
        return
    decision = decide(asked, seen, NOW)
    deleted = {a.name for a in decision.actions if isinstance(a, DeleteJob)}
    old = {j.name for j in seen.jobs if j.name != NAME and not j.finished and not j.deleting}
    assert old <= deleted


@given(requests, worlds())
@settings(max_examples=200, deadline=None)
def test_every_message_fits_into_its_condition(asked: Request, seen: Observed) -> None:
    status = decide(asked, seen, NOW).status
    for condition in status.conditions if status else ():
        assert condition.reason
        assert len(condition.message.encode()) <= 32_768
