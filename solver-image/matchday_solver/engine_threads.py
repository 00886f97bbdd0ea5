"""Threads that call OR-Tools beside the search.

A search is over at once when it is told to end, but the engine may take some moments more. If the
interpreter went away under it, its next call back into Python would abort the process, with an exit
code that reads as a crash. So the end of the process waits for these threads, for a while.
"""

import atexit
import threading
import time
from collections.abc import Callable
from weakref import WeakSet

EXIT_SECONDS = 10.0
"""How long the end of the process waits for all of them together."""

_started: WeakSet[threading.Thread] = WeakSet()


def engine_thread(name: str, work: Callable[[], None]) -> threading.Thread:
    """A thread for the engine, not started yet."""
    thread = threading.Thread(target=work, name=name, daemon=True)
    _started.add(thread)
    return thread


def await_engine(seconds: float = EXIT_SECONDS) -> None:
    """Wait until the threads that were started have ended, for so long at most."""
    deadline = time.monotonic() + seconds
    for thread in tuple(_started):
        if thread.is_alive():
            thread.join(max(0.0, deadline - time.monotonic()))


atexit.register(await_engine)
