"""The objects besides the request that an input is read from."""

import base64
import binascii
from dataclasses import dataclass

from matchday_api.request import ConfigMapKey, ScheduleRequestSpec
from matchday_operator.kinds import CONFIG_MAP, SCHEDULE, Kind
from matchday_operator.records import Json


class InputMissing(Exception):
    """Something that the request refers to is not there yet; the message says what."""


@dataclass(frozen=True)
class Source:
    """A reference of a request to another object of its namespace."""

    kind: Kind
    name: str
    path: str
    """Where in the request it is referred to."""
    key: str = ""
    """Key of a ConfigMap."""

    def not_found(self, namespace: str) -> InputMissing:
        """The object does not exist."""
        return InputMissing(
            f"{self.path}: there is no {self.kind.name} {self.name} in namespace {namespace};"
            " waiting for it"
        )


def league_source(spec: ScheduleRequestSpec) -> Source | None:
    """Where the league is, if not in the request."""
    if spec.league_from is None:
        return None
    return _config_map(spec.league_from.config_map_key_ref, "spec.leagueFrom.configMapKeyRef")


def earlier_source(spec: ScheduleRequestSpec) -> Source | None:
    """Where the schedule to repair is, if there is one."""
    if spec.changes is None:
        return None
    origin = spec.changes.from_
    if origin.schedule_ref is not None:
        return Source(SCHEDULE, origin.schedule_ref.name, "spec.changes.from.scheduleRef")
    if origin.config_map_key_ref is not None:
        return _config_map(origin.config_map_key_ref, "spec.changes.from.configMapKeyRef")
    return None


def sources(spec: ScheduleRequestSpec) -> list[Source]:
    """All objects that the input is read from."""
    return [each for each in (league_source(spec), earlier_source(spec)) if each is not None]


def content(source: Source, body: Json) -> bytes:
    """The text that a source refers to, gzipped or not.

    Raises InputMissing where the object does not hold it (yet).
    """
    return _of_config_map(source, body) if source.kind == CONFIG_MAP else _of_schedule(source, body)


def _config_map(reference: ConfigMapKey, path: str) -> Source:
    return Source(CONFIG_MAP, reference.name, path, reference.key)


def _of_config_map(source: Source, body: Json) -> bytes:
    text = (body.get("data") or {}).get(source.key)
    if text is not None:
        return str(text).encode("utf-8", "replace")
    coded = (body.get("binaryData") or {}).get(source.key)
    if coded is not None:
        return base64.b64decode(coded)
    keys = sorted([*(body.get("data") or {}), *(body.get("binaryData") or {})])
    raise InputMissing(
        f"{source.path}: ConfigMap {source.name} has no key {source.key}; it has"
        f" {', '.join(keys[:20]) or 'none'}"
    )


def _of_schedule(source: Source, body: Json) -> bytes:
    coded = (body.get("status") or {}).get("compressed")
    if not coded:
        raise InputMissing(f"{source.path}: Schedule {source.name} holds no schedule yet")
    try:
        return base64.b64decode(coded, validate=True)
    except binascii.Error as error:
        raise InputMissing(f"{source.path}: Schedule {source.name} is damaged: {error}") from error
