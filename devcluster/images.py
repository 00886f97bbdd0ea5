"""Build the project's images, each only when its inputs changed, and bring them to the node."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from devcluster import base_images, build_inputs, lock
from devcluster.backends import Backend
from devcluster.kind import Kind, engine
from devcluster.native import Native
from devcluster.output import DevclusterError, progress
from devcluster.settings import Settings
from devcluster.shell import attempt, run

TARGETS = ("operator", "solver")
_KEPT = 3
"""So many builds of a target stay in the cache and on the node."""
_STAGES = 12
"""So many outdated stages stay in the build cache."""
_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


@dataclass(frozen=True)
class Image:
    """One image that was built."""

    target: str
    name: str
    """Its full name with a tag that changes with its inputs."""
    archive: Path


def _certificates() -> Path | None:
    """The machine's certificate bundle, which downloads during a build must trust."""
    path = Path(os.environ.get("SSL_CERT_FILE") or _CERTIFICATES)
    return path if path.exists() else None


def buildah_options(base: str, certificates: Path | None) -> list[str]:
    """The options of a build on a machine without a registry."""
    options = ["--layers", "--build-arg", f"BASE={base}"]
    if certificates:
        folder = "/etc/ssl/certs"
        options += ["--volume", f"{certificates.parent}:{folder}:ro"]
        options += ["--build-arg", f"SSL_CERT_FILE={folder}/{certificates.name}"]
    return options


def _by_buildah(settings: Settings, image: Image) -> None:
    options = buildah_options(base_images.ensure_base(settings), _certificates())
    target = ["--target", image.target]
    base_images.build(settings, settings.checkout, image.name, *options, *target)
    base_images.export(settings, image.name, image.archive)
    _bound_stages(settings)


def _bound_stages(settings: Settings) -> None:
    """Discard the oldest stages that no image uses; the newest make the next build fast."""
    buildah = base_images.buildah(settings)
    listed = run([*buildah, "images", "--json", "--filter", "dangling=true"])
    stages = sorted(json.loads(listed) or [], key=lambda stage: stage["createdatraw"])
    for stage in stages[:-_STAGES]:
        attempt([*buildah, "rmi", stage["id"]])


def _by_engine(program: str) -> Callable[[Settings, Image], None]:
    def build(settings: Settings, image: Image) -> None:
        command = [program, "build", "--target", image.target, "--tag", image.name]
        run([*command, settings.checkout])
        part = image.archive.with_name(image.archive.name + ".part")
        part.parent.mkdir(parents=True, exist_ok=True)
        run([program, "save", "--output", part, image.name])
        part.replace(image.archive)

    return build


def _discard_old(settings: Settings, image: Image) -> None:
    """Keep the last few builds of a target; the cache must not grow for ever."""
    archives = settings.images.glob(f"{image.target}-*.tar")
    newest = sorted(archives, key=lambda path: path.stat().st_mtime, reverse=True)
    for old in newest[_KEPT:]:
        old.unlink()
        repository = image.name.rpartition(":")[0]
        attempt([*base_images.buildah(settings), "rmi", f"{repository}:{_tag(old, image)}"])


def _plan(settings: Settings, target: str, parameters: list[str]) -> Image:
    if not (settings.checkout / "Dockerfile").exists():
        raise DevclusterError(f"there is no Dockerfile in {settings.checkout}")
    digest = build_inputs.digest(settings.checkout, target, parameters)
    archive = settings.images / f"{target}-{digest}.tar"
    return Image(target, f"localhost/matchday-{target}:{digest}", archive)


def _engine(backend: Backend) -> str | None:
    """The container engine that builds for a cluster; None: buildah, which needs no registry."""
    if isinstance(backend, Kind):
        return backend.engine
    return None if isinstance(backend, Native) else engine()


def build(backend: Backend, targets: tuple[str, ...] = TARGETS) -> list[Image]:
    """Build what changed, one call at a time; return all images asked for."""
    with lock.held(backend.settings.cache / "build.lock"):
        return _build(backend, targets)


def _build(backend: Backend, targets: tuple[str, ...]) -> list[Image]:
    settings = backend.settings
    program = _engine(backend)
    parameters = [program] if program else [_base_id(settings)]
    made = [_plan(settings, target, parameters) for target in targets]
    builder = _by_engine(program) if program else _by_buildah
    for image in made:
        if image.archive.exists():
            progress(f"{image.target}: nothing changed since it was built")
        else:
            progress(f"building the {image.target} image (10 s to 3 minutes)")
            builder(settings, image)
            _discard_old(settings, image)
    return made


def load(backend: Backend, made: list[Image]) -> None:
    """Bring images to the node that it does not have, and take the outdated ones from it."""
    present = backend.image_names()
    for image in made:
        if image.name not in present:
            backend.load([image.archive])
        for name in outdated(image, present, backend.settings.images):
            backend.remove_image(name)


def outdated(image: Image, present: set[str], archives: Path) -> list[str]:
    """The node's images of the same target whose archive was discarded."""
    repository = image.name.rpartition(":")[0]
    older = [name for name in present if name.startswith(f"{repository}:")]
    kept = {f"{repository}:{_tag(path, image)}" for path in archives.glob(f"{image.target}-*.tar")}
    return sorted(set(older) - kept)


def _tag(archive: Path, image: Image) -> str:
    return archive.stem.removeprefix(f"{image.target}-")


def _base_id(settings: Settings) -> str:
    return base_images.image_id(settings, base_images.ensure_base(settings))
