"""Wait for a condition, with a deadline and an early end where a process dies."""

import time
from collections.abc import Callable

from devcluster import processes
from devcluster.output import DevclusterError
from devcluster.record import ProcessId

_INTERVAL = 0.2


def until(
    met: Callable[[], bool],
    what: str,
    seconds: float,
    process: ProcessId,
    log_tail: Callable[[], str],
) -> None:
    """Return once ``met``; raise DevclusterError at the deadline or when ``process`` ends.

    ``what`` is what is waited for and ``log_tail`` reads the last lines of the process's log;
    both become part of the error.
    """
    deadline = time.monotonic() + seconds
    while not met():
        if processes.wait_for_end(process, _INTERVAL):
            raise DevclusterError(f"{what}: the process ended. Its last words:\n{log_tail()}")
        if time.monotonic() > deadline:
            raise DevclusterError(f"{what}: not within {seconds:g} s. The log:\n{log_tail()}")
