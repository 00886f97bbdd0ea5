"""The chart on the cluster: ``python -m devcluster.release`` brings all of it up.

A second call finds the images built and the release in place, and takes seconds.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from devcluster import backends, images, lock
from devcluster.backends import Backend
from devcluster.output import DevclusterError, progress
from devcluster.settings import Settings, from_environment
from devcluster.shell import run

NAMESPACE = "matchday-system"
"""Where the operator runs."""
RELEASE = "matchday"


@dataclass(frozen=True)
class Installed:
    """A cluster with the operator on it, and the programs to talk to it."""

    kubeconfig: Path
    kubectl: Path
    helm: Path
    settings: Settings

    def environment(self) -> dict[str, str]:
        """The environment in which kubectl, helm and matchday use this cluster."""
        path = os.pathsep.join((*self.folders(), os.environ.get("PATH", "")))
        return {**os.environ, "KUBECONFIG": str(self.kubeconfig), "PATH": path}

    def folders(self) -> tuple[str, str]:
        """The folders of kubectl and helm, and of matchday, for PATH."""
        return str(self.kubectl.parent), str(self.settings.checkout / ".venv/bin")

    def export(self) -> str:
        """The shell command after which kubectl, helm and matchday use this cluster."""
        return f"export KUBECONFIG={self.kubeconfig} PATH={':'.join(self.folders())}:$PATH"


def installed() -> Installed:
    """The cluster as `ensure` left it.

    Raises DevclusterError where there is none.
    """
    settings = from_environment(os.environ, root=os.geteuid() == 0)
    backend = backends.current(settings)
    if not backend.healthy():
        raise DevclusterError("there is no healthy cluster; run `make cluster-up` first")
    return _describe(backend)


def _describe(backend: Backend) -> Installed:
    programs = backend.programs()
    return Installed(
        backend.kubeconfig(), programs / "kubectl", programs / "helm", backend.settings
    )


def ensure(settings: Settings) -> Installed:
    """Have a healthy cluster with this checkout's operator installed and ready."""
    with lock.held(settings.lock):
        backend = backends.bring_up(settings)
        made = images.build(backend)
        images.load(backend, made)
        cluster = _describe(backend)
        progress("installing the chart with Helm (a few seconds; up to a minute the first time)")
        run(_helm_upgrade(cluster, made), env=cluster.environment())
        return cluster


def install(settings: Settings) -> None:
    """The same, and how to use it."""
    progress(f"the operator is ready; to use the cluster: {ensure(settings).export()}")


def _helm_upgrade(cluster: Installed, made: Sequence[images.Image]) -> list[str | Path]:
    """The Helm command.

    The cluster has no DNS of its own, so pods use the node's. The operator reserves no CPU: a
    request's default of two fits on a node of two only when nothing else reserves any.
    """
    command: list[str | Path] = [cluster.helm, "upgrade", "--install", RELEASE]
    command += [cluster.settings.checkout / "charts/matchday", "--namespace", NAMESPACE]
    command += ["--create-namespace", "--wait", "--timeout", "5m"]
    command += ["--set-string", "operator.resources.requests.cpu=0"]
    for image in made:
        repository, _, tag = image.name.rpartition(":")
        command += ["--set-string", f"{image.target}.image.repository={repository}"]
        command += ["--set-string", f"{image.target}.image.tag={tag}"]
        command += ["--set", f"{image.target}.dnsPolicy=Default"]
    return command


def lint(settings: Settings) -> None:
    """Run `helm lint --strict` on the chart; needs Helm, but no cluster."""
    with lock.held(settings.lock):
        programs = backends.current(settings).programs()
    run([programs / "helm", "lint", "--strict", settings.checkout / "charts/matchday"])


def concluded(act: Callable[[Settings], object]) -> int:
    """Do something with the settings of the environment; returns the exit code.

    A failure is told in one line on standard error.
    """
    try:
        act(from_environment(os.environ, root=os.geteuid() == 0))
    except (DevclusterError, OSError) as error:
        print(f"devcluster: error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("devcluster: interrupted; run the command again to go on", file=sys.stderr)
        return 130
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Install the chart, or lint it; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m devcluster.release", description=__doc__)
    parser.add_argument("--lint", action="store_true", help="only run helm lint on the chart")
    wanted = parser.parse_args(arguments)
    return concluded(lint if wanted.lint else install)


if __name__ == "__main__":
    sys.exit(main())
