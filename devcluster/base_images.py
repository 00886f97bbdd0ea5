"""The images that nothing can be pulled for: the base of our own, and the pause image."""

import shutil
import tempfile
from pathlib import Path

from devcluster import debian, versions
from devcluster.output import progress
from devcluster.settings import Settings
from devcluster.shell import Command, run, succeeds

_PAUSE_SOURCE = """#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
static void end(int number) { (void)number; _exit(0); }
static void reap(int number) { (void)number; while (waitpid(-1, 0, WNOHANG) > 0) {} }
int main(void) {
  signal(SIGTERM, end);
  signal(SIGINT, end);
  signal(SIGCHLD, reap);
  for (;;) pause();
}
"""
"""The first process of every pod: it waits, and reaps what others leave behind."""
_PAUSE_FILE = 'FROM scratch\nCOPY pause /pause\nUSER 65535\nENTRYPOINT ["/pause"]\n'
_BASE_FILE = """FROM scratch
ADD base.tar /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
CMD ["python3"]
"""
_BASE_PACKAGES = "python3,python3-venv,ca-certificates"
_LEFT_OUT = ("/usr/share/man/*", "/usr/share/doc/*", "/usr/share/locale/*", "/usr/share/info/*")
_EMPTY_APT = 'rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin "$1"/var/log/apt'


def buildah(settings: Settings) -> Command:
    """The command line of buildah with its storage in the cache."""
    storage = settings.cache / "buildah"
    return ["buildah", "--root", storage / "storage", "--runroot", storage / "run"]


def build(settings: Settings, folder: Path, image: str, *options: str | Path) -> None:
    """Build the image of a folder with a Dockerfile, without any container runtime."""
    command = [*buildah(settings), "build", "--isolation", "chroot", "--network", "host"]
    run([*command, *options, "--tag", image, folder])


def export(settings: Settings, image: str, archive: Path) -> Path:
    """Write an image to an archive, whole or not at all."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    part = archive.with_name(archive.name + ".part")
    part.unlink(missing_ok=True)
    run([*buildah(settings), "push", image, f"oci-archive:{part}:{image}"])
    part.replace(archive)
    return archive


def pause_archive(settings: Settings) -> Path:
    """The archive of the pause image, made at the first call."""
    archive = settings.images / "pause-1.tar"
    if archive.exists():
        return archive
    debian.ensure(debian.IMAGES)
    progress("making the pause image, which holds the network of every pod (seconds, once)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pause.c").write_text(_PAUSE_SOURCE)
        (folder / "Dockerfile").write_text(_PAUSE_FILE)
        run(["gcc", "-Os", "-static", "-s", "-o", folder / "pause", folder / "pause.c"])
        build(settings, folder, versions.PAUSE_IMAGE)
    return export(settings, versions.PAUSE_IMAGE, archive)


def _make_base(settings: Settings, folder: Path) -> None:
    left_out = [f"--dpkgopt=path-exclude={pattern}" for pattern in _LEFT_OUT]
    command = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={_BASE_PACKAGES}"]
    hook = f"--customize-hook={_EMPTY_APT}"
    run([*command, *left_out, hook, versions.DEBIAN_RELEASE, folder / "base.tar"])
    (folder / "Dockerfile").write_text(_BASE_FILE)
    build(settings, folder, versions.BASE_IMAGE)


def ensure_base(settings: Settings) -> str:
    """The name of the base image, made at the first call."""
    debian.ensure(debian.IMAGES)
    if succeeds([*buildah(settings), "inspect", "--type", "image", versions.BASE_IMAGE]):
        return versions.BASE_IMAGE
    progress(
        f"making {versions.BASE_IMAGE} from Debian packages, since no image can be pulled here "
        "(about a minute, once)"
    )
    folder = Path(tempfile.mkdtemp(prefix="matchday-base-"))
    try:
        _make_base(settings, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return versions.BASE_IMAGE


def image_id(settings: Settings, image: str) -> str:
    """The digest of an image that was made here."""
    command = [*buildah(settings), "inspect", "--type", "image", "--format", "{{.FromImageID}}"]
    return run([*command, image]).strip()
