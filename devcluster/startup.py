"""Start a native cluster, or what is missing of one."""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from devcluster import (
    binaries,
    certificates,
    cgroups,
    config_files,
    network,
    plan,
    processes,
    record,
    waiting,
)
from devcluster.plan import Component, Layout
from devcluster.record import ProcessId, Record
from devcluster.settings import Settings
from devcluster.shell import Command, run, succeeds, tail

_SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass
class Starter:
    """Starts components, and writes each down before anything else happens."""

    settings: Settings
    layout: Layout
    known: Record

    def ensure(self, names: Iterable[str]) -> None:
        """Start those of the components that do not run."""
        wanted = {component.name: component for component in plan.components(self.layout)}
        for name in names:
            if not self.is_running(name):
                self._start(wanted[name])

    def is_running(self, name: str) -> bool:
        """Whether a component's recorded process runs."""
        process = self.known.processes.get(name)
        return process is not None and processes.is_running(process, self.settings.state)

    def _start(self, component: Component) -> None:
        path = f"{self.layout.programs}:{_SYSTEM_PATH}"
        log = self.log(component.name)
        process = processes.start(component.argv, log, self.settings.state, path)
        self.save(record.remember(self.known, component.name, process))

    def save(self, known: Record) -> None:
        """Write down what is known now."""
        self.known = known
        record.save(self.settings.state, known)

    def log(self, name: str) -> Path:
        """The log of a component."""
        return self.layout.logs / f"{name}.log"

    def kubectl(self, *arguments: str, stdin: str | None = None, timeout: float = 60) -> str:
        """Run kubectl as the administrator."""
        return run(self.kubectl_command(*arguments), stdin=stdin, timeout=timeout)

    def kubectl_command(self, *arguments: str) -> Command:
        """The command line of a kubectl call as the administrator."""
        kubeconfig: Command = ["--kubeconfig", self.settings.kubeconfig]
        return [self.layout.programs / "kubectl", *kubeconfig, *arguments]

    def wait(self, name: str, met: Callable[[], bool], what: str, seconds: float) -> None:
        """Wait until something is so, as long as the component that it depends on runs."""
        process = self.known.processes.get(name) or ProcessId(0, 0)
        log = self.log(name)
        waiting.until(
            met,
            f"{name} did not become {what} (log: {log})",
            seconds,
            process,
            lambda: tail(log.read_text(errors="replace")),
        )


def fingerprint(state: Path) -> str:
    """A text that changes with any version, flag or setting of the cluster."""
    layout = Layout(state, Path(binaries.stamp()))
    parts = [argument for component in plan.components(layout) for argument in component.argv]
    parts += [config_files.kubelet(layout), config_files.containerd(layout)]
    parts += [config_files.network(layout)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def write_files(layout: Layout) -> None:
    """Make the certificates and all configuration files of a new cluster."""
    wanted = certificates.identities(plan.NODE, plan.NODE_ADDRESS, plan.SERVICE_ADDRESS)
    certificates.make(layout.pki, wanted)
    for path, text in config_files.files(layout).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(text)


def prepare_machine() -> None:
    """Set up addresses and control groups; what is there stays."""
    network.add_addresses(plan.SERVICE_ADDRESS, plan.NODE_ADDRESS)
    cgroups.create(plan.CGROUP)


def start_control_plane(starter: Starter) -> None:
    """Start the store, the API server, the controllers, the scheduler and the runtime."""
    starter.ensure(["etcd", "kube-apiserver", "containerd"])
    ready = starter.kubectl_command("get", "--raw", "/readyz")
    starter.wait("kube-apiserver", lambda: succeeds(ready), "ready", 90)
    starter.kubectl("apply", "-f", "-", stdin=config_files.KUBELET_ACCESS)
    starter.ensure(["kube-controller-manager", "kube-scheduler"])
    version = [*ctr(starter.layout), "version"]
    starter.wait("containerd", lambda: succeeds(version), "ready", 60)


def _heartbeat(starter: Starter) -> str:
    """When the kubelet last reported; empty before it ever did."""
    lease = ["get", "lease", "-n", "kube-node-lease", plan.NODE, "--ignore-not-found"]
    return starter.kubectl(*lease, "-o", "jsonpath={.spec.renewTime}")


def _start_kubelet(starter: Starter) -> None:
    """Start the kubelet and wait for a report of its own, not of one before it."""
    before = _heartbeat(starter)
    starter.ensure(["kubelet"])
    starter.wait("kubelet", lambda: _heartbeat(starter) != before, "known to the API server", 60)


def start_node(starter: Starter) -> None:
    """Start the kubelet where it does not run, and wait until pods can run."""
    if not starter.is_running("kubelet"):
        _start_kubelet(starter)
    ready = starter.kubectl_command(
        "wait", "--for=condition=Ready", f"node/{plan.NODE}", "--timeout=5s"
    )
    starter.wait("kubelet", lambda: succeeds(ready), "ready", 90)
    account = starter.kubectl_command("get", "serviceaccount", "default")
    starter.wait("kube-controller-manager", lambda: succeeds(account), "at work", 60)


def ctr(layout: Layout) -> Command:
    """The command line of a call to containerd."""
    return ["ctr", "--address", layout.containerd_socket, "--namespace", "k8s.io"]


def has_rights() -> bool:
    """Whether a native cluster can run here: root on Linux."""
    return os.uname().sysname == "Linux" and os.geteuid() == 0
