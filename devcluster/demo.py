"""From nothing to a schedule: ``python -m devcluster.demo``.

Every command that a user could type is shown before it runs.
"""

import shlex
import shutil
import subprocess
import sys

from devcluster import release
from devcluster.output import DevclusterError, progress
from devcluster.release import Installed
from devcluster.shell import run

NAMESPACE = "leagues"
REQUEST = "winter-2026"
EXAMPLE = "examples/winter-2026.yaml"
OUTPUT = "out/winter-2026"
NEXT = f"""
Try next:
  {{export}}
  kubectl get sreq,sched -n {NAMESPACE}
  kubectl annotate sreq/{REQUEST} -n {NAMESPACE} matchday.dev/regenerate="$(date +%s)"
  matchday watch {REQUEST} -n {NAMESPACE}
The cluster stays up; `make cluster-down` removes every trace of it."""


def _show(cluster: Installed, *command: str) -> None:
    """Print a command and run it with the user's eyes on it.

    Raises DevclusterError where it fails.
    """
    print(f"\n$ {shlex.join(command)}", flush=True)
    env = cluster.environment()
    program = shutil.which(command[0], path=env["PATH"]) or command[0]
    folder = cluster.settings.checkout
    done = subprocess.run([program, *command[1:]], cwd=folder, env=env, check=False)
    if done.returncode:
        raise DevclusterError(f"the command above ended with exit code {done.returncode}")


def _have_namespace(cluster: Installed) -> None:
    """Make the namespace unless it is there, with the strictest Pod Security."""
    manifest = (
        "{apiVersion: v1, kind: Namespace, metadata: {name: "
        f"{NAMESPACE}, labels: {{pod-security.kubernetes.io/enforce: restricted}}}}}}"
    )
    run(
        [cluster.kubectl, "apply", "--server-side", "-f", "-"],
        env=cluster.environment(),
        stdin=manifest,
    )


def demonstrate(cluster: Installed) -> None:
    """Apply the league, follow it until it has a schedule, and fetch the schedule."""
    _have_namespace(cluster)
    namespace = ("-n", NAMESPACE)
    _show(cluster, "kubectl", "apply", "--server-side", *namespace, "-f", EXAMPLE)
    _show(cluster, "matchday", "watch", REQUEST, *namespace)
    _show(cluster, "kubectl", "get", "sreq,sched", *namespace)
    _show(cluster, "matchday", "result", REQUEST, *namespace, "-o", OUTPUT)
    _show(cluster, "matchday", "check", EXAMPLE, f"{OUTPUT}/schedule.json")
    print(f"\nThe schedule: {OUTPUT}/report.html to look at, schedule.csv, and a calendar a team.")
    print(NEXT.format(export=cluster.export()))


def main() -> int:
    """Run the demo; returns the exit code."""
    progress("a demo on a real cluster; the first time takes about 12 minutes, later ones one")
    return release.concluded(lambda settings: demonstrate(release.ensure(settings)))


if __name__ == "__main__":
    sys.exit(main())
