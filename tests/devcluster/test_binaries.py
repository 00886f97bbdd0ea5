"""Programs are built once, whole or not at all. A stand-in plays the Go compiler."""

from pathlib import Path

import pytest

from devcluster import binaries, golang, versions
from devcluster.output import DevclusterError
from devcluster.settings import Settings

PROGRAMS = ("server", *binaries.SERVERS[1:], "kubectl")
GO = """#!/bin/sh
echo "$@" >> {log}
case "$*" in
  *cmd/helm*) names="{last}" ;;
  *) names="{names}" ;;
esac
[ -e {fail} ] && exit 1
for name in $names; do echo > "$GOBIN/$name"; chmod +x "$GOBIN/$name"; done
"""


def executable(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    names = {"log": tmp_path / "log", "fail": tmp_path / "fail"}
    text = GO.format(last="helm", names=" ".join(PROGRAMS), **names)
    go = executable(tmp_path / "go", text)
    monkeypatch.setattr(golang, "find", lambda _: go)
    return Settings(tmp_path / "cache", tmp_path / "state", tmp_path)


def test_all_programs_are_built_into_one_folder(settings: Settings) -> None:
    folder = binaries.control_plane(settings)
    assert binaries.whole(folder, (*binaries.SERVERS, "kubectl"))


def test_a_second_call_builds_nothing(settings: Settings, tmp_path: Path) -> None:
    binaries.control_plane(settings)
    before = (tmp_path / "log").read_text()
    binaries.control_plane(settings)
    assert (tmp_path / "log").read_text() == before


def test_a_failed_build_leaves_no_folder_that_looks_whole(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "fail").touch()
    with pytest.raises(DevclusterError):
        binaries.control_plane(settings)
    assert not list((tmp_path / "cache/bin").glob(f"k8s-{versions.KUBERNETES}-??????????"))


def test_a_build_that_failed_succeeds_later(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "fail").touch()
    with pytest.raises(DevclusterError):
        binaries.control_plane(settings)
    (tmp_path / "fail").unlink()
    assert binaries.whole(binaries.control_plane(settings), binaries.SERVERS)


def test_a_folder_that_lost_a_program_is_built_again(settings: Settings) -> None:
    folder = binaries.control_plane(settings)
    (folder / "etcd").unlink()
    assert binaries.whole(binaries.control_plane(settings), ("etcd",))


def test_a_whole_folder_of_ready_programs_is_used(settings: Settings, tmp_path: Path) -> None:
    assets = tmp_path / "assets"
    for name in (*binaries.SERVERS, "kubectl"):
        executable(assets / name)
    ready = Settings(settings.cache, settings.state, settings.checkout, assets=assets)
    assert binaries.control_plane(ready) == assets


def test_ready_programs_that_lack_one_are_not_mixed_with_built_ones(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    executable(tmp_path / "assets/etcd")
    ready = Settings(settings.cache, settings.state, settings.checkout, assets=tmp_path / "assets")
    assert binaries.control_plane(ready) != tmp_path / "assets"
    assert "lacks kube-apiserver" in capsys.readouterr().err


def test_the_stamp_changes_with_the_go_module(tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("one")
    (tmp_path / "go.sum").write_text("")
    before = binaries.stamp(tmp_path)
    (tmp_path / "go.mod").write_text("two")
    assert binaries.stamp(tmp_path) != before


def test_the_version_is_stamped_into_the_programs() -> None:
    flags = binaries.linker_flags("v1.36.4")
    assert "k8s.io/component-base/version.gitVersion=v1.36.4" in flags
    assert "k8s.io/component-base/version.gitMinor=36" in flags


def test_helm_knows_its_version_and_the_kubernetes_that_it_renders_for() -> None:
    flags = binaries.helm_flags("v1.36.4")
    assert f"helm.sh/helm/v3/internal/version.version={versions.HELM}" in flags
    for package in ("chartutil", "lint/rules"):
        assert f"helm.sh/helm/v3/pkg/{package}.k8sVersionMajor=1 " in f"{flags} "
        assert f"helm.sh/helm/v3/pkg/{package}.k8sVersionMinor=36 " in f"{flags} "


def test_the_kubectl_of_the_cluster_comes_before_the_one_on_path(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in binaries.CLIENTS:
        executable(tmp_path / "path" / name)
    monkeypatch.setenv("PATH", str(tmp_path / "path"), prepend=":")
    own = executable(tmp_path / "own/kubectl")
    folder = binaries.link_clients(settings, tmp_path / "own")
    assert (folder / "kubectl").resolve() == own
    assert (folder / "helm").resolve() == tmp_path / "path/helm"


def test_links_that_are_right_stay_as_they_are(settings: Settings, tmp_path: Path) -> None:
    for name in binaries.CLIENTS:
        executable(tmp_path / "own" / name)
    binaries.link_clients(settings, tmp_path / "own")
    first = (settings.cache / "bin/clients/kubectl").lstat().st_ino
    binaries.link_clients(settings, tmp_path / "own")
    assert (settings.cache / "bin/clients/kubectl").lstat().st_ino == first
