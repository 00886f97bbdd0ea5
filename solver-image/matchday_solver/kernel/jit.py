"""The one place that knows the compiler."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

F = TypeVar("F", bound=Callable[..., Any])

SOURCES = ("kernel", "improve")
"""Folders of the package with compiled functions."""


def _cache_folder() -> Path | None:
    """Where compiled functions are kept: a folder for this very source, None if none is writable.

    Numba itself does not notice that a function called by a cached one has changed.
    """
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for source in sorted(p for name in SOURCES for p in (package / name).glob("*.py")):
        digest.update(source.read_bytes())
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    base = Path(os.environ.get("NUMBA_CACHE_DIR") or os.path.join(home, "matchday"))
    folder = base / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return None
    return folder


_FOLDER = _cache_folder()
if _FOLDER is not None:
    numba.config.CACHE_DIR = str(_FOLDER)


def entry(function: F) -> F:
    """Compile a function at its first call, or load it from the cache; it runs without the GIL."""
    compiled: F = numba.njit(cache=_FOLDER is not None, nogil=True, error_model="numpy")(function)
    return compiled


def kernel(function: F) -> F:
    """Like `entry`, for a function that only compiled functions call: quicker to compile."""
    compiled: F = numba.njit(
        nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True
    )(function)
    return compiled
