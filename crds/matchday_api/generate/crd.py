"""The CustomResourceDefinition of a kind."""

from matchday_api.generate import cel
from matchday_api.generate.kinds import GROUP, VERSION, Column, Kind
from matchday_api.generate.structural import Json, Structural


def custom_resource_definition(kind: Kind, annotations: Json) -> Json:
    """The CRD as a manifest."""
    metadata: Json = {"name": f"{kind.plural}.{GROUP}"}
    if annotations:
        metadata["annotations"] = annotations
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": metadata,
        "spec": {
            "group": GROUP,
            "names": _names(kind),
            "scope": "Namespaced",
            "versions": [_version(kind)],
        },
    }


def _names(kind: Kind) -> Json:
    names: Json = {
        "kind": kind.name,
        "listKind": f"{kind.name}List",
        "plural": kind.plural,
        "singular": kind.name.lower(),
        "shortNames": [kind.short_name],
    }
    return names | ({"categories": list(kind.categories)} if kind.categories else {})


def _version(kind: Kind) -> Json:
    return {
        "name": VERSION,
        "served": True,
        "storage": True,
        "subresources": {"status": {}},
        "additionalPrinterColumns": [_column(column) for column in kind.columns],
        "schema": {"openAPIV3Schema": _schema(kind)},
    }


def _column(column: Column) -> Json:
    shown: Json = {"name": column.name, "type": column.type, "jsonPath": column.path}
    return shown | ({"priority": 1} if column.wide else {})


def _schema(kind: Kind) -> Json:
    schema: Json = {
        "type": "object",
        "description": kind.description,
        "required": ["spec"],
        "properties": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "metadata": {"type": "object"},
            "spec": Structural(kind.spec, with_defaults=True).schema(),
            "status": Structural(kind.status, with_defaults=False).schema(),
        },
    }
    if kind.name == "ScheduleRequest":
        schema["x-kubernetes-validations"] = cel.REQUEST
    return schema
