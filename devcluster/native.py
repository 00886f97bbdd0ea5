"""The cluster of host processes: Kubernetes built from Go modules, Debian's containerd."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from devcluster import (
    base_images,
    binaries,
    debian,
    network,
    plan,
    processes,
    record,
    startup,
    teardown,
)
from devcluster.output import DevclusterError, progress
from devcluster.plan import Layout
from devcluster.record import Condition, Finding, Record
from devcluster.settings import Settings
from devcluster.shell import attempt, run
from devcluster.startup import Starter

_COMPONENTS = ("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler")
_ALL = {*_COMPONENTS, "containerd", "kubelet"}


def examine(settings: Settings) -> tuple[Record | None, Finding]:
    """The record of the cluster on this machine, and the condition that it is in."""
    known = record.load(settings.state)
    alive = {
        name
        for name, process in (known.processes if known else {}).items()
        if processes.is_running(process, settings.state)
    }
    leftovers = 0 if known else teardown.traces(settings)
    boot = processes.boot_id()
    return known, record.judge(known, alive=alive, expected=_ALL, leftovers=leftovers, boot=boot)


def _starter(settings: Settings, known: Record) -> Starter:
    return Starter(settings, Layout(settings.state, Path(known.programs)), known)


def _answers(starter: Starter) -> bool:
    ready = starter.kubectl_command("get", "--raw", "/readyz", "--request-timeout=10s")
    return attempt(ready, timeout=15).returncode == 0


@dataclass(frozen=True)
class Native:
    """A cluster of host processes; needs root on Linux."""

    settings: Settings

    def up(self) -> None:
        """Start the cluster, or reuse, repair or replace the one that is there."""
        known, finding = examine(self.settings)
        if known and finding.condition in (Condition.RUNNING, Condition.DEGRADED):
            if self._reuse(known, finding):
                return
            finding = Finding(Condition.BROKEN, "it could not be repaired")
        if finding.condition is not Condition.ABSENT:
            progress(f"replacing the earlier cluster: {finding.reason}")
            teardown.remove(self.settings)
        self._create()

    def _reuse(self, known: Record, finding: Finding) -> bool:
        """Use the cluster that is there; False where it does not come to work."""
        starter = _starter(self.settings, known)
        if finding.condition is Condition.RUNNING and _answers(starter):
            self._say_reused(known)
            return True
        progress(f"repairing the cluster: {finding.reason}; its objects are kept")
        try:
            self._start(starter)
        except DevclusterError as error:
            progress(str(error))
            return False
        return True

    def _say_reused(self, known: Record) -> None:
        here = str(self.settings.checkout)
        owner = "" if known.checkout == here else f" It was made by the checkout {known.checkout}."
        same = known.fingerprint == startup.fingerprint(self.settings.state)
        older = "" if same else " Its settings differ from this checkout's; `down`, `up` renew it."
        progress(f"the cluster is up and healthy: reusing it.{owner}{older}")

    def _create(self) -> None:
        teardown.require_alone(self.settings)
        debian.ensure(debian.CLUSTER)
        programs = binaries.control_plane(self.settings)
        base_images.pause_archive(self.settings)
        network.require_free(plan.PORTS)
        layout = Layout(self.settings.state, programs)
        starter = Starter(
            self.settings,
            layout,
            Record(
                backend="native",
                checkout=str(self.settings.checkout),
                boot=processes.boot_id(),
                programs=str(programs),
                fingerprint=startup.fingerprint(self.settings.state),
                sysctls=network.read_sysctls(),
            ),
        )
        starter.save(starter.known)
        progress(f"starting Kubernetes from {programs} (about 15 s)")
        startup.write_files(layout)
        self._start(starter)

    def _start(self, starter: Starter) -> None:
        startup.prepare_machine()
        startup.start_control_plane(starter)
        self._import(starter, base_images.pause_archive(self.settings))
        startup.start_node(starter)
        starter.save(replace(starter.known, complete=True, stopped=()))
        progress(f"the node {plan.NODE} is ready")

    def down(self) -> None:
        """Remove every trace of the cluster."""
        if examine(self.settings)[1].condition is Condition.ABSENT:
            progress("there is no cluster on this machine; removing what may be left of one")
        teardown.remove(self.settings)

    def status(self) -> list[str]:
        """The condition of the cluster as lines for people; the first word is the condition."""
        known, finding = examine(self.settings)
        lines = [f"{finding.condition.value}: {finding.reason}"]
        if known is None:
            return lines
        lines.append(f"made by the checkout {known.checkout}")
        for name in (*_COMPONENTS, "containerd", "kubelet"):
            process = known.processes.get(name)
            alive = process is not None and processes.is_running(process, self.settings.state)
            note = " (stopped on purpose)" if name in known.stopped else ""
            number = f", process {process.pid}" if process and alive else ""
            lines.append(f"{name}: {'running' if alive else 'not running'}{number}{note}")
        return lines

    def healthy(self) -> bool:
        """Whether all processes run and the API server answers."""
        known, finding = examine(self.settings)
        running = finding.condition is Condition.RUNNING
        return running and known is not None and _answers(_starter(self.settings, known))

    def kubeconfig(self) -> Path:
        """The administrator's kubeconfig."""
        return self.settings.kubeconfig

    def programs(self) -> Path:
        """The folder with kubectl and helm."""
        return binaries.link_clients(self.settings, binaries.control_plane(self.settings))

    def load(self, archives: Sequence[Path]) -> None:
        """Import image archives into the node."""
        starter = self._running()
        for archive in archives:
            progress(f"importing {archive.name} into the node (10 s for a large image)")
            self._import(starter, archive)

    def _import(self, starter: Starter, archive: Path) -> None:
        run([*startup.ctr(starter.layout), "images", "import", archive])

    def image_names(self) -> set[str]:
        """The full names of the node's images."""
        listed = run([*startup.ctr(self._running().layout), "images", "list", "--quiet"])
        return set(listed.split())

    def remove_image(self, image: str) -> None:
        """Take an image from the node; containers that run it go on."""
        run([*startup.ctr(self._running().layout), "images", "remove", image])

    def stop_kubelet(self) -> None:
        """Let the node go silent, as if its machine were lost; its pods run on."""
        starter = self._running()
        process = starter.known.processes.get("kubelet")
        if process and processes.is_running(process, self.settings.state):
            processes.end([process])
        starter.save(record.forget(starter.known, "kubelet"))

    def start_kubelet(self) -> None:
        """Bring the node back and wait until it is ready."""
        startup.start_node(self._running())

    def _running(self) -> Starter:
        known, finding = examine(self.settings)
        if known is None or finding.condition is Condition.BROKEN:
            raise DevclusterError(f"{finding.reason}; run `python -m devcluster up` first")
        return _starter(self.settings, known)
