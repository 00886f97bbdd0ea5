"""From bytes or plain values to checked models; every fault at once, each with its path."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from matchday_api.base import Model
from matchday_api.bounded import first_faults, require_few_values, too_long
from matchday_api.faults import MANY_FAULTS, Fault, InvalidInput, quoted, size
from matchday_api.league import League
from matchday_api.model_faults import translate, without
from matchday_api.problem import gunzip_bounded
from matchday_api.request import Completeness, ScheduleRequestSpec
from matchday_api.schedule import GROUP_VERSION, ScheduleFile
from matchday_api.validation import league_faults, spec_faults
from matchday_api.validation.dates import EARLIEST, LATEST
from matchday_api.yaml_reader import MAX_DEPTH, MAX_NODES, parse_yaml

MAX_INPUT_BYTES = 16 * 1024 * 1024
"""Largest input that is read, after decompression."""

MAX_SCHEDULE_BYTES = 24 * 1024 * 1024
"""Largest schedule.json that is read, after decompression."""

REQUEST_KIND = "ScheduleRequest"
SCHEDULE_KIND = "Schedule"

_NO_SCHEDULE = Fault("", "is not the content of a schedule.json")
_WRAPPED = Fault(
    "league",
    "a bare league has its keys, such as divisions, at the top of the file; a request has the "
    'league in "spec"',
)
_SCHEDULE = Fault("", "is a schedule; a league is wanted here")
_EMPTY = Fault("", "has no content")
_WHOLE = Fault(
    "spec", "a league alone is wanted here: what is under spec.league of a ScheduleRequest"
)
_FIELDS = ("apiVersion", "kind", "metadata", "spec", "status")
_TOO_DEEP = Fault("", f"is nested more than {MAX_DEPTH} deep")

AnyModel = TypeVar("AnyModel", bound=Model)


def load_yaml(data: bytes | str) -> Any:
    """The plain values of a YAML or JSON document, read as kubectl reads it; gzip is accepted.

    Raises InvalidInput where it is too large, not UTF-8, not one document or ambiguous.
    """
    text = _text(data, MAX_INPUT_BYTES)
    if text.lstrip().startswith("{") and _separators(text) <= MAX_NODES:
        try:
            return _parse_json(text)
        except json.JSONDecodeError:
            return parse_yaml(text)  # a flow map of YAML begins with a brace, too
    return parse_yaml(text)


def read_league(document: object, completeness: Completeness = Completeness.REQUIRED) -> League:
    """The league of a document.

    Raises InvalidInput with all its faults; their paths begin in the league.
    """
    if isinstance(document, dict) and "spec" in document and "divisions" not in document:
        raise InvalidInput([_WHOLE])
    return _checked(League, document, lambda league: league_faults(league, completeness))


def read_spec(document: object) -> ScheduleRequestSpec:
    """The spec of a ScheduleRequest, its league checked where it is given inline.

    Raises InvalidInput with all its faults; their paths begin with `spec`.
    """
    try:
        return _checked(ScheduleRequestSpec, document, spec_faults)
    except InvalidInput as error:
        raise error.under("spec") from error


def read_input(data: bytes, completeness: Completeness | None = None) -> ScheduleRequestSpec:
    """The spec in a file that holds a bare League or a whole ScheduleRequest, as YAML or JSON.

    A bare League gets the defaults of all else. `completeness` replaces the one in the file.
    Raises InvalidInput with all faults, their paths in the file's own keys.
    """
    document = load_yaml(data)
    if document is None:
        raise InvalidInput([_EMPTY])
    if isinstance(document, dict) and document.get("kind") == SCHEDULE_KIND:
        raise InvalidInput([_SCHEDULE])
    if isinstance(document, dict) and ("kind" in document or "spec" in document):
        return _read_request(document, completeness)
    if isinstance(document, dict) and "league" in document and "divisions" not in document:
        raise InvalidInput([_WRAPPED])
    wanted = completeness or Completeness.REQUIRED
    return ScheduleRequestSpec(league=read_league(document, wanted), completeness=wanted)


def read_schedule(data: bytes) -> ScheduleFile:
    """The content of a schedule.json, gzip accepted.

    Raises InvalidInput where it is none.
    """
    text = _text(data, MAX_SCHEDULE_BYTES)
    require_few_values(text.encode())
    try:
        found = ScheduleFile.model_validate_json(text, strict=True, by_name=False, by_alias=True)
    except ValidationError as error:
        if error.error_count() > MANY_FAULTS:
            raise InvalidInput([_NO_SCHEDULE], more=error.error_count()) from None
        if error.errors()[0]["type"] == "json_invalid":
            raise InvalidInput([_NO_SCHEDULE]) from error
        raise InvalidInput(translate(error, ScheduleFile)) from error
    for n, game in enumerate(found.games):
        if not EARLIEST <= game.date <= LATEST:
            message = f"{game.date} is not within {EARLIEST} to {LATEST}"
            raise InvalidInput([Fault(f"games[{n}].date", message)])
    return found


def _read_request(
    document: dict[str, Any], completeness: Completeness | None
) -> ScheduleRequestSpec:
    expected = {"apiVersion": GROUP_VERSION, "kind": REQUEST_KIND}
    wrong = [
        Fault(key, f'must be "{value}" for a request; a bare league has no "kind" and no "spec"')
        for key, value in expected.items()
        if document.get(key) != value
    ]
    known = f"is no field of a request; these are {', '.join(_FIELDS)}"
    unknown = [key for key in document if key not in _FIELDS]
    wrong += [Fault(str(key), known) for key in unknown[:MANY_FAULTS]]
    if wrong:
        raise InvalidInput(wrong)
    body = document.get("spec")
    if completeness is not None and isinstance(body, dict):
        body = {**body, "completeness": completeness}
    return read_spec(body)


def _checked(
    model: type[AnyModel], document: object, judge: Callable[[AnyModel], list[Fault]]
) -> AnyModel:
    """The model of a document without a fault."""
    if found := too_long(model, document):
        raise InvalidInput(found)
    try:
        parsed = _parse(model, document)
    except ValidationError as error:
        if error.error_count() > MANY_FAULTS:
            parse = partial(_parse, model)
            raise first_faults(model, document, parse, error.error_count()) from None
        found = translate(error, model)
        rest = without(document, error)
        raise InvalidInput(found + _judge_rest(model, rest, judge, found)) from error
    if found := judge(parsed):
        raise InvalidInput(found)
    return parsed


def _judge_rest(
    model: type[AnyModel],
    rest: object,
    judge: Callable[[AnyModel], list[Fault]],
    told: list[Fault],
) -> list[Fault]:
    """Faults of what is left without the wrong fields, if that is a model at all."""
    try:
        found = judge(_parse(model, rest))
    except ValidationError:
        return []
    paths = {fault.path for fault in told}
    return [fault for fault in found if fault.path not in paths]


def _parse(model: type[AnyModel], document: object) -> AnyModel:
    """Through JSON, so that exactly what the API server would take is taken."""
    try:
        text = json.dumps(document, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInput([Fault("", f"is not JSON's kind of data: {error}")]) from error
    return model.model_validate_json(text, strict=True, by_name=False, by_alias=True)


def _text(data: bytes | str, limit: int) -> str:
    if isinstance(data, str):
        data = data.encode("utf-8", "replace")
    try:
        if data.startswith(b"\x1f\x8b"):
            data = gunzip_bounded(data, limit)
        if len(data) > limit:
            raise ValueError(f"is larger than {size(limit)}")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput([Fault("", f"is not UTF-8 text: {error.reason}")]) from error
    except ValueError as error:
        raise InvalidInput([Fault("", str(error))]) from error


def _separators(text: str) -> int:
    return text.count(",") + text.count("[") + text.count("{")


def _parse_json(text: str) -> Any:
    try:
        found = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise InvalidInput([_TOO_DEEP]) from error
    except (InvalidInput, json.JSONDecodeError):
        raise
    except ValueError as error:
        raise InvalidInput([Fault("", f"has a number that cannot be read: {error}")]) from error
    if _is_deep(found):
        raise InvalidInput([_TOO_DEEP])
    return found


def _is_deep(document: Any) -> bool:
    """Whether it is nested more than MAX_DEPTH deep, whatever depth this process can parse."""
    level = [document]
    for _ in range(MAX_DEPTH + 1):
        maps = [child for node in level if isinstance(node, dict) for child in node.values()]
        lists = [child for node in level if isinstance(node, list) for child in node]
        level = maps + lists
        if not level:
            return False
    return True


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise InvalidInput([Fault("", f"key {quoted(key)} is given twice")])
        values[key] = value
    return values


def _refuse_constant(name: str) -> Any:
    raise InvalidInput([Fault("", f"{name} is not a number that JSON knows")])
