"""What all models of the contract share: strict camelCase models and bounded field types."""

import json
import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from matchday_api.faults import MAX_QUOTED, quoted

TIME_PATTERN = "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"
"""A time of day as users may write it."""

DATE_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

MAX_NAME = 100
"""Longest name of a team, venue, club, division, coach or region, in characters."""


class Model(BaseModel):
    """A frozen record whose YAML keys are camelCase; an unknown key is an error."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
    )

    def to_json(self) -> dict[str, Any]:
        """The record as JSON values under its YAML keys, without what was left at its default."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _seen(value: object) -> str:
    """A wrong value for a message."""
    return quoted(value) if isinstance(value, str) else json.dumps(value, default=str)[:MAX_QUOTED]


def _time_text(value: object) -> object:
    """Accept 9:00 for 09:00."""
    if not isinstance(value, str) or not re.fullmatch(TIME_PATTERN, value):
        raise ValueError(f"must be a time of day as HH:MM, not {_seen(value)}")
    return value.rjust(5, "0")


def _is_text(value: object) -> object:
    if isinstance(value, bool | int | float):
        raise ValueError(f"must be text, but is read as {json.dumps(value)}; put quotes around it")
    return value


def _one_line(value: str) -> str:
    if value != value.strip() or not value.isprintable():
        raise ValueError("must be one line of printable text without spaces around it")
    return value


def _date_text(value: object) -> object:
    """Only YYYY-MM-DD: pydantic alone would also take numbers and times as dates."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(DATE_PATTERN, value):
        raise ValueError(f"must be a date as YYYY-MM-DD, not {_seen(value)}")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f'"{value}" is no date: {error}') from error


Name = Annotated[
    str,
    Field(min_length=1, max_length=MAX_NAME),
    AfterValidator(_one_line),
    BeforeValidator(_is_text),
]
"""A name as users read it; the key by which others refer to it."""

TimeOfDay = Annotated[str, Field(pattern=TIME_PATTERN, max_length=5), BeforeValidator(_time_text)]
"""A local time of day as HH:MM; H:MM is accepted and padded."""

EndOfGame = Annotated[str, Field(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", max_length=5)]
"""A local time of day as HH:MM, up to 24:00."""

Day = Annotated[date, BeforeValidator(_date_text)]
"""A calendar date, written YYYY-MM-DD."""

Weight = Annotated[int, Field(ge=0, le=1_000_000)]
"""The cost of one unit of a preference; 0 switches it off."""


def minutes(time: str) -> int:
    """Minutes from midnight of a time of day as HH:MM."""
    return int(time[:2]) * 60 + int(time[3:])


def clock(minute: int) -> str:
    """The time of day HH:MM that is so many minutes (0..1440) after midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
