"""What an image is made of, read from the Dockerfile, as a digest."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from devcluster.output import DevclusterError

_IGNORED = {"__pycache__", ".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


@dataclass
class Stage:
    """One FROM of a Dockerfile."""

    name: str
    parent: str
    sources: list[str] = field(default_factory=list)
    """Paths of the build context, as COPY, ADD and bind mounts name them."""
    needs: list[str] = field(default_factory=list)
    """Other stages from which it copies."""


def _instructions(text: str) -> list[str]:
    """The instructions, each on one line, without comments."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    return [line.strip() for line in joined.splitlines() if line.strip()]


def _copied(words: list[str]) -> tuple[list[str], list[str]]:
    """The context paths and the stages of one COPY or ADD."""
    stages = [word.split("=", 1)[1] for word in words if word.startswith("--from=")]
    paths = [word for word in words if not word.startswith("--")]
    if any(word.startswith(("<<", "[")) for word in paths):
        raise DevclusterError(f"the form of COPY {' '.join(words)} is not understood here")
    return ([], stages) if stages else (paths[:-1], [])


def _mounted(instruction: str) -> tuple[list[str], list[str]]:
    """The context paths and the stages that bind mounts of one RUN bring in."""
    paths: list[str] = []
    stages: list[str] = []
    for mount in re.findall(r"--mount=(\S+)", instruction):
        pairs = [part.partition("=") for part in mount.split(",")]
        options = {name: value for name, _, value in pairs}
        if options.get("type", "bind") != "bind":
            continue
        if "from" in options:
            stages.append(options["from"])
        else:
            paths.append(options.get("source", options.get("src", ".")))
    return paths, stages


def parse(text: str) -> dict[str, Stage]:
    """The stages of a Dockerfile by name; those without one by their number."""
    stages: dict[str, Stage] = {}
    current = Stage("", "")
    for instruction in _instructions(text):
        verb, _, rest = instruction.partition(" ")
        if verb.upper() == "FROM":
            words = [word for word in rest.split() if not word.startswith("--")]
            name = words[2] if len(words) == 3 else str(len(stages))
            current = stages[name] = Stage(name, words[0])
        elif verb.upper() in ("COPY", "ADD", "RUN"):
            mounts = verb.upper() == "RUN"
            paths, needs = _mounted(rest) if mounts else _copied(rest.split())
            current.sources += paths
            current.needs += needs
    return stages


def sources(text: str, target: str) -> list[str]:
    """The context paths that a target and the stages below it take in."""
    stages = parse(text)
    if target not in stages:
        raise DevclusterError(f"the Dockerfile has no stage {target!r}")
    found: list[str] = []
    waiting, seen = [target], set()
    while waiting:
        name = waiting.pop()
        if name in stages and name not in seen:
            seen.add(name)
            found += stages[name].sources
            waiting += [stages[name].parent, *stages[name].needs]
    return sorted(set(found))


def _files(context: Path, source: str) -> list[Path]:
    """The files that one path of the context stands for."""
    relative = source.lstrip("/") or "."
    matches = [context] if relative == "." else sorted(context.glob(relative.rstrip("/")))
    if not matches:
        raise DevclusterError(f"the Dockerfile copies {source}, which is not there")
    return [file for match in matches for file in _walk(match)]


def _walk(path: Path) -> Iterable[Path]:
    if path.is_file():
        return [path]
    inside = sorted(entry for entry in path.iterdir() if entry.name not in _IGNORED)
    return [file for entry in inside for file in _walk(entry) if file.suffix != ".pyc"]


def digest(context: Path, target: str, parameters: Iterable[str]) -> str:
    """Twelve hexadecimal digits that change with anything that goes into the image.

    ``parameters`` is what else decides the outcome, such as the base image's id.
    """
    dockerfile = (context / "Dockerfile").read_text()
    total = hashlib.sha256("\0".join([target, dockerfile, *parameters]).encode())
    files = {file for source in sources(dockerfile, target) for file in _files(context, source)}
    for file in sorted(files):
        mode = file.stat().st_mode & 0o111
        total.update(f"\0{file.relative_to(context)}\0{mode}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:12]
