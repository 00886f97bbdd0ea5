"""The compiled search of the image, where the root file system is read-only."""

import logging
import shutil
import tempfile
from collections.abc import MutableMapping
from pathlib import Path

VARIABLE = "NUMBA_CACHE_DIR"

log = logging.getLogger(__name__)


def make_writable(environ: MutableMapping[str, str]) -> None:
    """Copy the cache of compiled functions to a temporary folder, unless it can be written.

    Numba refuses a cache folder that it cannot write to. To be called before Numba is imported;
    where no folder can be written the environment stays as it is.
    """
    baked = Path(environ.get(VARIABLE, ""))
    if not environ.get(VARIABLE) or not baked.is_dir() or is_writable(baked):
        return
    try:
        copy = Path(tempfile.mkdtemp(prefix="matchday-")) / "numba"
        shutil.copytree(baked, copy)
    except OSError as error:
        log.warning("no folder for compiled functions can be written: %s", error)
        return
    environ[VARIABLE] = str(copy)


def is_writable(folder: Path) -> bool:
    """Whether a file can be made in a folder; access rights alone do not tell."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
