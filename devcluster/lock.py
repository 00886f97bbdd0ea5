"""One call at a time may change the cluster of a machine."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devcluster.output import progress


def _take(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        progress("another devcluster call is at work on this machine; waiting for it to end")
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def _is_current(descriptor: int, path: Path) -> bool:
    """False where the file was removed by the call that held it before us."""
    return path.exists() and path.stat().st_ino == os.fstat(descriptor).st_ino


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock; the file is removed at the end, so that nothing stays behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = _take(path)
    while not _is_current(descriptor, path):
        os.close(descriptor)
        descriptor = _take(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)
