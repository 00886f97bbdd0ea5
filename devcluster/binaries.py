"""The programs of Kubernetes: found, or built once from Go modules and kept in the cache."""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from devcluster import golang, versions
from devcluster.output import DevclusterError, progress
from devcluster.settings import Settings
from devcluster.shell import run

SERVERS = ("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet")
CLIENTS = ("kubectl", "helm")
_MODULE = Path(__file__).resolve().parent / "gotools"
_KUBECTL = "k8s.io/kubernetes/cmd/kubectl"
_HELM = f"helm.sh/helm/v3/cmd/helm@{versions.HELM}"
_KIND = f"sigs.k8s.io/kind@{versions.KIND}"


def stamp_of(module: Path) -> str:
    """Ten hexadecimal digits that change with any version of the Go module."""
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
    return "-s -w " + " ".join(f"-X {name}={value}" for name, value in values.items())


@dataclass(frozen=True)
class _Builder:
    """``go install`` into one folder."""

    go: Path
    folder: Path

    def install(self, *packages: str, in_module: bool) -> None:
        """Build packages of the Go module here, or others by their own version."""
        flags = linker_flags(versions.KUBERNETES) if in_module else "-s -w"
        tags = ["-tags", "selinux,notest,grpcnotrace"] if in_module else []
        env = {"GOBIN": str(self.folder), "CGO_ENABLED": "0", "GOFLAGS": "", "GOWORK": "off"}
        command = [self.go, "install", "-p", str(os.cpu_count() or 2), "-trimpath", *tags]
        run([*command, "-ldflags", flags, *packages], env=env, cwd=_MODULE)


def _built(folder: Path, go: Path, build: list[tuple[bool, tuple[str, ...]]]) -> Path:
    """Build into a folder beside it, then rename: a folder with this name is always whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for half_built in folder.parent.glob(f"{folder.name}.part-*"):
        shutil.rmtree(half_built, ignore_errors=True)
    part = Path(tempfile.mkdtemp(prefix=f"{folder.name}.part-", dir=folder.parent))
    part.chmod(0o755)
    for in_module, packages in build:
        _Builder(go, part).install(*packages, in_module=in_module)
    if (part / "server").exists():
        (part / "server").rename(part / "etcd")
    part.rename(folder)
    return folder


def whole(folder: Path, programs: tuple[str, ...]) -> bool:
    """Whether a folder holds all these programs, ready to run."""
    return all(os.access(folder / program, os.X_OK) for program in programs)


def control_plane(settings: Settings) -> Path:
    """The folder with all programs of a native cluster and its clients."""
    if settings.assets:
        if whole(settings.assets, (*SERVERS, "kubectl")):
            progress(f"using the ready programs of KUBEBUILDER_ASSETS={settings.assets}")
            return settings.assets
        lacking = [p for p in (*SERVERS, "kubectl") if not whole(settings.assets, (p,))]
        progress(f"KUBEBUILDER_ASSETS lacks {', '.join(lacking)}: building all, to mix no versions")
    folder = settings.cache / f"bin/k8s-{versions.KUBERNETES}-{stamp_of(_MODULE)}"
    if whole(folder, (*SERVERS, *CLIENTS)):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    go = golang.find(settings.cache)
    progress(
        f"building Kubernetes {versions.KUBERNETES}, etcd and helm from Go modules, once for this "
        "version (7 to 10 minutes on 2 cores; later starts build nothing)"
    )
    return _built(folder, go, [(True, ("tool",)), (False, (_HELM,))])


def _build_client(settings: Settings, program: str) -> Path:
    folder = settings.cache / f"bin/{program}-{stamp_of(_MODULE)}"
    if whole(folder, (program,)):
        return folder / program
    package = {"kubectl": _KUBECTL, "helm": _HELM, "kind": _KIND}[program]
    go = golang.find(settings.cache)
    progress(f"building {program}, which is not on PATH (1 to 2 minutes, once)")
    return _built(folder, go, [(program == "kubectl", (package,))]) / program


def client(settings: Settings, program: str) -> Path:
    """The path of kubectl, helm or kind: from PATH, else from the cache, else built."""
    found = shutil.which(program)
    return Path(found) if found else _build_client(settings, program)


def link_clients(settings: Settings) -> Path:
    """One folder with kubectl and helm, wherever they come from."""
    folder = settings.cache / "bin/clients"
    folder.mkdir(parents=True, exist_ok=True)
    for program in CLIENTS:
        target = client(settings, program).resolve()
        if not os.access(target, os.X_OK):
            raise DevclusterError(f"{target} cannot be run; install {program} anew")
        (folder / program).unlink(missing_ok=True)
        (folder / program).symlink_to(target)
    return folder
