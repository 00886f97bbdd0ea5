"""Small changes to a request: `suspend`, `resume`, `regenerate`."""

import time
from argparse import Namespace
from datetime import UTC, datetime

from matchday_api.request import REGENERATE_ANNOTATION
from matchday_api.status import ExitCode
from matchday_cli.cluster import reading
from matchday_cli.cluster.api import Cluster
from matchday_cli.cluster.connect import connect
from matchday_cli.cluster.follow import Follower
from matchday_cli.cluster.hints import command_line
from matchday_cli.cluster.watching import watch_to_end
from matchday_cli.errors import CliError

TAKEN_SECONDS = 20.0
"""How long the operator may take to begin anew."""


def set_suspend(options: Namespace, *, suspend: bool) -> int:
    """Hold a request or let it go on; the exit code."""
    connect(options).change(options.name, {"spec": {"suspend": suspend}})
    done = "suspended" if suspend else "resumed"
    print(f"schedulerequest.matchday.dev/{options.name} {done}")
    if not suspend:
        print(f"  {command_line(options, 'watch', options.name)}")
    return ExitCode.DONE


def regenerate(options: Namespace) -> int:
    """Ask for a fresh solve, see that it begins, and watch it where asked; the exit code."""
    cluster = connect(options)
    token = datetime.now(UTC).isoformat()
    annotations = {"annotations": {REGENERATE_ANNOTATION: token}}
    changed = cluster.change(options.name, {"metadata": annotations})
    _wait_until_taken(cluster, options.name, reading.status(changed).get("inputDigest"))
    print(f"schedulerequest.matchday.dev/{options.name} is solved anew")
    if options.wait:
        return watch_to_end(cluster, options.name, options)
    print(f"  {command_line(options, 'watch', options.name)}")
    return ExitCode.DONE


def _wait_until_taken(cluster: Cluster, name: str, digest: object) -> None:
    """Wait until the status is of another input than before.

    The annotation changes no generation, so until then the old end would pass for the new one.
    A request that never had a valid input has no old end of a solve.
    """
    if digest is None:
        return
    follower = Follower(cluster, name, deadline=time.monotonic() + TAKEN_SECONDS)
    if not any(reading.status(state).get("inputDigest") != digest for state in follower.states()):
        raise CliError(
            f"the operator has not reacted within {TAKEN_SECONDS:.0f} s, but will once it runs: "
            "look at `kubectl get pods -A -l app.kubernetes.io/name=matchday`"
        )
