"""The operator against a real API server when pods, results and people do not do well."""

import json

import pytest

from matchday_operator.inputs.resolver import KEPT_SNAPSHOTS
from matchday_operator.kinds import (
    CONFIG_MAP,
    JOB,
    POD,
    REQUEST,
    ROLE_BINDING,
    RUN,
    SCHEDULE,
    Kind,
)
from tests.operator.builders import LEAGUE
from tests.operator.cluster import Namespace, eventually, message_of, reason_of
from tests.operator.schedules import schedule
from tests.operator.test_lifecycle_on_api_server import finish

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="session")]


async def running(ns: Namespace, **spec: object) -> tuple[str, str]:
    """A request whose solver runs; gives the names of Job and pod."""
    await ns.submit(spec=dict(spec))
    job = (await ns.job_of())["metadata"]["name"]
    return job, await ns.start(job)


async def test_out_of_memory_ends_the_job_and_keeps_the_checkpoint(ns: Namespace) -> None:
    job, pod = await running(ns)
    await ns.save(job, schedule((await ns.status())["inputDigest"]), final=False)
    await ns.end(pod, 137, "OOMKilled")
    failed = await ns.becomes("Failed", reason="OutOfMemory")
    assert "4Gi" in message_of(failed, "Failed")
    assert failed["result"]["games"] == 3

    async def ended() -> bool:
        conditions = (await ns.get(JOB, job))["status"].get("conditions", [])
        return any(c["type"] == "Failed" and c["status"] == "True" for c in conditions)

    assert await eventually(ended, "the Job has ended without a retry")


async def test_more_memory_lets_a_request_that_ran_out_run_again(ns: Namespace) -> None:
    job, pod = await running(ns)
    await ns.end(pod, 137, "OOMKilled")
    await ns.becomes("Failed", reason="OutOfMemory")
    uid = (await ns.get(JOB, job))["metadata"]["uid"]
    limits = {"limits": {"cpu": "2", "memory": "8Gi"}}
    await ns.patch(REQUEST, "winter", {"spec": {"solver": {"resources": limits}}})

    async def again() -> bool:
        found = await ns.get(JOB, job)
        return bool(found) and found["metadata"]["uid"] != uid

    assert await eventually(again, "another Job of the same name")
    container = (await ns.get(JOB, job))["spec"]["template"]["spec"]["containers"][0]
    assert container["resources"]["limits"]["memory"] == "8Gi"
    await ns.becomes("Pending")


@pytest.mark.parametrize(
    ("code", "reason"), [(2, "InvalidLeague"), (3, "Infeasible"), (4, "NoSolutionInTime")]
)
async def test_the_solvers_reason_fails_the_request(ns: Namespace, code: int, reason: str) -> None:
    _, pod = await running(ns)
    await ns.end(pod, code, message=json.dumps({"reason": reason, "message": "because of this"}))
    failed = await ns.becomes("Failed", reason=reason)
    assert "because of this" in message_of(failed, "Failed")


async def test_games_missing_fail_with_the_schedule_referenced(ns: Namespace) -> None:
    job, pod = await running(ns)
    await ns.save(job, schedule((await ns.status())["inputDigest"], missing=1))
    await ns.end(pod, 3, message=json.dumps({"reason": "Incomplete", "message": "no room"}))
    failed = await ns.becomes("Failed", reason="Incomplete")
    assert (failed["result"]["games"], failed["result"]["unplaced"]) == (2, 1)


async def test_an_object_of_thousands_of_levels_stops_nobody(ns: Namespace) -> None:
    deep: dict[str, object] = {}
    for _ in range(5000):
        deep = {"a": deep}
    await ns.submit("deep", {"podTemplate": {"affinity": deep}})
    failed = await ns.becomes("Failed", "deep", reason="InvalidLeague")
    assert "recursion limit" in message_of(failed, "Failed")
    await ns.submit()
    assert await ns.job_of()
    await ns.delete(REQUEST, "deep")


