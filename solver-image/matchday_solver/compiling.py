"""Compiling the search where that has not been done, in a process that can be ended at once."""

import contextlib
import logging
import subprocess
import sys
import threading
from collections.abc import Callable

from matchday_solver.exact.run import watching
from matchday_solver.kernel.native import is_compiled, native, object_file
from matchday_solver.kernel_cache import is_writable

STEP_SECONDS = 1.0
"""Between two calls of `going_on`, of which there is at least one."""
COMMAND = (sys.executable, "-P", "-m", "matchday_solver.warm")

log = logging.getLogger(__name__)


def compile_search(stop: threading.Event, going_on: Callable[[], None]) -> bool:
    """Have the search compiled, which takes about a minute; whether it is, and was not stopped.

    Where another process could not keep what it compiles, or cannot be started, this one compiles,
    which a stop does not end.
    """
    if is_compiled():
        return True
    going_on()
    if can_keep():
        _compile_beside(stop, going_on)
    if not stop.is_set():
        native()
    return not stop.is_set()


def can_keep() -> bool:
    """Whether what is compiled can be kept for other processes."""
    folder = object_file().parent
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return is_writable(folder)


def _compile_beside(stop: threading.Event, going_on: Callable[[], None]) -> None:
    try:
        process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # In a session of its own, so that Ctrl-C in the terminal is not sent to it as well.
            start_new_session=True,
        )
    except OSError as error:
        log.warning("no process that compiles can be started: %s", error)
        return
    with process, watching(stop, process.kill):
        try:
            _wait(process, going_on)
        finally:
            process.kill()
    if process.returncode and not stop.is_set():
        log.warning("the process that compiles ended with %d", process.returncode)


def _wait(process: "subprocess.Popen[bytes]", going_on: Callable[[], None]) -> None:
    while process.poll() is None:
        try:
            process.wait(STEP_SECONDS)
        except subprocess.TimeoutExpired:
            going_on()
