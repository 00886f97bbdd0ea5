"""Bounds on what a hostile text may cost, beyond its length.

A few bytes can become an object or a fault of a kilobyte: `[{},{},...]` for a list of teams has two
faults for every three bytes. So lists that are too long are told before anything else, and of very
many faults only the first are worked out.
"""

from collections.abc import Callable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from matchday_api.faults import MANY_FAULTS, Fault, InvalidInput
from matchday_api.model_faults import is_model, translate, unwrapped
from matchday_api.yaml_reader import MAX_NODES

LONGEST = 65_536
"""No list of the contract is longer."""

MAX_KEYS = 400
"""Keys of a map that are looked at where there are very many faults; no map needs more."""


def require_few_values(text: bytes) -> None:
    """Raises InvalidInput where JSON has more than MAX_NODES values, at a glance."""
    if sum(map(text.count, (b",", b"[", b"{"))) > MAX_NODES:
        raise InvalidInput([Fault("", f"has more than {MAX_NODES} values")])


def too_long(model: type[BaseModel], document: object, path: str = "") -> list[Fault]:
    """A fault for each list that has more entries than its field may have."""
    if not isinstance(document, dict):
        return []
    found = []
    for name, field in model.model_fields.items():
        value, where = document.get(field.alias or name), f"{path}{field.alias or name}"
        found += _too_long(field, value, where)
    return found


def _too_long(field: Any, value: object, path: str) -> list[Fault]:
    inner = unwrapped(field.annotation)
    if is_model(inner):
        return too_long(inner, value, f"{path}.")
    if not isinstance(value, list):
        return []
    most = _most(field.metadata, field.annotation)
    if most is not None and len(value) > most:
        return [Fault(path, f"must have at most {most} entries, not {len(value)}")]
    entry = unwrapped(get_args(inner)[0]) if get_args(inner) else None
    if not is_model(entry):
        return []
    return [f for n, each in enumerate(value) for f in too_long(entry, each, f"{path}[{n}].")]


def _most(metadata: Any, annotation: Any) -> int | None:
    """The longest that a list may be; the bound may be inside `Annotated[...] | None`."""
    inside = (getattr(part, "__metadata__", ()) for part in (annotation, *get_args(annotation)))
    found = (_bound(each) for group in (metadata, *inside) for each in group)
    return next((most for most in found if most is not None), None)


def _bound(constraint: Any) -> int | None:
    """The `max_length` of a constraint, or of those in a pydantic field."""
    most: int | None = getattr(constraint, "max_length", None)
    inside = (_bound(each) for each in getattr(constraint, "metadata", ()))
    return most if most is not None else next((each for each in inside if each is not None), None)


def first_faults(
    model: type[BaseModel], document: object, parse: Callable[[object], object], count: int
) -> InvalidInput:
    """The first of very many faults: those of a copy with lists so short that few are left."""
    faults: list[Fault] = []
    low, high = 1, LONGEST
    while high - low > 1:
        middle = (low + high) // 2
        try:
            parse(shortened(document, middle))
        except ValidationError as error:
            if error.error_count() > MANY_FAULTS:
                high = middle
                continue
            faults = translate(error, model)
        low = middle
    told = faults or [Fault("", "has too many faults in one place to list them")]
    return InvalidInput(told, more=max(0, count - len(told)))


def shortened(document: Any, entries: int) -> Any:
    """A copy whose lists and maps are cut to their first entries."""
    if isinstance(document, list):
        return [shortened(each, entries) for each in document[:entries]]
    if isinstance(document, dict):
        kept = list(document.items())[:MAX_KEYS]
        return {key: shortened(value, entries) for key, value in kept}
    return document
