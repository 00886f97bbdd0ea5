"""The operator against a real API server where room, quotas and limits do not suffice."""

import pytest

from matchday_operator.kinds import (
    POD,
    Kind,
)
from tests.operator.cluster import Namespace, eventually, message_of

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="session")]
QUOTA = Kind("", "v1", "resourcequotas", "ResourceQuota")
LIMITS = Kind("", "v1", "limitranges", "LimitRange")


async def test_a_pod_without_room_is_told_as_queued(ns: Namespace) -> None:
    await ns.submit()
    pod = await ns.pod_of((await ns.job_of())["metadata"]["name"])
    condition = {"type": "PodScheduled", "status": "False", "message": "0/1 nodes have room"}
    await ns.patch(POD, pod, {"status": {"conditions": [condition]}}, "status")
    queued = await ns.becomes("Queued")
    assert "0/1 nodes have room" in message_of(queued, "Ready")


async def test_a_quota_on_jobs_is_told_and_waited_out(ns: Namespace) -> None:
    await ns.create(QUOTA, "small", {"spec": {"hard": {"count/jobs.batch": "0"}}})

    async def counted() -> bool:
        return "hard" in (await ns.get(QUOTA, "small")).get("status", {})

    await eventually(counted, "the quota is in force")
    await ns.submit()
    waiting = await ns.becomes("Pending", reason="QuotaExceeded")
    assert "exceeded quota: small" in message_of(waiting, "Ready")


async def test_a_quota_on_pods_is_told_from_the_jobs_events(ns: Namespace) -> None:
    await ns.create(QUOTA, "small", {"spec": {"hard": {"limits.memory": "1Gi"}}})

    async def counted() -> bool:
        return "hard" in (await ns.get(QUOTA, "small")).get("status", {})

    await eventually(counted, "the quota is in force")
    await ns.submit()
    queued = await ns.becomes("Queued", reason="QuotaExceeded")
    assert "exceeded quota: small" in message_of(queued, "Ready")


async def test_a_limit_range_is_told_and_ends_the_request_in_time(ns: Namespace) -> None:
    limit = {"type": "Container", "max": {"memory": "1Gi"}}
    await ns.create(LIMITS, "small", {"spec": {"limits": [limit]}})
    await ns.submit(spec={"solver": {"startTimeoutSeconds": 8}})
    failed = await ns.becomes("Failed", reason="QuotaExceeded")
    assert "maximum memory usage" in message_of(failed, "Failed")
