"""The chart as Helm renders it, to look at."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
CHART = ROOT / "charts" / "matchday"
Manifest = dict[str, Any]


class HelmError(AssertionError):
    """Helm refused; the text is its stderr."""


@cache
def helm() -> Path:
    """The helm of the test cluster."""
    command = [sys.executable, "-m", "devcluster", "path"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return Path(done.stdout.strip()) / "helm"


def run_helm(*args: str | Path, values: Manifest | None = None) -> str:
    """The output of a helm command with values; raises HelmError with what it said."""
    done = subprocess.run(
        [helm(), *args, "--values", "-"],
        input=json.dumps(values or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise HelmError(done.stderr)
    return done.stdout


def render(values: Manifest | None = None, release: str = "matchday") -> list[Manifest]:
    """Every object of a release in the namespace matchday-system."""
    text = run_helm("template", release, CHART, "--namespace", "matchday-system", values=values)
    return [document for document in yaml.safe_load_all(text) if document]


def of_kind(objects: list[Manifest], kind: str) -> list[Manifest]:
    """The objects of one kind."""
    return [found for found in objects if found["kind"] == kind]


def one(objects: list[Manifest], kind: str, name: str | None = None) -> Manifest:
    """The only object of a kind, or the one with a name."""
    found = [
        each for each in of_kind(objects, kind) if name is None or each["metadata"]["name"] == name
    ]
    assert len(found) == 1, f"{len(found)} of kind {kind}"
    return found[0]


def environment(objects: list[Manifest]) -> dict[str, str]:
    """The plain environment of the operator's container."""
    pod = one(objects, "Deployment")["spec"]["template"]["spec"]
    entries = pod["containers"][0]["env"]
    return {entry["name"]: entry["value"] for entry in entries if "value" in entry}
