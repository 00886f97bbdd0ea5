"""From the JSON Schema of a model to the structural schema that a CRD takes."""

from typing import Any

from matchday_api.base import Model
from matchday_api.generate import cel

Json = dict[str, Any]

_KEPT = (
    "type", "format", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength",
    "minItems", "maxItems", "maxProperties", "required", "description",
)  # fmt: skip
_FREE_FORM = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
_INT_OR_STRING = "x-kubernetes-int-or-string"


class Structural:
    """Inlines references and says of every list and map how it merges."""

    def __init__(self, model: type[Model], with_defaults: bool) -> None:
        schema = model.model_json_schema(by_alias=True)
        self._definitions: Json = schema.pop("$defs", {})
        self._with_defaults = with_defaults
        self._schema = schema

    def schema(self) -> Json:
        """The structural schema of the model."""
        return self._convert(self._schema, self._with_defaults)

    def _convert(self, node: Json, defaults: bool) -> Json:
        node = self._resolved(node)
        if _is_quantity(node):
            return _quantity(node)
        found = {key: node[key] for key in _KEPT if key in node}
        if node.get("type") == "object":
            found |= self._object(node, defaults)
        if node.get("type") == "array":
            found |= self._array(node)
        if defaults and (default := self._default(node, found)) is not None:
            found["default"] = default
        return found

    def _resolved(self, node: Json) -> Json:
        """The node behind a reference or `X | None`, with the outer description and default."""
        outer = {key: node[key] for key in ("description", "default") if key in node}
        if "anyOf" in node:
            node = next(n for n in node["anyOf"] if n.get("type") != "null")
        if "$ref" in node:
            node = self._definitions[node["$ref"].rsplit("/", 1)[-1]]
        return self._resolved(node) | outer if "anyOf" in node or "$ref" in node else node | outer

    def _object(self, node: Json, defaults: bool) -> Json:
        if "properties" in node:
            properties = node["properties"].items()
            rules = cel.OF_MODELS.get(node["title"])
            checked: Json = {"x-kubernetes-validations": rules} if rules else {}
            return {"properties": {k: self._convert(n, defaults) for k, n in properties}} | checked
        values = node.get("additionalProperties")
        if not isinstance(values, dict):
            return _FREE_FORM
        return {"additionalProperties": self._convert(values, False)}

    def _array(self, node: Json) -> Json:
        if "prefixItems" in node:
            items = self._convert(node["prefixItems"][0], False)
            return {
                "items": items,
                "x-kubernetes-list-type": "atomic",
                "x-kubernetes-validations": cel.PAIR,
            }
        items = self._convert(node["items"], False)
        if "lastTransitionTime" in items.get("properties", {}):
            keyed: Json = {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["type"]}
            return {"items": items, **keyed}
        return {"items": items, "x-kubernetes-list-type": "atomic"}

    def _default(self, node: Json, found: Json) -> Any:
        """A scalar's or map's default; `{}` for a record that has defaults inside."""
        default = node.get("default")
        if default in (None, [], {}) and "properties" not in found:
            return None
        if "properties" not in found:
            return default
        inside = any("default" in prop for prop in found["properties"].values())
        return {} if "default" in node and default is not None and inside else None


def _is_quantity(node: Json) -> bool:
    return str(node.get("pattern", "")).endswith("(m|k|Ki|M|Mi|G|Gi|T|Ti)?$")


def _quantity(node: Json) -> Json:
    """`cpu: 2` and `cpu: "2"` are both usual."""
    return {
        _INT_OR_STRING: True,
        "anyOf": [{"type": "integer"}, {"type": "string"}],
        "pattern": node["pattern"],
        "maxLength": node["maxLength"],
    }
