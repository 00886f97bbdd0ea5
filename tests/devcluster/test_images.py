"""How images are built and which of them stay."""

import os
from pathlib import Path

import pytest

from devcluster import base_images, images
from devcluster.images import Image
from devcluster.native import Native
from devcluster.output import DevclusterError
from devcluster.settings import Settings


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Native:
    """A checkout with a Dockerfile; a stand-in plays buildah, which needs root and a base."""
    (tmp_path / "main.py").write_text("one")
    (tmp_path / "Dockerfile").write_text("FROM base AS operator\nCOPY main.py /\n")
    monkeypatch.setattr(base_images, "ensure_base", lambda _: "base")
    monkeypatch.setattr(base_images, "image_id", lambda *_: "id")
    monkeypatch.setattr(base_images, "build", lambda *_: None)
    monkeypatch.setattr(base_images, "export", lambda *given: given[2].touch())
    monkeypatch.setattr(images, "run", lambda _: "[]")
    monkeypatch.setattr(images, "attempt", lambda _: None)
    settings = Settings(tmp_path / "cache", tmp_path / "state", tmp_path)
    settings.images.mkdir(parents=True)
    return Native(settings)


def build(cluster: Native) -> Image:
    return images.build(cluster, ("operator",))[0]


def test_an_unchanged_image_keeps_its_name(cluster: Native) -> None:
    assert build(cluster) == build(cluster)


def test_an_unchanged_image_is_not_built_again(
    cluster: Native, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(cluster)
    monkeypatch.delattr(base_images, "build")
    build(cluster)


def test_a_changed_image_gets_another_name(cluster: Native) -> None:
    before = build(cluster)
    (cluster.settings.checkout / "main.py").write_text("two")
    assert build(cluster).name != before.name


def test_old_archives_are_discarded(cluster: Native) -> None:
    for number in range(5):
        (cluster.settings.checkout / "main.py").write_text(str(number))
        os.utime(build(cluster).archive, (number, number))
    assert len(list(cluster.settings.images.iterdir())) == 3


def test_a_checkout_without_a_dockerfile_is_told(cluster: Native) -> None:
    (cluster.settings.checkout / "Dockerfile").unlink()
    with pytest.raises(DevclusterError, match="no Dockerfile"):
        build(cluster)


def test_images_without_an_archive_are_outdated(tmp_path: Path) -> None:
    (tmp_path / "operator-new.tar").touch()
    image = Image("operator", "localhost/matchday-operator:new", tmp_path / "operator-new.tar")
    names = ("operator:new", "operator:old", "solver:old")
    present = {f"localhost/matchday-{name}" for name in names}
    assert images.outdated(image, present, tmp_path) == ["localhost/matchday-operator:old"]


def test_downloads_during_a_build_trust_the_machines_certificates() -> None:
    options = images.buildah_options("base", Path("/own/bundle.crt"))
    assert "SSL_CERT_FILE=/etc/ssl/certs/bundle.crt" in options
    assert "/own:/etc/ssl/certs:ro" in options


def test_without_certificates_a_build_gets_none() -> None:
    options = images.buildah_options("base", None)
    assert not any("certs" in option for option in options)
