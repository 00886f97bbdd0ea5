"""Where things are kept and what the user asked for, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
BACKENDS = ("auto", "kind", "native", "existing")


@dataclass(frozen=True)
class Settings:
    """The folders and choices of one call."""

    cache: Path
    """Everything that is slow to make: binaries, base image, build layers. Survives `down`."""
    state: Path
    """Everything of the running cluster. Gone after `down`."""
    checkout: Path
    """The root folder of this checkout, with the Dockerfile."""
    backend: str = "auto"
    """One of BACKENDS."""
    assets: Path | None = None
    """A folder of ready binaries (KUBEBUILDER_ASSETS)."""
    user_kubeconfig: Path | None = None
    """The kubeconfig of the user's own cluster, where its use was asked for."""

    @property
    def lock(self) -> Path:
        """The file that lets one call at a time change the cluster."""
        return self.state.with_name(self.state.name + ".lock")

    @property
    def kubeconfig(self) -> Path:
        """Where the kubeconfig of our own cluster is."""
        return self.state / "kubeconfig"

    @property
    def images(self) -> Path:
        """Image archives, by name and digest."""
        return self.cache / "images"


def from_environment(env: Mapping[str, str], *, root: bool) -> Settings:
    """Read the settings. ``root``: whether the call has root's rights."""
    home = Path(env.get("HOME") or "/root")
    cache_home = Path(env.get("XDG_CACHE_HOME") or home / ".cache")
    state_home = Path(env.get("XDG_STATE_HOME") or home / ".local/state")
    state = Path("/var/lib") if root else state_home
    assets = env.get("KUBEBUILDER_ASSETS")
    use_own = env.get("MATCHDAY_USE_KUBECONFIG") == "1"
    kubeconfig = (env.get("KUBECONFIG") or str(home / ".kube/config")).split(os.pathsep)[0]
    return Settings(
        cache=Path(env.get("MATCHDAY_CACHE") or cache_home / "matchday").absolute(),
        state=Path(env.get("MATCHDAY_STATE") or state / "matchday-devcluster").absolute(),
        checkout=CHECKOUT,
        backend="existing" if use_own else env.get("MATCHDAY_BACKEND") or "auto",
        assets=Path(assets).absolute() if assets else None,
        user_kubeconfig=Path(kubeconfig) if use_own else None,
    )
