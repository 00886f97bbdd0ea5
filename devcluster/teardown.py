"""Remove every trace of a native cluster, whatever its condition."""

import shutil
from pathlib import Path

from devcluster import cgroups, mounts, network, plan, processes, record
from devcluster.output import DevclusterError, progress
from devcluster.settings import Settings

_SERVERS = ("kubelet", "kube-scheduler", "kube-controller-manager", "kube-apiserver", "etcd")
_FIXED_PATHS = (
    "/run/containerd/s",
    "/run/containerd/fifo",
    "/var/lib/kubelet/device-plugins",
    "/var/lib/kubelet/plugins_registry",
    "/var/log/containers",
)
"""What containerd and the kubelet make at places that no setting moves."""


def traces(settings: Settings) -> int:
    """The number of things that a cluster left on this machine."""
    folder = [settings.state] if settings.state.exists() else []
    return len(folder) + len(processes.find_marked(settings.state))


def require_alone(settings: Settings) -> None:
    """Raise DevclusterError where a cluster with another state folder runs on this machine."""
    others = processes.other_states(settings.state)
    if others:
        raise DevclusterError(
            f"this machine already runs the cluster of {', '.join(sorted(others))}, and there can "
            "be one only; set MATCHDAY_STATE to that folder to use it or to take it down"
        )


def _end_processes(settings: Settings) -> None:
    """End the servers, then the pods, then the runtime, then what hid from all that."""
    known = record.load(settings.state)
    recorded = known.processes if known else {}
    ours = {
        name: process
        for name, process in recorded.items()
        if processes.is_running(process, settings.state)
    }
    # The kubelet first and alone: it must not start pods again while they are ended.
    for name in _SERVERS:
        processes.end([ours[name]] if name in ours else [])
    cgroups.kill_members(plan.CGROUP)
    processes.end([ours["containerd"]] if "containerd" in ours else [])
    processes.kill(processes.find_marked(settings.state))
    cgroups.kill_members(plan.CGROUP)


def _remove_fixed_paths() -> None:
    """Remove what lies at fixed places, unless another runtime of this machine uses it."""
    if Path("/run/containerd/containerd.sock").exists():
        return
    for path in map(Path, _FIXED_PATHS):
        shutil.rmtree(path, ignore_errors=True)
        empty = path.parent.exists() and not any(path.parent.iterdir())
        if empty and path.parent.name in ("containerd", "kubelet"):
            path.parent.rmdir()


def remove(settings: Settings) -> None:
    """End everything and remove everything; raise DevclusterError where something stays."""
    require_alone(settings)
    progress("ending the cluster's processes and pods, unmounting, removing its network")
    known = record.load(settings.state)
    _end_processes(settings)
    mounted = mounts.unmount_below(settings.state)
    if mounted or processes.find_marked(settings.state):
        raise DevclusterError(f"still in use: {', '.join(mounted) or settings.state}; try again")
    # A build that failed leaves its container mounted; the next build mounts what it needs.
    mounts.unmount_below(settings.cache / "buildah")
    network.remove_bridge(plan.BRIDGE)
    network.remove_rules(plan.NETWORK)
    network.remove_addresses(plan.SERVICE_ADDRESS, plan.NODE_ADDRESS)
    network.restore_sysctls(known.sysctls if known else {})
    if left := cgroups.remove(plan.CGROUP):
        progress(f"control groups still in use: {', '.join(map(str, left))}")
    _remove_fixed_paths()
    shutil.rmtree(settings.state, ignore_errors=True)
