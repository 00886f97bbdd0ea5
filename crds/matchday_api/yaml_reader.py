"""YAML as kubectl reads it (sigs.k8s.io/yaml), bounded against hostile documents.

Dates and times of day stay text, `Yes` and `on` are booleans, `1e3` and `007` are numbers. A key
that is given twice is an error, as is a tag of another type than YAML's own scalars, and whatever
JSON cannot say. The document is built from libyaml's events, so neither depth nor aliases can
exhaust the stack or the memory.
"""

import json
import re
from typing import Any

import yaml

from matchday_api.faults import Fault, InvalidInput, quoted

MAX_DEPTH = 64
"""Deepest nesting of lists and maps."""

MAX_NODES = 500_000
"""Most values in a document, with those that aliases repeat."""

_TRUE = ("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON")
_FALSE = ("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")
_NULL = ("", "~", "null", "Null", "NULL")
_WORDS = {
    **dict.fromkeys(_TRUE, True),
    **dict.fromkeys(_FALSE, False),
    **dict.fromkeys(_NULL),
}
_ENDLESS = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_INTEGER = re.compile(
    r"[-+]?(?:0[xX](?P<hex>[0-9a-fA-F]+)|0[bB](?P<bin>[01]+)|0[oO]?(?P<oct>[0-7]+)"
    r"|(?P<dec>0|[1-9][0-9]*))"
)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_BASES = {"hex": 16, "bin": 2, "oct": 8, "dec": 10}
_STRING_TAGS = {"!", "tag:yaml.org,2002:str"}
_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("bool", "int", "float", "null")}
_MERGE = "<<"


def parse_yaml(text: str) -> Any:
    """The one document of a text; None where it is empty.

    Raises InvalidInput where it is not YAML, not JSON's kind of data, or too large.
    """
    documents = [d for d in _documents(text) if d is not None]
    if len(documents) > 1:
        raise _invalid(f"has {len(documents)} documents; give one only")
    return documents[0] if documents else None


def _documents(text: str) -> list[Any]:
    loader = yaml.CSafeLoader(text)
    try:
        return _Builder(loader).stream()
    except yaml.YAMLError as error:
        raise _invalid(f"is not YAML: {_one_line(str(error))}") from error
    finally:
        loader.dispose()


def _one_line(text: str) -> str:
    return " ".join(text.replace('in "<unicode string>", ', "at ").split())[:300]


def _invalid(message: str, event: yaml.Event | None = None) -> InvalidInput:
    mark = getattr(event, "start_mark", None)
    where = f"line {mark.line + 1}" if mark is not None else ""
    return InvalidInput([Fault(where, message)])


class _Builder:
    """Builds plain values from a stream of events."""

    def __init__(self, loader: yaml.CSafeLoader) -> None:
        self._next = loader.get_event
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._nodes = 0
        self._depth = 0

    def stream(self) -> list[Any]:
        documents = []
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                self._anchors.clear()
                documents.append(self._value(self._next()))
        return documents

    def _value(self, event: Any) -> Any:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        before = self._nodes
        self._count(1, event)
        is_scalar = isinstance(event, yaml.ScalarEvent)
        value = _scalar(event) if is_scalar else self._collection(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, self._nodes - before)
        return value

    def _count(self, nodes: int, event: Any) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            raise _invalid(f"has more than {MAX_NODES} values, aliases included", event)

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            raise _invalid(f"alias {quoted(event.anchor)} has no anchor before it", event)
        value, nodes = self._anchors[event.anchor]
        self._count(nodes, event)
        return value

    def _collection(self, event: Any) -> Any:
        if event.tag not in (None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"):
            raise _invalid(f"tag {quoted(event.tag)} is not supported", event)
        if self._depth >= MAX_DEPTH:
            raise _invalid(f"is nested more than {MAX_DEPTH} deep", event)
        self._depth += 1
        build = self._list if isinstance(event, yaml.SequenceStartEvent) else self._map
        value = build()
        self._depth -= 1
        return value

    def _list(self) -> list[Any]:
        values = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            values.append(self._value(event))
        return values

    def _map(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        merged: list[dict[str, Any]] = []
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event)
            value = self._value(self._next())
            if key == _MERGE and _is_plain(event):
                merged += _merge_sources(value, event)
            elif key in values:
                raise _invalid(f"key {quoted(key)} is given twice", event)
            else:
                values[key] = value
        for source in merged:
            for key, value in source.items():
                values.setdefault(key, value)
        return values

    def _key(self, event: Any) -> str:
        key = self._value(event)
        if isinstance(key, str):
            return key
        if isinstance(key, list | dict):
            raise _invalid("a key must be text", event)
        return json.dumps(key)


def _merge_sources(value: Any, event: Any) -> list[dict[str, Any]]:
    """The maps that `<<` takes in; the first given wins."""
    sources = value if isinstance(value, list) else [value]
    if not all(isinstance(source, dict) for source in sources):
        raise _invalid("<< takes a map or a list of maps", event)
    return sources


def _is_plain(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style and event.tag is None


def _scalar(event: yaml.ScalarEvent) -> Any:
    tag: str | None = event.tag
    text: str = event.value
    if tag in _STRING_TAGS or (tag is None and event.style):
        return text
    if tag is not None and tag not in _PLAIN_TAGS:
        raise _invalid(f"tag {quoted(tag)} is not supported", event)
    if _ENDLESS.fullmatch(text):
        raise _invalid(f"{text} is not a number that JSON knows", event)
    return plain_scalar(text)


def plain_scalar(text: str) -> str | bool | int | float | None:
    """What an unquoted scalar stands for."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "+-.0123456789":
        return _number(text)
    return text


def _number(text: str) -> str | int | float:
    plain = text.replace("_", "") if text[0] != "." else text
    if len(plain) > 40:
        return text
    if found := _INTEGER.fullmatch(plain):
        kind, digits = next((k, d) for k, d in found.groupdict().items() if d is not None)
        return int(digits, _BASES[kind]) * (-1 if plain[0] == "-" else 1)
    if _FLOAT.fullmatch(plain) and abs(value := float(plain)) != float("inf"):
        return int(value) if value.is_integer() and abs(value) < 1e21 else value
    return text
