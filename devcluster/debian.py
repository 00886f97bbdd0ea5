"""Install the Debian packages that are missing."""

import os
import shutil
from collections.abc import Mapping

from devcluster.output import DevclusterError, progress
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
"""What a native cluster runs: program and the package that carries it."""
IMAGES = {"buildah": "buildah", "mmdebstrap": "mmdebstrap", "gcc": "gcc"}
"""What making images takes."""
_HEADERS = {"gcc": ["libc6-dev"]}


def missing(needed: Mapping[str, str]) -> list[str]:
    """The packages whose program is not on this machine, each once."""
    absent = [package for program, package in needed.items() if not shutil.which(program)]
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
    progress(f"installing Debian packages {' '.join(packages)} (about a minute)")
    attempt(["apt-get", "update", "-q"])
    env = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
    run(["apt-get", "install", "-qy", "--no-install-recommends", *packages], env=env)
