"""Install the Debian packages that are missing."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from devcluster import lock
from devcluster.output import DevclusterError, progress
from devcluster.settings import from_environment
from devcluster.shell import attempt, run

CLUSTER = {
    "containerd": "containerd",
    "ctr": "containerd",
    "runc": "runc",
    "/usr/lib/cni/bridge": "containernetworking-plugins",
    "iptables": "iptables",
    "ip": "iproute2",
    "conntrack": "conntrack",
    "openssl": "openssl",
    "mount": "mount",
}
"""What a native cluster runs: a program or file and the package that carries it."""
IMAGES = {
    "buildah": "buildah",
    "mmdebstrap": "mmdebstrap",
    "gcc": "gcc",
    "/usr/share/keyrings/debian-archive-keyring.gpg": "debian-archive-keyring",
}
"""What making images takes."""
_HEADERS = {"gcc": ["libc6-dev"]}


def _present(name: str) -> bool:
    return Path(name).exists() if name.startswith("/") else shutil.which(name) is not None


def missing(needed: Mapping[str, str]) -> list[str]:
    """The packages whose program or file is not on this machine, each once."""
    absent = [package for name, package in needed.items() if not _present(name)]
    extra = [header for package in absent for header in _HEADERS.get(package, [])]
    return list(dict.fromkeys(absent + extra))


def ensure(needed: Mapping[str, str]) -> None:
    """Install what is missing; raise DevclusterError where that is not possible."""
    packages = missing(needed)
    if not packages:
        return
    if not shutil.which("apt-get"):
        raise DevclusterError(
            f"missing: {' '.join(packages)}. Install them; this machine has no apt-get."
        )
    with _apt_alone():
        progress(f"installing Debian packages {' '.join(packages)} (about a minute)")
        attempt(["apt-get", "update", "-q"])
        env = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
        run(["apt-get", "install", "-qy", "--no-install-recommends", *packages], env=env)


def _apt_alone() -> AbstractContextManager[None]:
    """apt-get fails where another one runs, such as for tests beside each other."""
    settings = from_environment(os.environ, root=os.geteuid() == 0)
    return lock.held(settings.cache / "apt.lock")


def unpacked(package: str, cache: Path) -> Path:
    """The folder with a package's files, downloaded once and not installed.

    So no service of the package is started on this machine. Raises DevclusterError where the
    package cannot be had.
    """
    folder = cache / "debian" / package
    with lock.held(folder.with_name(f"{package}.lock")):
        if not folder.exists():
            _unpack(package, folder)
    return folder


def _unpack(package: str, folder: Path) -> None:
    """Unpack beside the folder, then rename: what has its name is always whole."""
    if not shutil.which("apt-get"):
        raise DevclusterError(f"put the programs of {package} on PATH; there is no apt-get here")
    progress(f"downloading the Debian package {package} (seconds, once)")
    with _apt_alone(), tempfile.TemporaryDirectory(dir=folder.parent) as name:
        attempt(["apt-get", "update", "-q"])
        run(["apt-get", "download", "-q", package], cwd=Path(name))
        (archive,) = Path(name).glob("*.deb")
        run(["dpkg-deb", "--extract", archive, Path(name) / "files"])
        (Path(name) / "files").rename(folder)
