"""Which cluster serves this machine, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from devcluster import kind, record, startup
from devcluster.existing import Existing
from devcluster.kind import Kind
from devcluster.native import Native
from devcluster.output import DevclusterError, progress
from devcluster.settings import BACKENDS, Settings


class Backend(Protocol):
    """A way to have a cluster."""

    @property
    def settings(self) -> Settings:
        """The folders and choices that it works with."""

    def up(self) -> None:
        """Have a healthy cluster."""

    def down(self) -> None:
        """Remove it."""

    def status(self) -> list[str]:
        """Its condition as lines for people."""

    def healthy(self) -> bool:
        """Whether it can be used now."""

    def kubeconfig(self) -> Path:
        """The administrator's kubeconfig."""

    def programs(self) -> Path:
        """The folder with kubectl and helm."""

    def load(self, archives: Sequence[Path]) -> None:
        """Import image archives."""

    def image_names(self) -> set[str]:
        """The full names of the node's images."""

    def remove_image(self, image: str) -> None:
        """Take an image from the node."""

    def stop_kubelet(self) -> None:
        """Let the node go silent."""

    def start_kubelet(self) -> None:
        """Bring the node back."""


@dataclass(frozen=True)
class Choice:
    """The name of a backend and the reason for it."""

    name: str
    reason: str


def choose(wanted: str, recorded: str | None, engine: str | None, *, native: bool) -> Choice:
    """Choose a backend.

    ``wanted`` is the user's word, ``recorded`` the backend of the cluster that is there,
    ``engine`` the container engine that answers and ``native`` whether host processes can be
    run. Raises DevclusterError where nothing serves.
    """
    if wanted not in BACKENDS:
        raise DevclusterError(f"no backend {wanted!r}: choose one of {', '.join(BACKENDS)}")
    if wanted != "auto":
        return Choice(wanted, "you asked for it")
    if recorded:
        return Choice(recorded, "the cluster of this machine is of this kind")
    if engine:
        return Choice("kind", f"{engine} works here")
    if native:
        return Choice("native", "neither Docker nor Podman answers here, and you are root on Linux")
    raise DevclusterError(
        "no cluster is possible here: start Docker or Podman, or be root on Linux, or set "
        "MATCHDAY_USE_KUBECONFIG=1 and KUBECONFIG to use your own cluster"
    )


def make(settings: Settings, name: str) -> Backend:
    """The backend of that name."""
    if name == "existing":
        return Existing(settings)
    if name == "kind":
        return Kind(settings, kind.require_engine())
    if not startup.has_rights():
        raise DevclusterError("the native cluster needs root on Linux")
    return Native(settings)


def _choice(settings: Settings) -> Choice:
    known = record.load(settings.state)
    recorded = known.backend if known else None
    engine = None if recorded or settings.backend != "auto" else kind.engine()
    return choose(settings.backend, recorded, engine, native=startup.has_rights())


def current(settings: Settings) -> Backend:
    """The backend of the cluster that is there, or of the one that would be made."""
    return make(settings, _choice(settings).name)


def bring_up(settings: Settings) -> Backend:
    """Have a healthy cluster; native where kind cannot make one, for want of a registry."""
    choice = _choice(settings)
    progress(f"backend: {choice.name}, since {choice.reason}")
    backend = make(settings, choice.name)
    try:
        backend.up()
    except DevclusterError as error:
        if choice.name != "kind" or settings.backend != "auto" or not startup.has_rights():
            raise
        progress(f"kind cannot make a cluster here: {error}")
        progress("backend: native instead, since you are root on Linux")
        backend = make(replace(settings, backend="native"), "native")
        backend.up()
    return backend
