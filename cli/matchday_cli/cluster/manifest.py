"""The ScheduleRequest that `submit` applies, from a league or a request as its user wrote it."""

import re
from pathlib import Path
from typing import Any

from matchday_api.schedule import GROUP_VERSION
from matchday_api.status import ExitCode
from matchday_cli.cluster.api import Json
from matchday_cli.errors import CliError

KIND = "ScheduleRequest"
NAME = re.compile(r"[a-z0-9]([-a-z0-9]{0,46}[a-z0-9])?")
"""Names that a request may have: at most 48 characters, no dots."""

KEPT = ("name", "namespace", "labels", "annotations")
"""Metadata that users set; a request read from a cluster has more."""


def make_manifest(document: Json, name: str | None, settings: dict[str, Any], file: Path) -> Json:
    """The manifest of a valid document, a bare League or a whole ScheduleRequest.

    `settings` replaces values of the spec. Raises CliError where there is no good name.
    """
    whole = "spec" in document
    metadata = {key: document["metadata"][key] for key in KEPT if key in _metadata(document)}
    spec = dict(document["spec"]) if whole else {"league": document}
    metadata["name"] = _name(name or metadata.get("name"), file)
    return {
        "apiVersion": GROUP_VERSION,
        "kind": KIND,
        "metadata": metadata,
        "spec": _merged(spec, settings),
    }


def check_namespace(manifest: Json, given: str | None) -> None:
    """Refuse a file for another namespace than the one that -n names."""
    own = manifest["metadata"].get("namespace")
    if given and own and own != given:
        raise CliError(
            f'metadata.namespace: is "{own}", but -n says "{given}"; give the same, or only one',
            ExitCode.INVALID_INPUT,
        )


def _metadata(document: Json) -> Json:
    found = document.get("metadata") if "spec" in document else None
    return found if isinstance(found, dict) else {}


def _name(name: object, file: Path) -> str:
    """The given name, or the file's: `leagues/Winter 2026.yaml` makes `winter-2026`."""
    if name is None:
        stem = file.name.partition(".")[0].lower()
        name = "-".join(re.findall("[a-z0-9]+", stem))[:48].strip("-")
        if not name:
            raise CliError("the request needs a name: give --name", ExitCode.INVALID_INPUT)
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise CliError(
            f'the name "{name}" must be at most 48 lower-case letters, digits and hyphens, with '
            "a letter or digit at both ends: give --name",
            ExitCode.INVALID_INPUT,
        )
    return name


def _merged(spec: Json, settings: dict[str, Any]) -> Json:
    """The spec with some values replaced, maps merged."""
    merged = dict(spec)
    for key, value in settings.items():
        old = merged.get(key)
        both = isinstance(value, dict) and isinstance(old, dict)
        merged[key] = {**old, **value} if both and isinstance(old, dict) else value
    return merged
