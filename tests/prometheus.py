"""Prometheus and promtool: from PATH, else from Debian's package."""

import os
import shutil
from functools import cache
from pathlib import Path

from devcluster import debian
from devcluster.settings import from_environment


@cache
def program(name: str) -> Path:
    """The path of `prometheus` or `promtool`."""
    if found := shutil.which(name):
        return Path(found)
    settings = from_environment(os.environ, root=os.geteuid() == 0)
    return debian.unpacked("prometheus", settings.cache) / "usr/bin" / name
