"""The operator against a real API server and real controllers, from submit to the end."""

import json

import pytest

from matchday_operator.kinds import CONFIG_MAP, JOB, POD, REQUEST, RUN, SCHEDULE
from tests.operator.builders import LEAGUE
from tests.operator.cluster import Namespace, eventually, message_of, reason_of
from tests.operator.schedules import schedule

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="session")]

SMALL = {"timeLimitSeconds": 30}


async def test_submit_makes_one_job_with_its_objects(ns: Namespace) -> None:
    await ns.submit()
    name = (await ns.job_of())["metadata"]["name"]
    for kind in (CONFIG_MAP, RUN, SCHEDULE, JOB):
        assert (await ns.get(kind, name))["metadata"]["labels"]["matchday.dev/job"] == name
    assert len(await ns.list(JOB)) == 1


async def test_progress_reaches_the_request(ns: Namespace) -> None:
    await ns.submit()
    job = (await ns.job_of())["metadata"]["name"]
    await ns.start(job)
    await ns.becomes("Running")
    await ns.progress(job, 2)

    async def told() -> bool:
        return bool((await ns.status()).get("progress", {}).get("gamesPlaced") == 2)

    assert await eventually(told, "two games are placed")


async def test_a_final_schedule_completes_the_request_and_lets_the_job_expire(
    ns: Namespace,
) -> None:
    await ns.submit(spec={"ttlSecondsAfterFinished": 1234})
    job = (await ns.job_of())["metadata"]["name"]
    pod = await ns.start(job)
    await ns.save(job, schedule((await ns.status())["inputDigest"]))
    await ns.end(pod, 0)
    done = await ns.becomes("Succeeded")
    assert (done["result"]["games"], done["result"]["quality"]) == (3, "Optimal")
    assert done["result"]["name"] == job

    async def expiring() -> bool:
        spec = (await ns.get(JOB, job))["spec"]
        return bool(spec.get("ttlSecondsAfterFinished") == 1234)

    assert await eventually(expiring, "the Job expires")


async def finish(ns: Namespace, name: str = "winter", other_than: str = "") -> str:
    """Solve a request's small league; gives the Job's name."""
    job: str = (await ns.job_of(name, other_than))["metadata"]["name"]
    pod = await ns.start(job)
    await ns.save(job, schedule((await ns.status(name))["inputDigest"]))
    await ns.end(pod, 0)
    await ns.becomes("Succeeded", name)
    return job


async def test_a_finished_request_stays_finished_without_its_job(ns: Namespace) -> None:
    await ns.submit()
    job = await finish(ns)
    await ns.delete(JOB, job, propagationPolicy="Background")
    await ns.patch(REQUEST, "winter", {"metadata": {"labels": {"touched": "yes"}}})
    await ns.patch(REQUEST, "winter", {"spec": {"historyLimit": 2}})

    async def observed() -> bool:
        return bool((await ns.status())["observedGeneration"] == 2)

    await eventually(observed, "the second generation is observed")
    assert (await ns.status())["phase"] == "Succeeded"
    assert await ns.list(JOB) == []


async def test_a_changed_league_replaces_the_running_job(ns: Namespace) -> None:
    await ns.submit()
    first = (await ns.job_of())["metadata"]["name"]
    await ns.start(first)
    changed = {**LEAGUE, "gameMinutes": 55}
    await ns.patch(REQUEST, "winter", {"spec": {"league": changed}})
    second = (await ns.job_of(other_than=first))["metadata"]["name"]

    async def replaced() -> bool:
        return [each["metadata"]["name"] for each in await ns.list(JOB)] == [second]

    assert await eventually(replaced, "only the second Job is left")


async def test_regenerate_solves_again_and_history_is_pruned(ns: Namespace) -> None:
    await ns.submit(spec={"historyLimit": 1})
    first = await finish(ns)
    token = {"metadata": {"annotations": {"matchday.dev/regenerate": "2"}}}
    await ns.patch(REQUEST, "winter", token)
    second = await finish(ns, other_than=first)

    async def pruned() -> bool:
        kept = [each["metadata"]["name"] for each in await ns.list(SCHEDULE)]
        return kept == [second] and not await ns.get(CONFIG_MAP, first)

    assert await eventually(pruned, "the first result is pruned")


