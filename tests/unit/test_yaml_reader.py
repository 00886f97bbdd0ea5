"""YAML is read as kubectl reads it, and hostile documents are refused."""

import json
import sys
import time
from typing import Any

import pytest

from matchday_api import yaml_reader
from matchday_api.faults import InvalidInput
from matchday_api.read import load_yaml


@pytest.mark.parametrize(
    "text",
    ["17:00", "9:00", "2026-01-10", "1:30:00", "08:00:00Z", "0x", "1.2.3", "12e", "yEs", "A"],
)
def test_times_dates_and_words_are_text(text: str) -> None:
    assert load_yaml(f"a: {text}") == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("007", 7), ("0o17", 15), ("0x1F", 31), ("0b101", 5), ("-12", -12), ("1_000", 1000),
        ("1e3", 1000), ("08", 8), ("1.50", 1.5), (".5", 0.5), ("+1", 1),
    ],
)  # fmt: skip
def test_numbers_are_those_of_kubectl(text: str, value: float) -> None:
    assert load_yaml(f"a: {text}") == {"a": value}


@pytest.mark.parametrize("text", ["y", "Yes", "on", "TRUE", "true"])
def test_words_for_true(text: str) -> None:
    assert load_yaml(f"a: {text}") == {"a": True}


@pytest.mark.parametrize("text", ["n", "No", "OFF", "false"])
def test_words_for_false(text: str) -> None:
    assert load_yaml(f"a: {text}") == {"a": False}


@pytest.mark.parametrize("text", ["", "~", "null", "Null"])
def test_words_for_nothing(text: str) -> None:
    assert load_yaml(f"a: {text}") == {"a": None}


@pytest.mark.parametrize("text", ['"Yes"', "'007'", "!!str 1e3", "! on"])
def test_quoted_and_tagged_scalars_are_text(text: str) -> None:
    assert isinstance(load_yaml(f"a: {text}")["a"], str)


def test_keys_are_text() -> None:
    document = load_yaml("{2026-01-10: 1, 7: 2, on: 3}")
    assert document == {"2026-01-10": 1, "7": 2, "true": 3}


def test_anchors_and_merges_are_followed() -> None:
    document = load_yaml("base: &b {a: 1, b: 2}\nmore: {<<: *b, b: 3}\n")
    assert document["more"] == {"a": 1, "b": 3}


def test_json_is_read_too() -> None:
    assert load_yaml('{"a": ["\\u00e9\\/", 1.0e1, true]}') == {"a": ["é/", 10.0, True]}


def test_a_flow_map_is_not_taken_for_json() -> None:
    assert load_yaml("{a: b}") == {"a": "b"}


def test_empty_documents_beside_the_one_are_skipped() -> None:
    assert load_yaml("---\n---\na: 1\n---\n# nothing\n") == {"a": 1}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\n---\na: 2\n", "2 documents"),
        ("a: 1\na: 2\n", 'key "a" is given twice'),
        ('{"a": 1, "a": 2}', 'key "a" is given twice'),
        ("a: [1\n", "is not YAML"),
        ("a: *gone\n", "gone"),
        ("a: !!python/object:os.system x\n", "is not supported"),
        ("a: !!python/tuple [x]\n", "is not supported"),
        ("a: .nan\n", "not a number that JSON knows"),
        ('{"a": NaN}', "not a number that JSON knows"),
        ("[a]: 1\n", "a key must be text"),
        ("[" * 100, "nested more than 64 deep"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "deep"),
    ],
)
def test_what_is_ambiguous_or_dangerous_is_refused(text: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        load_yaml(text)
    assert words in str(refused.value)


def test_deep_json_is_refused_by_a_process_that_could_parse_it() -> None:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(50_000)
    try:
        with pytest.raises(InvalidInput, match="deep"):
            load_yaml('{"a":' * 100 + "1" + "}" * 100)
    finally:
        sys.setrecursionlimit(before)


def test_a_key_given_twice_among_very_many_is_found_at_once() -> None:
    text = json.dumps({f"k{n}": 0 for n in range(200_000)})[:-1] + ', "k199999": 1}'
    begun = time.process_time()
    with pytest.raises(InvalidInput, match='"k199999" is given twice'):
        load_yaml(text)
    assert time.process_time() - begun < 20


def test_very_many_merges_into_a_large_map_take_no_time() -> None:
    keys = "".join(f"  k{n}: 0\n" for n in range(50_000))
    merges = ", ".join(["*a"] * 100_000)
    begun = time.process_time()
    found = load_yaml(f"a: &a {{x: 1}}\nb:\n  <<: [{merges}]\n{keys}")
    assert found["b"]["x"] == 1
    assert time.process_time() - begun < 20


def test_the_line_of_a_fault_is_told() -> None:
    with pytest.raises(InvalidInput) as refused:
        load_yaml("a: 1\nb: 2\na: 3\n")
    assert refused.value.faults[0].path == "line 3"


def bomb(levels: int) -> str:
    """Nine times nine times ... of one value."""
    lines = ["a0: &a0 [x]"]
    for level in range(1, levels):
        aliases = ", ".join([f"*a{level - 1}"] * 9)
        lines.append(f"a{level}: &a{level} [{aliases}]")
    return "\n".join(lines)


def test_a_bomb_of_aliases_is_refused() -> None:
    with pytest.raises(InvalidInput, match="more than 500000 values"):
        load_yaml(bomb(10))


def test_documents_with_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "MAX_NODES", 10)
    assert len(load_yaml("[1,1,1,1,1,1,1,1,1]")) == 9
    with pytest.raises(InvalidInput):
        load_yaml("[1,1,1,1,1,1,1,1,1,1]")


@pytest.mark.parametrize("document", [{"a": [1, {"b": None}]}, [], "text", 5, None])
def test_what_kubectl_would_send_comes_back(document: Any) -> None:
    import yaml

    assert load_yaml(yaml.safe_dump(document)) == document