async def test_the_mark_of_another_operator_is_left_alone_and_stops_nobody(ns: Namespace) -> None:
    marks = ["kopf.zalando.org/KopfFinalizerMarker"]
    await ns.submit(finalizers=marks)
    job = (await ns.job_of())["metadata"]["name"]
    await ns.patch(JOB, job, {"metadata": {"finalizers": marks}})
    pod = await ns.start(job)
    await ns.save(job, schedule((await ns.status())["inputDigest"]))
    await ns.end(pod, 0)
    await ns.becomes("Succeeded")
    for kind, name in ((REQUEST, "winter"), (JOB, job)):
        assert marks[0] in (await ns.get(kind, name))["metadata"]["finalizers"]
        await ns.patch(kind, name, {"metadata": {"finalizers": None}})


async def test_a_snapshot_that_is_deleted_before_the_solver_starts_comes_back(
    ns: Namespace,
) -> None:
    await ns.submit()
    job = (await ns.job_of())["metadata"]["name"]
    pod = await ns.pod_of(job)
    await ns.delete(CONFIG_MAP, job)
    binding = {"target": {"kind": "Node", "name": "none"}, "metadata": {"name": pod}}
    await ns.cluster.call("POST", POD.path(ns.name, pod, "binding"), binding)

    async def back() -> bool:
        return bool(await ns.get(CONFIG_MAP, job))

    assert await eventually(back, "the snapshot is back")


async def test_a_crash_is_retried_and_then_told(ns: Namespace) -> None:
    job, pod = await running(ns, solver={"maxRetries": 0})
    await ns.end(pod, 139)
    failed = await ns.becomes("Failed", reason="SolverCrashed")
    assert "139" in message_of(failed, "Failed")
    assert job in message_of(failed, "Failed")


async def test_a_schedule_with_a_clash_is_not_believed(ns: Namespace) -> None:
    job, pod = await running(ns)
    await ns.save(job, schedule((await ns.status())["inputDigest"], clash=True))
    await ns.end(pod, 0)
    await ns.becomes("Failed", reason="SolverCrashed")


async def test_a_schedule_that_was_tampered_with_is_lost(ns: Namespace) -> None:
    job, pod = await running(ns)
    await ns.save(job, schedule((await ns.status())["inputDigest"]))
    await ns.patch(SCHEDULE, job, {"status": {"sha256": "0" * 64}}, "status")
    await ns.end(pod, 0)
    failed = await ns.becomes("Failed", reason="ResultLost")
    assert "checksum" in message_of(failed, "Failed")


async def test_success_without_a_schedule_is_a_lost_result(ns: Namespace) -> None:
    _, pod = await running(ns)
    await ns.end(pod, 0)
    await ns.becomes("Failed", reason="ResultLost")


async def test_a_schedule_that_is_deleted_after_success_is_noticed(ns: Namespace) -> None:
    await ns.submit()
    job = await finish(ns)
    await ns.delete(SCHEDULE, job)
    await ns.becomes("Failed", reason="ResultLost")


async def test_an_image_that_does_not_come_ends_the_request(ns: Namespace) -> None:
    await ns.submit()
    pod = await ns.pod_of((await ns.job_of())["metadata"]["name"])
    waiting = {"reason": "ImagePullBackOff", "message": "Back-off pulling image"}
    await ns.container(pod, "Pending", {"waiting": waiting})
    failed = await ns.becomes("Failed", reason="ImagePullFailed")
    assert "Back-off pulling image" in message_of(failed, "Failed")


async def test_a_template_that_the_cluster_refuses_is_told(ns: Namespace) -> None:
    await ns.submit(spec={"podTemplate": {"tolerations": [{"operator": "Sometimes"}]}})
    failed = await ns.becomes("Failed", reason="InvalidLeague")
    assert "tolerations" in message_of(failed, "Failed")


async def test_a_name_that_is_taken_is_waited_out_and_never_adopted(ns: Namespace) -> None:
    await ns.submit()
    job = (await ns.job_of())["metadata"]["name"]
    await ns.patch(REQUEST, "winter", {"spec": {"suspend": True}})
    await ns.becomes("Suspended")
    for kind in (JOB, RUN):
        await ns.delete(kind, job, propagationPolicy="Background")
    await ns.delete(CONFIG_MAP, job)
    await ns.create(CONFIG_MAP, job, {"data": {"mine": "yes"}})
    await ns.patch(REQUEST, "winter", {"spec": {"suspend": False}})
    waiting = await ns.becomes("Pending", reason="NameTaken")
    assert f"ConfigMap {job}" in message_of(waiting, "Ready")
    assert (await ns.get(CONFIG_MAP, job))["data"] == {"mine": "yes"}