async def test_suspend_holds_the_job_and_resume_goes_on_with_the_time_left(ns: Namespace) -> None:
    await ns.submit(spec={"solver": {"timeLimitSeconds": 1000}})
    job = (await ns.job_of())["metadata"]["name"]
    await ns.start(job)
    await ns.progress(job, 2, elapsed=400.0)
    await ns.becomes("Running")
    await ns.patch(REQUEST, "winter", {"spec": {"suspend": True}})
    held = await ns.becomes("Suspended")
    assert "600 s" in message_of(held, "Suspended")
    await ns.patch(REQUEST, "winter", {"spec": {"suspend": False}})
    await ns.start(job)
    await ns.becomes("Running")

    async def deadline() -> bool:
        spec = (await ns.get(JOB, job))["spec"]
        return 690 <= spec["activeDeadlineSeconds"] <= 790 and not spec["suspend"]

    assert await eventually(deadline, "the deadline leaves the 600 s that remain")


async def test_everything_goes_with_the_request(ns: Namespace) -> None:
    await ns.submit()
    await ns.start((await ns.job_of())["metadata"]["name"])
    await ns.delete(REQUEST, "winter")

    async def gone() -> bool:
        left = [each for kind in (JOB, POD, RUN, SCHEDULE) for each in await ns.list(kind)]
        maps = [each["metadata"]["name"] for each in await ns.list(CONFIG_MAP)]
        return not left and maps == ["kube-root-ca.crt"]

    assert await eventually(gone, "nothing is left")


async def test_a_request_made_again_at_once_gets_a_job_of_its_own(ns: Namespace) -> None:
    await ns.submit()
    first = (await ns.job_of())["metadata"]["name"]
    await ns.delete(REQUEST, "winter")
    await ns.submit()
    assert (await ns.job_of(other_than=first))["metadata"]["name"] != first


async def test_no_request_gets_a_finalizer_or_an_annotation(ns: Namespace) -> None:
    await ns.submit()
    await finish(ns)
    meta = (await ns.get(REQUEST, "winter"))["metadata"]
    assert "finalizers" not in meta
    assert "annotations" not in meta


async def test_faults_beyond_the_crd_are_told_in_the_status(ns: Namespace) -> None:
    teams = [*LEAGUE["teams"], {"name": "D", "division": "U99"}]
    await ns.submit(spec={"league": {**LEAGUE, "teams": teams}})
    failed = await ns.becomes("Failed", reason="InvalidLeague")
    assert "teams[3].division" in message_of(failed, "Failed")
    assert reason_of(failed, "Stalled") == "InvalidLeague"
    assert await ns.list(JOB) == []


async def test_a_league_may_come_after_its_request_and_change(ns: Namespace) -> None:
    source = {"configMapKeyRef": {"name": "late", "key": "league.yaml"}}
    await ns.create(REQUEST, "winter", {"spec": {"leagueFrom": source}})
    waiting = await ns.becomes("Pending", reason="InputNotFound")
    assert "ConfigMap late" in message_of(waiting, "Ready")
    await ns.league("late", json.dumps(LEAGUE))
    first = await finish(ns)
    changed = json.dumps({**LEAGUE, "gameMinutes": 55})
    await ns.patch(CONFIG_MAP, "late", {"data": {"league.yaml": changed}})
    assert (await ns.job_of(other_than=first))["metadata"]["name"] != first


async def test_a_repair_reads_the_earlier_schedule(ns: Namespace) -> None:
    await ns.submit("first")
    earlier = await finish(ns, "first")
    changes = {"from": {"scheduleRef": {"name": earlier}}}
    await ns.submit("second", {"changes": changes})
    job = (await ns.job_of("second"))["metadata"]["name"]
    assert (await ns.get(RUN, job))["spec"]["inputDigest"] != (await ns.get(RUN, earlier))["spec"][
        "inputDigest"
    ]


async def test_two_namespaces_do_not_meet(ns: Namespace) -> None:
    other = await ns.cluster.namespace()
    await ns.submit()
    await other.submit()
    names = {(await each.job_of())["metadata"]["name"] for each in (ns, other)}
    assert len(names) == 2
