"""The SolverRun, in which the solver tells its progress."""

from matchday_operator.kinds import RUN
from matchday_operator.manifests.common import metadata
from matchday_operator.records import RUN_HASH, SOURCES, SPEC_HASH, Json, Request


def solver_run(request: Request, name: str, digest: str, sources: str) -> Json:
    """A SolverRun without a status."""
    return {
        "apiVersion": RUN.api_version,
        "kind": RUN.name,
        "metadata": metadata(request, name) | {"annotations": annotations(request, sources)},
        "spec": {
            "requestRef": {"name": request.name},
            "inputDigest": digest,
            "jobRef": {"name": name},
        },
    }


def annotations(request: Request, sources: str) -> dict[str, str]:
    """Of which state of the request the run is, so that a restarted operator need not ask."""
    return {SPEC_HASH: request.spec_hash, SOURCES: sources, RUN_HASH: request.run_hash}
