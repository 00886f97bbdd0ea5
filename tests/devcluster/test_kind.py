"""The calls to kind. Stand-ins play kind and Docker, which cannot run everywhere."""

from pathlib import Path

import pytest

from devcluster import backends, kind, record, startup
from devcluster.kind import Kind
from devcluster.native import Native
from devcluster.output import DevclusterError
from devcluster.settings import Settings

KIND = """#!/bin/sh
echo "kind $@" >> {calls}
case "$1 $2" in
  "get clusters") cat {clusters} ;;
  "create cluster") [ -e {fail} ] && echo "no node image" && exit 1; echo matchday > {clusters} ;;
  "delete cluster") : > {clusters} ;;
esac
"""
RECORDER = '#!/bin/sh\necho "{name} $@" >> {calls}\n'


class Machine:
    """A machine with Docker, kind and kubectl, and what was asked of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings(folder / "cache", folder / "state", folder)
        self.calls = folder / "calls"
        (folder / "clusters").touch()
        names = {"calls": self.calls, "clusters": folder / "clusters", "fail": folder / "fail"}
        self._add("kind", KIND.format(**names))
        for name in ("docker", "kubectl"):
            self._add(name, RECORDER.format(name=name, calls=self.calls))

    def _add(self, name: str, text: str) -> None:
        path = self.folder / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def asked(self, start: str) -> list[str]:
        return [line for line in self.calls.read_text().splitlines() if line.startswith(start)]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin:/bin")
    return Machine(tmp_path)


def test_docker_is_found_where_it_answers(machine: Machine) -> None:
    assert kind.engine() == "docker"


def test_a_cluster_is_made_with_its_own_kubeconfig(machine: Machine) -> None:
    Kind(machine.settings, "docker").up()
    assert f"--kubeconfig {machine.settings.kubeconfig}" in machine.asked("kind create")[0]


def test_a_healthy_cluster_is_reused(machine: Machine) -> None:
    cluster = Kind(machine.settings, "docker")
    cluster.up()
    cluster.up()
    assert len(machine.asked("kind create")) == 1


def test_later_calls_know_that_the_cluster_is_by_kind(machine: Machine) -> None:
    Kind(machine.settings, "docker").up()
    known = record.load(machine.settings.state)
    assert known is not None
    assert known.backend == "kind"


def test_down_deletes_the_cluster_and_its_state(machine: Machine) -> None:
    cluster = Kind(machine.settings, "docker")
    cluster.up()
    cluster.down()
    assert machine.asked("kind delete cluster")
    assert not machine.settings.state.exists()


def test_an_archive_is_loaded_by_kind(machine: Machine) -> None:
    Kind(machine.settings, "docker").load([Path("/image.tar")])
    assert machine.asked("kind load") == ["kind load image-archive /image.tar --name matchday"]


def test_the_node_goes_silent_by_stopping_its_kubelet(machine: Machine) -> None:
    Kind(machine.settings, "docker").stop_kubelet()
    wanted = "docker exec matchday-control-plane systemctl stop kubelet"
    assert machine.asked("docker") == [wanted]


def test_where_kind_cannot_make_a_cluster_host_processes_do(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (machine.folder / "fail").touch()
    monkeypatch.setattr(startup, "has_rights", lambda: True)
    monkeypatch.setattr(Native, "up", lambda _: None)
    assert isinstance(backends.bring_up(machine.settings), Native)


def test_where_only_kind_could_serve_its_error_is_shown(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (machine.folder / "fail").touch()
    monkeypatch.setattr(startup, "has_rights", lambda: False)
    with pytest.raises(DevclusterError, match="no node image"):
        backends.bring_up(machine.settings)
