"""What is mounted below a folder."""

import re
from pathlib import Path

from devcluster.shell import attempt


def parse(mountinfo: str, folder: Path) -> list[str]:
    """The mount points below a folder in a /proc/self/mountinfo text, the latest first."""
    points = []
    for line in mountinfo.splitlines():
        point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), line.split(" ")[4])
        if Path(point) == folder or folder in Path(point).parents:
            points.append(point)
    return points[::-1]


def below(folder: Path) -> list[str]:
    """The mount points below a folder, in the order in which to unmount them."""
    return parse(Path("/proc/self/mountinfo").read_text(), folder)


def unmount_below(folder: Path) -> list[str]:
    """Unmount everything below a folder; return what is still mounted."""
    for point in below(folder):
        if attempt(["umount", point]).returncode != 0:
            attempt(["umount", "--lazy", point])
    return below(folder)
