"""The cluster in Docker or Podman, by kind."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devcluster import binaries, record
from devcluster.output import DevclusterError, progress
from devcluster.processes import boot_id
from devcluster.record import Record
from devcluster.settings import Settings
from devcluster.shell import Command, attempt, run, succeeds

NAME = "matchday"
NODE = f"{NAME}-control-plane"
_ENGINES = ("docker", "podman")


def engine() -> str | None:
    """The container engine of this machine that answers, if any."""
    for name in _ENGINES:
        if shutil.which(name) and succeeds([name, "info"], timeout=20):
            return name
    return None


@dataclass(frozen=True)
class Kind:
    """A cluster made by kind."""

    settings: Settings
    engine: str

    def _kind(self, *arguments: str | Path) -> Command:
        return [binaries.client(self.settings, "kind"), *arguments, "--name", NAME]

    def _env(self) -> dict[str, str]:
        return {"KIND_EXPERIMENTAL_PROVIDER": self.engine}

    def _exists(self) -> bool:
        kind = binaries.client(self.settings, "kind")
        listed = attempt([kind, "get", "clusters"], env=self._env()).stdout
        return NAME in listed.split()

    def up(self) -> None:
        """Make the cluster, or reuse the healthy one."""
        if self._exists():
            if self.healthy():
                progress("the kind cluster is up and healthy: reusing it")
                return
            progress("replacing the kind cluster, which does not answer")
            self._delete()
        progress("making a cluster by kind (1 to 3 minutes; its node image is pulled once)")
        create = self._kind("create", "cluster", "--wait", "180s")
        run([*create, "--kubeconfig", self.settings.kubeconfig], env=self._env())
        self._write_record()

    def _write_record(self) -> None:
        here = str(self.settings.checkout)
        record.save(self.settings.state, Record("kind", here, boot_id(), complete=True))

    def _delete(self) -> None:
        delete = self._kind("delete", "cluster")
        run([*delete, "--kubeconfig", self.settings.kubeconfig], env=self._env())

    def down(self) -> None:
        """Delete the cluster and what is known of it."""
        self._delete()
        shutil.rmtree(self.settings.state, ignore_errors=True)

    def healthy(self) -> bool:
        """Whether the API server answers."""
        kubectl = binaries.client(self.settings, "kubectl")
        ask: Command = [
            kubectl,
            "--kubeconfig",
            self.settings.kubeconfig,
            "get",
            "--raw",
            "/readyz",
        ]
        return succeeds(ask, timeout=15)

    def status(self) -> list[str]:
        """The condition of the cluster as lines for people."""
        if not self._exists():
            return ["absent: there is no kind cluster"]
        return ["running: the kind cluster answers" if self.healthy() else "broken: no answer"]

    def kubeconfig(self) -> Path:
        """The administrator's kubeconfig."""
        return self.settings.kubeconfig

    def programs(self) -> Path:
        """The folder with kubectl and helm."""
        return binaries.link_clients(self.settings)

    def load(self, archives: Sequence[Path]) -> None:
        """Import image archives into the node."""
        for archive in archives:
            progress(f"importing {archive.name} into the kind node")
            run(self._kind("load", "image-archive", archive), env=self._env())

    def _inside(self, *command: str) -> str:
        """Run a command in the node's container."""
        return run([self.engine, "exec", NODE, *command])

    def image_names(self) -> set[str]:
        """The full names of the node's images."""
        listed = json.loads(self._inside("crictl", "images", "--output", "json"))
        return {name for image in listed["images"] for name in image["repoTags"]}

    def remove_image(self, image: str) -> None:
        """Take an image from the node; containers that run it go on."""
        self._inside("crictl", "rmi", image)

    def stop_kubelet(self) -> None:
        """Let the node go silent, as if its machine were lost; its pods run on."""
        self._inside("systemctl", "stop", "kubelet")

    def start_kubelet(self) -> None:
        """Bring the node back and wait until it is ready."""
        self._inside("systemctl", "start", "kubelet")
        program = binaries.client(self.settings, "kubectl")
        kubectl: Command = [program, "--kubeconfig", self.kubeconfig()]
        run([*kubectl, "wait", "--for=condition=Ready", f"node/{NODE}", "--timeout=90s"])


def require_engine() -> str:
    """The container engine; raise DevclusterError where none answers."""
    found = engine()
    if found is None:
        raise DevclusterError("kind needs Docker or Podman, and neither answers here")
    return found
