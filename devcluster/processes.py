"""Start, recognise and end the cluster's processes; never by name."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from devcluster.record import ProcessId

MARKER = "MATCHDAY_DEVCLUSTER"
"""The environment variable, set to the state folder, that marks our processes and theirs."""
_PROC = Path("/proc")


def boot_id() -> str:
    """A text that differs after every restart of the machine."""
    return (_PROC / "sys/kernel/random/boot_id").read_text().strip()


def parse_stat(text: str) -> tuple[str, int]:
    """The state letter and the start time in a /proc/PID/stat line."""
    fields = text.rpartition(")")[2].split()
    return fields[0], int(fields[19])


def identify(pid: int) -> ProcessId | None:
    """The identity of a running process; None where it has ended."""
    try:
        state, started = parse_stat((_PROC / str(pid) / "stat").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if state in "ZX" else ProcessId(pid, started)


def marked_with(environment: bytes) -> str | None:
    """The state folder that the content of a /proc/PID/environ names, if any."""
    mark = f"{MARKER}=".encode()
    for variable in environment.split(b"\0"):
        if variable.startswith(mark):
            return variable.removeprefix(mark).decode(errors="replace")
    return None


def _mark(pid: int) -> str | None:
    try:
        return marked_with((_PROC / str(pid) / "environ").read_bytes())
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return None


def _pids() -> list[int]:
    return [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()]


def other_states(state: Path) -> set[str]:
    """The state folders of other clusters whose processes run on this machine."""
    return {mark for pid in _pids() if (mark := _mark(pid))} - {str(state)}


def is_running(process: ProcessId, state: Path) -> bool:
    """Whether exactly this process still runs and is ours."""
    return identify(process.pid) == process and _mark(process.pid) == str(state)


def find_marked(state: Path) -> list[ProcessId]:
    """Every process of the cluster, recorded or not, containers' own processes excepted."""
    marked = [pid for pid in _pids() if _mark(pid) == str(state)]
    return [process for pid in marked if (process := identify(pid))]


def start(argv: Sequence[str], log: Path, state: Path, path: str) -> ProcessId:
    """Start a process that outlives this call; its log begins anew.

    Its environment holds ``path`` and the marker alone: no proxy, no secret of the user's.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = {"PATH": path, MARKER: str(state), "HOME": str(state)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            list(argv),
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return identify(process.pid) or ProcessId(process.pid, 0)


def wait_for_end(process: ProcessId, seconds: float) -> bool:
    """Wait until a process has ended; False where it has not within the time."""
    try:
        descriptor = os.pidfd_open(process.pid)
    except ProcessLookupError:
        return True
    try:
        if identify(process.pid) != process:
            return True
        poller = select.poll()
        poller.register(descriptor, select.POLLIN)
        return bool(poller.poll(seconds * 1000))
    finally:
        os.close(descriptor)


def _send(process: ProcessId, number: signal.Signals) -> None:
    if identify(process.pid) != process:
        return
    try:
        os.kill(process.pid, number)
    except ProcessLookupError:
        return


def end(processes: Iterable[ProcessId], seconds: float = 10) -> None:
    """Ask all to end, and end those by force that have not within the time."""
    group = list(processes)
    for process in group:
        _send(process, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    for process in group:
        if not wait_for_end(process, max(0.0, deadline - time.monotonic())):
            kill([process])


def kill(processes: Iterable[ProcessId], seconds: float = 10) -> None:
    """End processes by force and wait for it."""
    group = list(processes)
    for process in group:
        _send(process, signal.SIGKILL)
    for process in group:
        wait_for_end(process, seconds)
