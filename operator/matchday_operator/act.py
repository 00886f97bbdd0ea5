"""Carries out what was decided; each action may be carried out again without harm."""

from collections.abc import Callable
from typing import assert_never

from matchday_operator.api import Api
from matchday_operator.config import SolverPod
from matchday_operator.decide.model import (
    ENDED_DEADLINE,
    Action,
    CreateRun,
    DeleteJob,
    EndJob,
    ForceDeletePod,
    PatchJob,
    PruneRun,
    Resolved,
    RestoreInput,
)
from matchday_operator.errors import Conflict, NameTaken
from matchday_operator.inputs.resolver import Resolver
from matchday_operator.kinds import (
    CONFIG_MAP,
    JOB,
    POD,
    ROLE_BINDING,
    RUN,
    SCHEDULE,
    SERVICE_ACCOUNT,
    Kind,
)
from matchday_operator.manifests.access import role_binding, service_account
from matchday_operator.manifests.job import job
from matchday_operator.manifests.schedule import schedule
from matchday_operator.manifests.snapshot import snapshot
from matchday_operator.manifests.solver_run import annotations, solver_run
from matchday_operator.records import Json, Request
from matchday_operator.store import Store
from matchday_operator.trim import record

ACCESS_SECONDS = 30.0
"""How long the solver's account in a namespace is taken to be still there."""

_OF_A_RUN = (JOB, SCHEDULE, CONFIG_MAP, RUN)
"""The SolverRun last: by it the others are found again, should one not go at once."""


