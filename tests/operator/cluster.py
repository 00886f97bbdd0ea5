"""What the tests do in a control plane: as user, as scheduler, as kubelet and as solver."""

import asyncio
import json
import ssl
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp

from matchday_api.schedule import ScheduleFile
from matchday_operator.kinds import CONFIG_MAP, JOB, POD, REQUEST, RUN, SCHEDULE, Kind
from tests.operator.builders import LEAGUE
from tests.operator.control_plane import TOKEN, ControlPlane
from tests.operator.schedules import status as schedule_status

Json = dict[str, Any]
SECONDS = 60.0
"""How long a test waits for what is to come; far more than it takes on an idle machine."""

Found = TypeVar("Found")

_MERGE = "application/merge-patch+json"


class Cluster:
    """The API server, as an administrator."""

    def __init__(self, plane: ControlPlane) -> None:
        context = ssl.create_default_context(cafile=str(plane.ca))
        self._session = aiohttp.ClientSession(
            plane.url,
            connector=aiohttp.TCPConnector(ssl=context),
            headers={"Authorization": f"Bearer {TOKEN}"},
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def call(
        self, method: str, path: str, body: Any = None, content: str = "application/json"
    ) -> Json:
        """One request; {} where the object or its kind is not there (yet), else fails on errors."""
        async with self._session.request(
            method,
            path,
            data=None if body is None else json.dumps(body),
            headers={"Content-Type": content},
        ) as answer:
            text = await answer.text()
            assert answer.status < 300 or answer.status in (404, 429), text
            return dict(json.loads(text)) if answer.status < 300 else {}

    async def namespace(self) -> "Namespace":
        """A fresh namespace."""
        name = f"t-{uuid.uuid4().hex[:8]}"
        await self.call("POST", "/api/v1/namespaces", {"metadata": {"name": name}})
        return Namespace(self, name)


@dataclass(frozen=True)
class Namespace:
    """One namespace of the cluster."""

    cluster: Cluster
    name: str

    async def create(self, kind: Kind, name: str, rest: Json, **meta: Any) -> Json:
        """Make an object."""
        body = {
            "apiVersion": kind.api_version,
            "kind": kind.name,
            "metadata": {"name": name, **meta},
            **rest,
        }
        return await self.cluster.call("POST", kind.path(self.name), body)

    async def get(self, kind: Kind, name: str) -> Json:
        """An object, or {}."""
        return await self.cluster.call("GET", kind.path(self.name, name))

    async def list(self, kind: Kind) -> list[Json]:
        """All objects of a kind."""
        return list((await self.cluster.call("GET", kind.path(self.name)))["items"])

    async def patch(self, kind: Kind, name: str, change: Json, sub: str = "") -> Json:
        """Merge a change into an object or its subresource."""
        return await self.cluster.call("PATCH", kind.path(self.name, name, sub), change, _MERGE)

    async def delete(self, kind: Kind, name: str, **options: Any) -> None:
        """Delete an object."""
        await self.cluster.call("DELETE", kind.path(self.name, name), options)

    # ---- as a user -----------------------------------------------------------------------------

    async def submit(self, name: str = "winter", spec: Json | None = None, **meta: Any) -> Json:
        """Make a request for the small league."""
        return await self.create(
            REQUEST, name, {"spec": {"league": LEAGUE, **(spec or {})}}, **meta
        )

    async def status(self, name: str = "winter") -> Json:
        """A request's status."""
        return dict((await self.get(REQUEST, name)).get("status") or {})

    async def becomes(self, phase: str, name: str = "winter", reason: str = "") -> Json:
        """Wait until a request is in a phase, for a reason; gives its status."""

        async def probe() -> Json | None:
            found = await self.status(name)
            right = found.get("phase") == phase and (not reason or reason_of(found) == reason)
            return found if right else None

        async def state() -> object:
            return await self.status(name)

        return await eventually(probe, f"{name} is {phase} {reason}", state)

    async def job_of(self, name: str = "winter", other_than: str = "") -> Json:
        """Wait for the Job of a request."""

        async def probe() -> Json | None:
            found = (await self.status(name)).get("jobRef", {}).get("name", other_than)
            return await self.get(JOB, found) if found != other_than else None

        async def state() -> object:
            return {"status": await self.status(name), "jobs": await self.list(JOB)}

        return await eventually(probe, f"{name} has a Job", state)

    # ---- as scheduler, kubelet and solver ------------------------------------------------------

    async def pod_of(self, job: str) -> str:
        """Wait for a pod of a Job that has not ended; gives its name."""

        async def probe() -> str | None:
            for pod in await self.list(POD):
                live = pod["status"].get("phase") in (None, "Pending", "Running")
                owner = pod["metadata"].get("labels", {}).get("matchday.dev/job")
                if owner == job and live and "deletionTimestamp" not in pod["metadata"]:
                    return str(pod["metadata"]["name"])
            return None

        return await eventually(probe, f"{job} has a pod")

    async def container(self, pod: str, phase: str, state: Json, **status: Any) -> None:
        """Report a container's state."""
        statuses = [
            {
                "name": "solver",
                "state": state,
                "image": "solver",
                "imageID": "",
                "ready": False,
                "restartCount": 0,
            }
        ]
        change = {"status": {"phase": phase, "containerStatuses": statuses, **status}}
        await self.patch(POD, pod, change, "status")

    async def start(self, job: str) -> str:
        """Have the Job's pod run; gives its name."""
        pod = await self.pod_of(job)
        await self.container(pod, "Running", {"running": {"startedAt": "2026-01-05T12:00:00Z"}})
        return pod

    async def end(self, pod: str, code: int, reason: str = "", message: str = "") -> None:
        """Have a pod's solver end."""
        ended = {
            "exitCode": code,
            "reason": reason or ("Completed" if code == 0 else "Error"),
            "message": message,
            "startedAt": "2026-01-05T12:00:00Z",
            "finishedAt": "2026-01-05T12:01:00Z",
        }
        await self.container(pod, "Failed" if code else "Succeeded", {"terminated": ended})

    async def progress(self, run: str, placed: int, elapsed: float = 1.0) -> None:
        """Report progress as the solver does."""
        told = {
            "writer": "pod-uid",
            "percent": placed * 10,
            "gamesPlaced": placed,
            "gamesTotal": 3,
            "elapsedSeconds": elapsed,
            "message": f"Placing games: {placed} of 3",
        }
        await self.patch(RUN, run, {"status": told}, "status")

    async def save(self, run: str, schedule: ScheduleFile, final: bool = True) -> None:
        """Save a schedule as the solver does."""
        await self.progress(run, len(schedule.games))
        await self.patch(SCHEDULE, run, {"status": schedule_status(schedule, final)}, "status")

    async def league(self, name: str, text: str, key: str = "league.yaml") -> None:
        """Make a ConfigMap with a league."""
        await self.create(CONFIG_MAP, name, {"data": {key: text}})


def reason_of(status: Json, kind: str = "") -> str:
    """The reason of a condition; of any that is true where no type is given."""
    return next(
        (
            str(each["reason"])
            for each in status.get("conditions", ())
            if (each["type"] == kind if kind else each["status"] == "True")
        ),
        "",
    )


def message_of(status: Json, kind: str) -> str:
    """The message of a condition."""
    found = [each["message"] for each in status["conditions"] if each["type"] == kind]
    return str(found[0])


async def eventually(
    probe: Callable[[], Awaitable[Found | None]],
    what: str,
    state: Callable[[], Awaitable[object]] | None = None,
) -> Found:
    """What a probe gives once it gives something; fails with what was waited for."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + SECONDS
    while not (found := await probe()):
        if loop.time() > deadline:
            seen = await state() if state else ""
            raise AssertionError(f"not within {SECONDS:.0f} s: {what}; instead {seen}")
        await asyncio.sleep(0.05)
    return found
