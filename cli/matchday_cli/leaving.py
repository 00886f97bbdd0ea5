"""SIGTERM and SIGHUP end a command as an exit does: what it keeps for a while is removed, such as
the files in which the Kubernetes client has the key of a kubeconfig."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

TERMINATED = 143
"""ExitCode.TERMINATED, which is not imported so that signals count while imports still go on."""


Handler = Callable[[int, FrameType | None], None]


def leaving() -> AbstractContextManager[None]:
    """Have both raise SystemExit."""
    return handling(_leave, signal.SIGTERM)


@contextmanager
def handling(handler: Handler, *numbers: signal.Signals) -> Iterator[None]:
    """Have a handler for some signals, and for SIGHUP, which `nohup` ignores."""
    wanted = list(numbers)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        wanted.append(signal.SIGHUP)
    before = {number: signal.signal(number, handler) for number in wanted}
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(TERMINATED)
