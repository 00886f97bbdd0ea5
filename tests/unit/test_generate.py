"""The generated CRDs, schemas and reference."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from matchday_api.generate import __main__ as command
from matchday_api.generate.crd import custom_resource_definition
from matchday_api.generate.files import generated_files, is_current
from matchday_api.generate.kinds import KINDS, Kind

ROOT = Path(__file__).parents[2]
REQUEST, RUN, SCHEDULE = KINDS


def schema(kind: Kind) -> dict[str, Any]:
    """The schema of a kind's objects."""
    version = custom_resource_definition(kind, {})["spec"]["versions"][0]
    found: dict[str, Any] = version["schema"]["openAPIV3Schema"]
    return found


def nodes(node: dict[str, Any], path: str = "", listed: bool = False) -> Iterator[Any]:
    """Every schema node with its path and whether it is inside a list."""
    yield path, node, listed
    for name, inside in node.get("properties", {}).items():
        yield from nodes(inside, f"{path}.{name}", listed)
    if "items" in node:
        yield from nodes(node["items"], f"{path}[]", True)
    if isinstance(node.get("additionalProperties"), dict):
        yield from nodes(node["additionalProperties"], f"{path}{{}}", listed)


ALL = [
    (f"{kind.name}{path}", node, listed)
    for kind in KINDS
    for path, node, listed in nodes(schema(kind))
    if path.startswith((".spec", ".status"))
]
"""Path, schema node and whether it is inside a list, of all three kinds."""


@pytest.mark.parametrize("path", sorted(generated_files()))
def test_generated_files_are_as_the_models_say(path: str) -> None:
    assert is_current(ROOT, path)


def is_bounded(node: dict[str, Any]) -> bool:
    """Whether text, a list or a map has a largest size."""
    if node.get("type") == "string":
        return bool({"maxLength", "enum", "format"} & node.keys())
    if node.get("type") == "array":
        return "maxItems" in node
    fixed = {"properties", "x-kubernetes-preserve-unknown-fields", "maxProperties"} & node.keys()
    return node.get("type") != "object" or bool(fixed)


def test_every_text_list_and_map_is_bounded() -> None:
    assert [path for path, node, _ in ALL if not is_bounded(node)] == []


def test_lists_are_atomic_but_for_conditions() -> None:
    merged = [
        path
        for path, node, _ in ALL
        if node.get("type") == "array" and node["x-kubernetes-list-type"] != "atomic"
    ]
    assert merged == ["ScheduleRequest.status.conditions"]


def test_nothing_inside_a_list_has_a_default() -> None:
    assert [path for path, node, listed in ALL if listed and "default" in node] == []


def test_every_field_is_described() -> None:
    fields = [(path, node) for path, node, _ in ALL if not path.endswith(("[]", "{}"))]
    assert {path.split(".", 1)[1] for path, node in fields if "description" not in node} == set()


def test_a_status_has_no_defaults() -> None:
    found = [p for kind in KINDS for p, n, _ in nodes(schema(kind)["properties"]["status"])
             if "default" in n]  # fmt: skip
    assert found == []


@pytest.mark.parametrize(
    ("path", "default"),
    [
        (".spec.solver", {}),
        (".spec.solver.timeLimitSeconds", 600),
        (".spec.solver.maxRetries", 3),
        (".spec.solver.resources.limits", {"cpu": "2", "memory": "2Gi"}),
        (".spec.completeness", "Required"),
        (".spec.historyLimit", 3),
        (".spec.suspend", False),
        (".spec.ttlSecondsAfterFinished", 86400),
        (".spec.league", None),
        (".spec.league.preferences.clubDays", 100),
    ],
)
def test_defaults_are_those_of_the_contract(path: str, default: Any) -> None:
    found = {p: node for p, node, _ in nodes(schema(REQUEST))}
    assert found[path].get("default") == default


@pytest.mark.parametrize("kind", [RUN, SCHEDULE], ids=lambda kind: kind.name)
def test_what_the_operator_makes_cannot_be_changed(kind: Kind) -> None:
    rules = schema(kind)["properties"]["spec"]["x-kubernetes-validations"]
    assert [rule["rule"] for rule in rules] == ["self == oldSelf"]


def test_columns_are_those_of_the_contract() -> None:
    shown = [column.name for column in REQUEST.columns if not column.wide]
    wide = [column.name for column in REQUEST.columns if column.wide]
    assert shown == ["Phase", "Progress", "Gap", "Quality", "Reason", "Age"]
    assert wide == ["Message", "Job", "Result"]
    assert [column.name for column in SCHEDULE.columns] == [
        "Request", "Games", "Unplaced", "Cost", "Gap", "Quality", "Age",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_helm_keeps_the_crds(kind: Kind) -> None:
    text = generated_files()[f"charts/matchday/templates/crds/{kind.file_name}"]
    _, condition, *lines, end = text.splitlines()
    annotations = yaml.safe_load("\n".join(lines))["metadata"]["annotations"]
    assert annotations == {"helm.sh/resource-policy": "keep"}
    assert (condition, end) == ("{{- if .Values.crds.install }}", "{{- end }}")
    assert "{{" not in "".join(lines)


def test_check_tells_what_differs_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "ROOT", tmp_path)
    assert command.main(["--check"]) == 1
    assert "docs/reference.md is not as the models say" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_what_is_generated_passes_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "ROOT", tmp_path)
    assert command.main([]) == 0
    assert command.main(["--check"]) == 0
