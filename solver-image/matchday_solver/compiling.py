"""Compiling the search where that has not been done, in a process that can be ended at once."""

import subprocess
import sys
import threading
from collections.abc import Callable

from matchday_solver.exact.run import watching
from matchday_solver.kernel.native import is_compiled, native

STEP_SECONDS = 1.0
"""Between two calls of `going_on`, of which there is at least one."""
COMMAND = (sys.executable, "-P", "-m", "matchday_solver.warm")


def compile_search(stop: threading.Event, going_on: Callable[[], None]) -> bool:
    """Have the search compiled, which takes about a minute; whether it is, and was not stopped.

    Where the other process cannot keep what it compiles, this one compiles for itself.
    """
    if is_compiled():
        return True
    going_on()
    with (
        # In a session of its own, so that Ctrl-C in the terminal is not sent to it as well.
        subprocess.Popen(
            COMMAND,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process,
        watching(stop, process.kill),
    ):
        while process.poll() is None:
            try:
                process.wait(STEP_SECONDS)
            except subprocess.TimeoutExpired:
                going_on()
    if not stop.is_set():
        native()
    return not stop.is_set()
