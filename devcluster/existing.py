"""The user's own cluster, by the kubeconfig at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devcluster import binaries
from devcluster.output import DevclusterError, progress
from devcluster.settings import Settings
from devcluster.shell import Command, attempt, tail

_NOT_OURS = "this is your own cluster (MATCHDAY_USE_KUBECONFIG=1), so devcluster does not "


@dataclass(frozen=True)
class Existing:
    """A cluster that devcluster only uses: it neither makes, changes nor ends it."""

    settings: Settings

    def _ask(self) -> tuple[bool, str]:
        kubectl = binaries.client(self.settings, "kubectl")
        ask: Command = [kubectl, "--kubeconfig", self.kubeconfig(), "get", "--raw", "/readyz"]
        done = attempt(ask, timeout=20)
        return done.returncode == 0, tail(done.stdout, 5)

    def up(self) -> None:
        """Make sure that the cluster answers."""
        answers, words = self._ask()
        if not answers:
            raise DevclusterError(f"the cluster of {self.kubeconfig()} does not answer: {words}")
        progress(f"using your own cluster, kubeconfig {self.kubeconfig()}")

    def down(self) -> None:
        """Leave the cluster as it is."""
        progress(f"{_NOT_OURS}end it")

    def healthy(self) -> bool:
        """Whether the API server answers."""
        return self._ask()[0]

    def status(self) -> list[str]:
        """The condition of the cluster as lines for people."""
        answers, words = self._ask()
        return ["running: your own cluster answers" if answers else f"broken: {words}"]

    def kubeconfig(self) -> Path:
        """The user's kubeconfig."""
        path = self.settings.user_kubeconfig
        if path is None or not path.exists():
            raise DevclusterError("set KUBECONFIG to the kubeconfig of your cluster")
        return path.resolve()

    def programs(self) -> Path:
        """The folder with kubectl and helm."""
        return binaries.link_clients(self.settings)

    def load(self, archives: Sequence[Path]) -> None:
        """Refuse: only its owner can bring images into a cluster."""
        names = ", ".join(archive.name for archive in archives)
        raise DevclusterError(f"{_NOT_OURS}load {names}; push the images to its registry")

    def image_names(self) -> set[str]:
        """None that devcluster brought."""
        return set()

    def remove_image(self, image: str) -> None:
        """Refuse."""
        raise DevclusterError(f"{_NOT_OURS}remove {image}")

    def stop_kubelet(self) -> None:
        """Refuse."""
        raise DevclusterError(f"{_NOT_OURS}stop its kubelet")

    def start_kubelet(self) -> None:
        """Refuse."""
        raise DevclusterError(f"{_NOT_OURS}start its kubelet")
