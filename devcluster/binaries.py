"""The programs of Kubernetes: found, or built once from Go modules and kept in the cache."""

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devcluster import golang, lock, versions
from devcluster.output import DevclusterError, progress
from devcluster.settings import Settings
from devcluster.shell import Command, run

SERVERS = ("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet")
CLIENTS = ("kubectl", "helm")
_MODULE = Path(__file__).resolve().parent / "gotools"
_KUBECTL = "k8s.io/kubernetes/cmd/kubectl"
_HELM = f"helm.sh/helm/v3/cmd/helm@{versions.HELM}"
_KIND = f"sigs.k8s.io/kind@{versions.KIND}"


def stamp(module: Path = _MODULE) -> str:
    """Ten hexadecimal digits that change with any version of the Go module and its programs."""
    digest = hashlib.sha256(f"{versions.KUBERNETES} {versions.HELM} {versions.KIND}".encode())
    for name in ("go.mod", "go.sum"):
        digest.update((module / name).read_bytes())
    return digest.hexdigest()[:10]


def linker_flags(version: str) -> str:
    """Stamp the version into the programs, as the release build does."""
    major, minor = version.removeprefix("v").split(".")[:2]
    base = "k8s.io/component-base/version"
    values = {
        f"{base}.gitVersion": version,
        f"{base}.gitMajor": major,
        f"{base}.gitMinor": minor,
        "k8s.io/client-go/pkg/version.gitVersion": version,
    }
    return _link(values)


def helm_flags(kubernetes: str) -> str:
    """Stamp Helm's version into it, and the Kubernetes that it renders for without a cluster.

    A plain `go install` makes a Helm that takes every cluster for Kubernetes 1.20.
    """
    major, minor = kubernetes.removeprefix("v").split(".")[:2]
    base = "helm.sh/helm/v3"
    values = {f"{base}/internal/version.version": versions.HELM}
    for package in ("chartutil", "lint/rules"):
        values[f"{base}/pkg/{package}.k8sVersionMajor"] = major
        values[f"{base}/pkg/{package}.k8sVersionMinor"] = minor
    return _link(values)


def _link(values: Mapping[str, str]) -> str:
    return "-s -w " + " ".join(f"-X {name}={value}" for name, value in values.items())


def _flags(package: str) -> str:
    """The linker flags of a package."""
    if package == _HELM:
        return helm_flags(versions.KUBERNETES)
    return "-s -w" if package == _KIND else linker_flags(versions.KUBERNETES)


@dataclass(frozen=True)
class _Builder:
    """``go install`` into one folder."""

    go: Path
    folder: Path

    def install(self, package: str, *, in_module: bool) -> None:
        """Build a package of the Go module here, or another by its own version."""
        tags = ["-tags", "selinux,notest,grpcnotrace"] if in_module else []
        env = {"GOBIN": str(self.folder), "CGO_ENABLED": "0", "GOFLAGS": "", "GOWORK": "off"}
        env["GOTOOLCHAIN"] = "local"
        command: Command = [self.go, "install", "-p", str(os.cpu_count() or 2), "-trimpath", *tags]
        run([*command, "-ldflags", _flags(package), package], env=env, cwd=_MODULE)


def _build(folder: Path, go: Path, packages: dict[str, bool]) -> None:
    """Build packages into a folder beside it, then rename: what has this name is always whole.

    The value of a package tells whether it belongs to the Go module here.
    """
    part = folder.with_name(f"{folder.name}.part")
    for earlier in (part, folder):
        shutil.rmtree(earlier, ignore_errors=True)
    part.mkdir(parents=True)
    for package, in_module in packages.items():
        _Builder(go, part).install(package, in_module=in_module)
    if (part / "server").exists():
        (part / "server").rename(part / "etcd")
    part.rename(folder)


def _ensure(
    settings: Settings, folder: Path, programs: tuple[str, ...], packages: dict[str, bool], why: str
) -> Path:
    """The folder with these programs, built where it is not whole."""
    if whole(folder, programs):
        return folder
    with lock.held(folder.with_name(f"{folder.name}.lock")):
        if not whole(folder, programs):
            go = golang.find(settings.cache)
            progress(why)
            _build(folder, go, packages)
    return folder


def whole(folder: Path, programs: tuple[str, ...]) -> bool:
    """Whether a folder holds all these programs, ready to run."""
    return all(os.access(folder / program, os.X_OK) for program in programs)


def control_plane(settings: Settings) -> Path:
    """The folder with the programs of Kubernetes and etcd, kubectl among them."""
    if settings.assets:
        if whole(settings.assets, (*SERVERS, "kubectl")):
            progress(f"using the ready programs of KUBEBUILDER_ASSETS={settings.assets}")
            return settings.assets
        lacking = [p for p in (*SERVERS, "kubectl") if not whole(settings.assets, (p,))]
        progress(f"KUBEBUILDER_ASSETS lacks {', '.join(lacking)}: building all, to mix no versions")
    folder = settings.cache / f"bin/k8s-{versions.KUBERNETES}-{stamp()}"
    why = (
        f"building Kubernetes {versions.KUBERNETES} and etcd from Go modules, once for this "
        "version (7 to 10 minutes on 2 cores; later starts build nothing)"
    )
    return _ensure(settings, folder, (*SERVERS, "kubectl"), {"tool": True}, why)


def _build_client(settings: Settings, program: str) -> Path:
    package = {"kubectl": _KUBECTL, "helm": _HELM, "kind": _KIND}[program]
    key = hashlib.sha256(f"{stamp()} {package} {_flags(package)}".encode()).hexdigest()[:10]
    folder = settings.cache / f"bin/{program}-{key}"
    why = f"building {program}, which is not on PATH (1 to 2 minutes, once)"
    return _ensure(settings, folder, (program,), {package: program == "kubectl"}, why) / program


def client(settings: Settings, program: str) -> Path:
    """The path of kubectl, helm or kind: from PATH, else from the cache, else built."""
    found = shutil.which(program)
    return Path(found) if found else _build_client(settings, program)


def link_clients(settings: Settings, kubernetes: Path | None = None) -> Path:
    """One folder with kubectl and helm, wherever they come from.

    ``kubernetes`` is a folder with a kubectl that is to be used before the one on PATH.
    """
    folder = settings.cache / "bin/clients"
    folder.mkdir(parents=True, exist_ok=True)
    for program in CLIENTS:
        own = kubernetes / program if kubernetes and program == "kubectl" else None
        target = (own or client(settings, program)).resolve()
        if not os.access(target, os.X_OK):
            raise DevclusterError(f"{target} cannot be run; install {program} anew")
        _link_to(folder / program, target)
    return folder


def _link_to(link: Path, target: Path) -> None:
    """Have a link to a file, at no moment without one: others may use it now."""
    if link.is_symlink() and link.readlink() == target:
        return
    part = link.with_name(f".{link.name}.{os.getpid()}")
    part.symlink_to(target)
    part.replace(link)
