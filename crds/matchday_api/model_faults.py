"""From pydantic's errors to faults in the words of the contract."""

import json
import re
from collections.abc import Callable, Sequence
from enum import Enum
from types import UnionType
from typing import Any, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from matchday_api.faults import Fault, counted, quoted, suggestion

Location = Sequence[int | str]

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def translate(error: ValidationError, model: type[BaseModel]) -> list[Fault]:
    """The faults of a document that is not an instance of the model."""
    return [_fault(detail, model) for detail in _details(error)]


def without(document: Any, error: ValidationError) -> Any:
    """A copy of a document that lacks the fields with faults.

    A fault inside a list takes the whole list away, so that no position changes.
    """
    copy = json.loads(json.dumps(document))
    for detail in _details(error):
        parts = _location(detail)
        while parts and isinstance(parts[-1], int):
            parts.pop()
        holder = copy
        for part in parts[:-1]:
            holder = _inside(holder, part)
        if parts and isinstance(holder, dict):
            holder.pop(parts[-1], None)
    return copy


def _details(error: ValidationError) -> list[dict[str, Any]]:
    """The error's details, without lists that are too short only for their faulty entries."""
    details: list[dict[str, Any]] = [dict(detail) for detail in error.errors(include_url=False)]
    inside = {detail["loc"][:n] for detail in details for n in range(len(detail["loc"]))}
    return [d for d in details if not (d["type"] == "too_short" and d["loc"] in inside)]


def _location(detail: dict[str, Any]) -> list[int | str]:
    """Where it is; pydantic marks the key of a map."""
    return [part for part in detail["loc"] if part != "[key]"]


def _inside(holder: Any, part: int | str) -> Any:
    if isinstance(holder, dict):
        return holder.get(part)
    is_there = isinstance(holder, list) and isinstance(part, int) and part < len(holder)
    return holder[part] if is_there else None


def path_of(location: Location) -> str:
    """A location such as ("teams", 17, "division") as `teams[17].division`."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        elif _PLAIN_KEY.fullmatch(part):
            path += f".{part[:100]}" if path else part[:100]
        else:
            path += f"[{part[:100]}]"
    return path


def _fault(detail: dict[str, Any], model: type[BaseModel]) -> Fault:
    location = _location(detail)
    if detail["type"] == "extra_forbidden":
        known = field_names(model, location[:-1])
        return Fault(path_of(location), f"unknown field{suggestion(str(location[-1]), known)}")
    return Fault(path_of(location), message_of(detail))


def message_of(detail: dict[str, Any]) -> str:
    """What is wrong and what would be right, from one of pydantic's error details."""
    speak = _MESSAGES.get(detail["type"])
    context = detail.get("ctx", {})
    return speak(detail["input"], context) if speak else str(detail["msg"])


def field_names(model: type[BaseModel], location: Location) -> list[str]:
    """The keys of the model at a location inside another."""
    here: Any = model
    for part in location:
        here = _step(here, part)
    return [f.alias or name for name, f in here.model_fields.items()] if is_model(here) else []


def _step(annotation: Any, part: int | str) -> Any:
    if isinstance(part, int):
        return unwrapped(get_args(annotation)[0]) if get_args(annotation) else None
    if not is_model(annotation):
        return None
    found = [f for name, f in annotation.model_fields.items() if part in (f.alias, name)]
    return unwrapped(found[0].annotation) if found else None


def unwrapped(annotation: Any) -> Any:
    """The type behind `X | None` and Annotated."""
    while True:
        if hasattr(annotation, "__metadata__"):
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(a for a in get_args(annotation) if a is not type(None))
        else:
            return annotation


def is_model(annotation: Any) -> TypeGuard[type[BaseModel]]:
    """Whether a type is one of the contract's models."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _seen(value: Any) -> str:
    """A wrong value in a few words."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "a map"
    return quoted(value) if isinstance(value, str | Enum) else str(value)[:100]


def _not(wanted: str) -> Callable[[Any, dict[str, Any]], str]:
    return lambda value, _: f"must be {wanted}, not {_seen(value)}"


def _bound(words: str, key: str) -> Callable[[Any, dict[str, Any]], str]:
    return lambda value, context: f"must be {words} {context[key]}, not {_seen(value)}"


def _length(words: str, key: str, *unit: str) -> Callable[[Any, dict[str, Any]], str]:
    return lambda _, context: f"must have {words} {counted(context[key], *unit)}"


def _choice(value: Any, context: dict[str, Any]) -> str:
    known = re.findall(r"'([^']*)'", context["expected"])
    return f"must be one of {', '.join(known)}, not {_seen(value)}" + (
        suggestion(value, known) if isinstance(value, str) else ""
    )


def _pattern(value: Any, context: dict[str, Any]) -> str:
    return f"{_seen(value)} does not match {context['pattern']}"


_MESSAGES: dict[str, Callable[[Any, dict[str, Any]], str]] = {
    "missing": lambda *_: "is missing",
    "string_type": _not("text"),
    "int_type": _not("a whole number"),
    "int_parsing": _not("a whole number"),
    "int_from_float": _not("a whole number"),
    "float_type": _not("a number"),
    "float_parsing": _not("a number"),
    "finite_number": _not("a finite number"),
    "bool_type": _not("true or false"),
    "bool_parsing": _not("true or false"),
    "tuple_type": _not("a list"),
    "dict_type": _not("a map"),
    "model_type": _not("a map"),
    "model_attributes_type": _not("a map"),
    "greater_than": _bound("above", "gt"),
    "greater_than_equal": _bound("at least", "ge"),
    "less_than": _bound("below", "lt"),
    "less_than_equal": _bound("at most", "le"),
    "string_too_short": _length("at least", "min_length", "character"),
    "string_too_long": _length("at most", "max_length", "character"),
    "too_short": _length("at least", "min_length", "entry", "entries"),
    "too_long": _length("at most", "max_length", "entry", "entries"),
    "enum": _choice,
    "literal_error": _choice,
    "string_pattern_mismatch": _pattern,
    "value_error": lambda _, context: str(context["error"]),
}
