"""The programs of Kubernetes: found, or built once from Go modules and kept in the cache."""

import hashlib
import os
import shutil
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
    return "-s -w " + " ".join(f"-X {name}={value}" for name, value in values.items())


@dataclass(frozen=True)
class _Builder:
    """``go install`` into one folder."""

    go: Path
    folder: Path

    def install(self, package: str, *, in_module: bool) -> None:
        """Build a package of the Go module here, or another by its own version."""
        flags = linker_flags(versions.KUBERNETES) if in_module else "-s -w"
        tags = ["-tags", "selinux,notest,grpcnotrace"] if in_module else []
        env = {"GOBIN": str(self.folder), "CGO_ENABLED": "0", "GOFLAGS": "", "GOWORK": "off"}
        env["GOTOOLCHAIN"] = "local"
        command: Command = [self.go, "install", "-p", str(os.cpu_count() or 2), "-trimpath", *tags]
        run([*command, "-ldflags", flags, package], env=env, cwd=_MODULE)


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
    """The folder with all programs of a native cluster and its clients."""
    if settings.assets:
        if whole(settings.assets, (*SERVERS, "kubectl")):
            progress(f"using the ready programs of KUBEBUILDER_ASSETS={settings.assets}")
            return settings.assets
        lacking = [p for p in (*SERVERS, "kubectl") if not whole(settings.assets, (p,))]
        progress(f"KUBEBUILDER_ASSETS lacks {', '.join(lacking)}: building all, to mix no versions")
    folder = settings.cache / f"bin/k8s-{versions.KUBERNETES}-{stamp()}"
    why = (
        f"building Kubernetes {versions.KUBERNETES}, etcd and helm from Go modules, once for this "
        "version (7 to 10 minutes on 2 cores; later starts build nothing)"
    )
    return _ensure(settings, folder, (*SERVERS, *CLIENTS), {"tool": True, _HELM: False}, why)


def _build_client(settings: Settings, program: str) -> Path:
    folder = settings.cache / f"bin/{program}-{stamp()}"
    package = {"kubectl": _KUBECTL, "helm": _HELM, "kind": _KIND}[program]
    why = f"building {program}, which is not on PATH (1 to 2 minutes, once)"
    return _ensure(settings, folder, (program,), {package: program == "kubectl"}, why) / program


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
