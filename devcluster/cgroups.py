"""The control groups of the pods, in both versions of the kernel's interface."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from devcluster.processes import identify, kill

_ROOT = Path("/sys/fs/cgroup")
_CPUSET = ("cpuset.cpus", "cpuset.mems")


def hierarchies() -> list[Path]:
    """The mounted hierarchies: one with version 2, one a controller with version 1."""
    if (_ROOT / "cgroup.controllers").exists():
        return [_ROOT]
    return [entry for entry in sorted(_ROOT.iterdir()) if (entry / "cgroup.procs").exists()]


def create(name: str) -> None:
    """Make the group below which the kubelet puts all pods."""
    for hierarchy in hierarchies():
        group = hierarchy / name
        group.mkdir(exist_ok=True)
        for file in _CPUSET:
            if (group / file).exists() and (hierarchy / file).exists():
                (group / file).write_text((hierarchy / file).read_text())
        available = hierarchy / "cgroup.controllers"
        if available.exists() and hierarchy == _ROOT:
            for controller in available.read_text().split():
                _enable(controller, hierarchy, group)


def _enable(controller: str, *groups: Path) -> None:
    """Hand a controller down; the kubelet names the ones that it needs and lacks."""
    for group in groups:
        with contextlib.suppress(OSError):
            (group / "cgroup.subtree_control").write_text(f"+{controller}")


def _groups(name: str) -> Iterator[Path]:
    """All groups of that name and below, children before their parents."""
    for hierarchy in hierarchies():
        group = hierarchy / name
        for folder, _, _ in os.walk(group, topdown=False):
            yield Path(folder)


def members(name: str) -> set[int]:
    """The numbers of all processes in the group and below."""
    return {pid for group in _groups(name) for pid in _direct_members(group)}


def _direct_members(group: Path) -> set[int]:
    """The processes in one group; none where it has gone meanwhile, as groups of pods do."""
    try:
        return {int(line) for line in (group / "cgroup.procs").read_text().split()}
    except OSError:
        return set()


def kill_members(name: str, rounds: int = 5) -> None:
    """End every process in the group; in rounds, since they may start others meanwhile."""
    for _ in range(rounds):
        found = [process for pid in members(name) if (process := identify(pid))]
        if not found:
            return
        kill(found)


def remove(name: str) -> list[Path]:
    """Remove the group and all below; return what could not be removed."""
    left = []
    for group in list(_groups(name)):
        try:
            group.rmdir()
        except OSError:
            left.append(group)
    return left
