"""What is written down about a running cluster, and how its state is told. No processes here."""

import json
from dataclasses import asdict, dataclass, field, replace
from enum import Enum
from pathlib import Path

from devcluster.output import DevclusterError

_FILE = "cluster.json"


@dataclass(frozen=True)
class ProcessId:
    """A process beyond doubt: numbers are given out again, a number with its start time is not."""

    pid: int
    started: int
    """Clock ticks from the machine's start to the process's."""


@dataclass(frozen=True)
class Record:
    """Everything that later calls must know about a cluster."""

    backend: str
    checkout: str
    """The checkout that made the cluster."""
    boot: str
    """The machine's boot that it belongs to."""
    programs: str = ""
    """The folder of the Kubernetes programs (native)."""
    fingerprint: str = ""
    """Changes with any flag or configuration of the cluster (native)."""
    complete: bool = False
    """False until the first start has come to its end."""
    stopped: tuple[str, ...] = ()
    """Components that were stopped on purpose."""
    processes: dict[str, ProcessId] = field(default_factory=dict)
    sysctls: dict[str, str] = field(default_factory=dict)
    """Kernel settings as they were before; the kubelet changes some."""


class Condition(Enum):
    """How a cluster is found."""

    ABSENT = "absent"
    RUNNING = "running"
    DEGRADED = "degraded"
    """Some processes have ended; starting them again may be enough."""
    BROKEN = "broken"
    """Not worth a repair: it has to be replaced."""


@dataclass(frozen=True)
class Finding:
    """A condition and the reason for it, for people."""

    condition: Condition
    reason: str


def save(state: Path, record: Record) -> None:
    """Write the record, whole or not at all."""
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = state / f"{_FILE}.part"
    part.write_text(json.dumps(asdict(record), indent=2))
    part.replace(state / _FILE)


def parse(text: str) -> Record:
    """Read a record; raise DevclusterError where it is none."""
    try:
        data = json.loads(text)
        processes = {name: ProcessId(**value) for name, value in data["processes"].items()}
        return Record(**{**data, "processes": processes, "stopped": tuple(data["stopped"])})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DevclusterError(f"{_FILE} cannot be read ({error})") from error


def load(state: Path) -> Record | None:
    """The record of a state folder; None where there is none or it cannot be read."""
    try:
        return parse((state / _FILE).read_text())
    except (OSError, DevclusterError):
        return None


def forget(record: Record, name: str) -> Record:
    """The record after a component was stopped on purpose."""
    kept = {other: value for other, value in record.processes.items() if other != name}
    return replace(record, processes=kept, stopped=tuple({*record.stopped, name}))


def remember(record: Record, name: str, process: ProcessId) -> Record:
    """The record after a component was started."""
    stopped = tuple(other for other in record.stopped if other != name)
    return replace(record, processes={**record.processes, name: process}, stopped=stopped)


def judge(
    record: Record | None, *, alive: set[str], expected: set[str], leftovers: int, boot: str
) -> Finding:
    """Tell the condition of a native cluster.

    ``alive`` are the components whose recorded process runs, ``expected`` those that should,
    ``leftovers`` the number of traces (folders, processes) where there is no record, ``boot``
    the machine's boot now.
    """
    if record is None and not leftovers:
        return Finding(Condition.ABSENT, "there is no cluster")
    if record is None:
        return Finding(Condition.BROKEN, "parts of an earlier cluster are left without a record")
    if record.boot != boot:
        return Finding(Condition.BROKEN, "the machine was restarted since")
    if not record.complete:
        return Finding(Condition.BROKEN, "its first start did not come to an end")
    dead = sorted(expected - alive)
    if dead:
        return Finding(Condition.DEGRADED, f"not running: {', '.join(dead)}")
    return Finding(Condition.RUNNING, "all processes run")
