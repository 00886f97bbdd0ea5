"""Whether an operator has taken notice of a request, or of a change that makes no generation."""

import time
from collections.abc import Callable

from matchday_cli.cluster import reading
from matchday_cli.cluster.api import Cluster, Json
from matchday_cli.cluster.follow import Follower
from matchday_cli.errors import CliError

TAKEN_SECONDS = 20.0
"""How long the operator may take to begin."""
LOOK = "look at `kubectl get pods -A -l app.kubernetes.io/name=matchday`"


def comes_true(
    cluster: Cluster, name: str, test: Callable[[Json], bool], seconds: float | None = None
) -> bool:
    """Whether a request's state passes the test within some seconds, at most `TAKEN_SECONDS`."""
    within = TAKEN_SECONDS if seconds is None else min(seconds, TAKEN_SECONDS)
    follower = Follower(cluster, name, deadline=time.monotonic() + within)
    return any(test(state) for state in follower.states())


def wait_until_solved_anew(cluster: Cluster, name: str, before: Json) -> None:
    """Wait until a request's status is of another input than `before`. Raises CliError.

    The annotation changes no generation, so until then the old end would pass for the new one.
    A request whose input was invalid may be so still, with nothing to tell it by.
    """
    digest = reading.status(before).get("inputDigest")
    if digest is None and reading.end_of(before) is None:
        return
    taken = comes_true(cluster, name, lambda r: reading.status(r).get("inputDigest") != digest)
    if digest is not None and not taken:
        raise CliError(
            f"the operator has not reacted within {TAKEN_SECONDS:.0f} s, but will once it runs: "
            f"{LOOK}"
        )
