"""SIGTERM and SIGHUP end a command as an exit does: what it keeps for a while is removed, such as
the files in which the Kubernetes client has the key of a kubeconfig."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

TERMINATED = 143
"""ExitCode.TERMINATED, which is not imported so that signals count while imports still go on."""


@contextmanager
def leaving() -> Iterator[None]:
    """Have both raise SystemExit; `nohup` ignores SIGHUP."""
    wanted = [signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        wanted.append(signal.SIGHUP)
    before = {number: signal.signal(number, _leave) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(TERMINATED)