class Actor:
    """Carries out actions through the API server, and tells the store what came of them."""

    def __init__(
        self,
        api: Api,
        store: Store,
        resolver: Resolver,
        solver: SolverPod,
        clock: Callable[[], float],
    ) -> None:
        self._api = api
        self._store = store
        self._resolver = resolver
        self._solver = solver
        self._clock = clock
        self._access: dict[str, float] = {}
        """When the solver's account in a namespace was last seen to."""

    async def perform(self, request: Request, action: Action) -> None:
        """Carry out one action."""
        namespace = request.namespace
        match action:
            case CreateRun():
                await self._create_run(request, action)
            case RestoreInput():
                await self._restore_input(request, action.input)
            case DeleteJob(name, uid):
                await self._api.delete(JOB, namespace, name, uid)
            case EndJob(name, uid):
                await self._patch_job(namespace, PatchJob(name, uid, deadline=ENDED_DEADLINE))
            case PatchJob():
                await self._patch_job(namespace, action)
            case ForceDeletePod(name, uid):
                await self._remove_pod(namespace, name, uid)
            case PruneRun(name):
                await self._prune(request, name)
            case _:
                assert_never(action)

    async def _create_run(self, request: Request, action: CreateRun) -> None:
        spec, wanted = request.spec, action.input
        packed = await self._resolver.packed(request, wanted)
        if spec is None or (packed is None and not await self._has_snapshot(request, wanted.name)):
            raise Conflict("create", 409, "the input has just changed")
        await self._ensure_access(request.namespace)
        made = solver_run(request, wanted.name, wanted.digest, wanted.sources)
        if packed is not None:
            await self._ensure(request, CONFIG_MAP, snapshot(request, wanted.name, packed))
        is_new = await self._ensure_run(request, made)
        await self._ensure(request, SCHEDULE, schedule(request, wanted.name, wanted.digest))
        manifest = job(request, spec, wanted.name, action.deadline, self._solver)
        self._keep(JOB, await self._ensure(request, JOB, manifest))
        if not is_new:
            await self._note_run(request, wanted)

    async def _restore_input(self, request: Request, wanted: Resolved) -> None:
        """Make what a pod mounts and runs as, should it have been deleted."""
        self.forget_namespace(request.namespace)
        await self._ensure_access(request.namespace)
        packed = await self._resolver.packed(request, wanted)
        if packed is not None:
            await self._ensure(request, CONFIG_MAP, snapshot(request, wanted.name, packed))

    async def _has_snapshot(self, request: Request, name: str) -> bool:
        """Whether an input whose sources are gone by now was kept for an earlier Job."""
        if not request.has_sources:
            return False
        found = await self._api.get_metadata(CONFIG_MAP, request.namespace, name)
        return found is not None and _is_owned(found["metadata"], request)

    async def _ensure_run(self, request: Request, manifest: Json) -> bool:
        """Make a SolverRun; one of an earlier Job of this input stays, with its progress.

        Whether it is new.
        """
        made = await self._ensure(request, RUN, manifest)
        self._keep(RUN, made)
        return made is not None

    async def _note_run(self, request: Request, wanted: Resolved) -> None:
        """Note at a SolverRun what its latest Job was made for, now that this Job is there."""
        change = {"metadata": {"annotations": annotations(request, wanted.sources)}}
        self._keep(RUN, await self._api.patch(RUN, request.namespace, wanted.name, change))

    def _keep(self, kind: Kind, body: Json | None) -> None:
        """Tell the store of an object that was made or changed, if it was."""
        if body is not None:
            self._store.put(kind, record(kind, body))

    async def _ensure(self, request: Request, kind: Kind, manifest: Json) -> Json | None:
        """Make an object; None where the request has it already.

        Raises NameTaken where the name is in use by anything else, which is never adopted.
        """
        try:
            return await self._api.create(kind, manifest)
        except Conflict:
            name = manifest["metadata"]["name"]
            found = await self._api.get_metadata(kind, request.namespace, name)
            if found is None or found["metadata"].get("deletionTimestamp"):
                raise
            if not _is_owned(found["metadata"], request):
                what = f"{kind.name} {name} is not of this request"
                raise NameTaken("create", 409, f"{what}; delete it or rename the request") from None
            return None

    async def _ensure_access(self, namespace: str) -> None:
        """The solver's account and its one right, once in a while for each namespace."""
        seen = self._access.get(namespace)
        if seen is not None and self._clock() - seen < ACCESS_SECONDS:
            return
        for kind, manifest in (
            (SERVICE_ACCOUNT, service_account(namespace)),
            (ROLE_BINDING, role_binding(namespace, self._solver.cluster_role)),
        ):
            found = await self._api.get(kind, namespace, manifest["metadata"]["name"])
            if found is None:
                await self._create_shared(kind, manifest)
            elif found.get("roleRef") != manifest.get("roleRef"):
                raise NameTaken("create", 409, _other_role(found))
        self._access[namespace] = self._clock()

    async def _create_shared(self, kind: Kind, manifest: Json) -> None:
        try:
            await self._api.create(kind, manifest)
        except Conflict:
            return  # another request of the namespace was quicker

    async def _patch_job(self, namespace: str, change: PatchJob) -> None:
        fields = {
            "suspend": change.suspend,
            "activeDeadlineSeconds": change.deadline,
            "ttlSecondsAfterFinished": change.ttl,
        }
        spec = {name: value for name, value in fields.items() if value is not None}
        body = {"metadata": {"uid": change.uid}, "spec": spec}
        self._keep(JOB, await self._api.patch(JOB, namespace, change.name, body))

    async def _remove_pod(self, namespace: str, name: str, uid: str) -> None:
        """Remove a pod whose node cannot confirm its end.

        With a pod failure policy the Job controller keeps its finalizer on a pod until the pod is
        in phase Failed, which on a lost node nobody would report.
        """
        failed = {"phase": "Failed", "reason": "NodeLost", "message": "The node does not answer"}
        body = {"metadata": {"uid": uid}, "status": failed}
        await self._api.patch(POD, namespace, name, body, "status")
        await self._api.delete(POD, namespace, name, uid, grace=0)

    async def _prune(self, request: Request, name: str) -> None:
        for kind in _OF_A_RUN:
            found = await self._api.get_metadata(kind, request.namespace, name)
            if found is not None and _is_owned(found["metadata"], request):
                await self._api.delete(kind, request.namespace, name, found["metadata"]["uid"])
        self._store.drop(RUN, (request.namespace, name))

    def forget_namespace(self, namespace: str) -> None:
        """Look after the solver's account there again before the next Job."""
        self._access.pop(namespace, None)


def _other_role(binding: Json) -> str:
    """An earlier installation of another name may have left it; a role cannot be exchanged."""
    name, role = binding["metadata"]["name"], binding["roleRef"]["name"]
    return f"RoleBinding {name} grants the role {role} of another installation; delete it"


def _is_owned(metadata: Json, request: Request) -> bool:
    owners = metadata.get("ownerReferences") or ()
    return any(each.get("controller") and each.get("uid") == request.uid for each in owners)