async def test_rights_that_another_installation_left_are_told(ns: Namespace) -> None:
    role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "former-solver"}
    await ns.create(ROLE_BINDING, "matchday-solver", {"roleRef": role, "subjects": []})
    await ns.submit()
    waiting = await ns.becomes("Pending", reason="NameTaken")
    assert "former-solver" in message_of(waiting, "Ready")


async def test_a_run_goes_on_from_its_snapshot_though_its_source_is_gone(ns: Namespace) -> None:
    await ns.league("late", json.dumps(LEAGUE))
    source = {"configMapKeyRef": {"name": "late", "key": "league.yaml"}}
    await ns.create(REQUEST, "winter", {"spec": {"leagueFrom": source}})
    job = await ns.job_of()
    await ns.delete(CONFIG_MAP, "late")
    for number in range(KEPT_SNAPSHOTS):
        await ns.submit(f"other-{number}")
        await ns.job_of(f"other-{number}")
    await ns.delete(JOB, job["metadata"]["name"], propagationPolicy="Background")

    async def again() -> bool:
        found = await ns.get(JOB, job["metadata"]["name"])
        return bool(found) and found["metadata"]["uid"] != job["metadata"]["uid"]

    assert await eventually(again, "another Job of the same name")


async def test_a_job_that_is_deleted_by_hand_is_made_again(ns: Namespace) -> None:
    job, _ = await running(ns)
    uid = (await ns.get(JOB, job))["metadata"]["uid"]
    await ns.delete(JOB, job, propagationPolicy="Background")

    async def again() -> bool:
        found = await ns.get(JOB, job)
        return bool(found) and found["metadata"]["uid"] != uid

    assert await eventually(again, "another Job of the same name")


async def test_a_pod_on_a_lost_node_is_removed(ns: Namespace) -> None:
    await ns.submit()
    job = (await ns.job_of())["metadata"]["name"]
    pod = await ns.pod_of(job)
    target = {"apiVersion": "v1", "kind": "Node", "name": "lost"}
    binding = {"metadata": {"name": pod}, "target": target}
    await ns.cluster.call("POST", POD.path(ns.name, pod, "binding"), binding)
    disrupted = {"type": "DisruptionTarget", "status": "True", "reason": "DeletionByTaintManager"}
    running = {"running": {"startedAt": "2026-01-05T12:00:00Z"}}
    await ns.container(pod, "Running", running, conditions=[disrupted])
    await ns.delete(POD, pod, gracePeriodSeconds=1)
    assert "deletionTimestamp" in (await ns.get(POD, pod))["metadata"]

    async def gone() -> bool:
        return not await ns.get(POD, pod)

    assert await eventually(gone, "the pod is removed by force")


async def test_the_events_of_a_request_are_few(ns: Namespace) -> None:
    await ns.submit()
    await finish(ns)
    kind = Kind("", "v1", "events", "Event")

    async def told() -> list[str] | None:
        found = [e for e in await ns.list(kind) if e["involvedObject"]["kind"] == "ScheduleRequest"]
        reasons = sorted(str(each["reason"]) for each in found)
        return reasons if "Completed" in reasons else None

    assert await eventually(told, "the end is told") == ["Completed", "JobCreated"]


async def test_kueue_alone_lets_a_queued_job_run(ns: Namespace) -> None:
    await ns.submit(labels={"kueue.x-k8s.io/queue-name": "teams"})
    queued = await ns.becomes("Queued")
    job = queued["jobRef"]["name"]
    assert (await ns.get(JOB, job))["spec"]["suspend"] is True
    await ns.patch(JOB, job, {"spec": {"suspend": False}})
    await ns.start(job)
    running_now = await ns.becomes("Running")
    assert reason_of(running_now, "Reconciling") == "Solving"
