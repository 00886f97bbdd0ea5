"""JSON Schemas for editors and other programs."""

import json

from pydantic import ConfigDict, Field

from matchday_api.base import Model
from matchday_api.generate.kinds import GROUP, VERSION
from matchday_api.generate.structural import Json
from matchday_api.league import League
from matchday_api.request import ScheduleRequestSpec
from matchday_api.schedule import ScheduleFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Metadata(Model):
    """Kubernetes metadata; other fields are as Kubernetes defines them."""

    model_config = ConfigDict(extra="allow")

    name: str = Field(max_length=48, pattern="^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")


class _ScheduleRequest(Model):
    """A league to schedule, or an earlier schedule to repair."""

    api_version: str = Field(json_schema_extra={"const": f"{GROUP}/{VERSION}"})
    kind: str = Field(json_schema_extra={"const": "ScheduleRequest"})
    metadata: _Metadata
    spec: ScheduleRequestSpec


SCHEMAS: dict[str, tuple[str, type[Model]]] = {
    "league.json": ("League", League),
    "schedulerequest.json": ("ScheduleRequest", _ScheduleRequest),
    "schedule.json": ("Schedule", ScheduleFile),
}
"""Title and model of every schema, by the name of its file."""


def schema_text(name: str) -> str:
    """The text of a schema's file."""
    title, model = SCHEMAS[name]
    schema: Json = model.model_json_schema(by_alias=True)
    schema = {"$schema": DIALECT, **schema, "title": title}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
