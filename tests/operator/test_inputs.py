"""From a request to its problem: every way in which a league can come, and its faults."""

import base64
import gzip
import json
from typing import Any

import pytest

from matchday_api.faults import InvalidInput
from matchday_api.problem import unpack_problem
from matchday_operator.inputs.parse import Text, parse
from matchday_operator.inputs.sources import (
    InputMissing,
    Source,
    content,
    earlier_source,
    league_source,
    sources,
)
from matchday_operator.kinds import CONFIG_MAP, SCHEDULE
from tests.operator.builders import DIGEST, LEAGUE, body, request
from tests.operator.schedules import schedule, status

MAP = Source(CONFIG_MAP, "late", "spec.leagueFrom.configMapKeyRef", "league.yaml")
FROM_MAP = {"league": None, "leagueFrom": {"configMapKeyRef": {"name": "late"}}}
EARLIER = {"changes": {"from": {"scheduleRef": {"name": "old"}}, "frozenBefore": "2026-01-12"}}
OLD = Source(SCHEDULE, "old", "spec.changes.from.scheduleRef")


def digest(spec: dict[str, Any] | None = None, league: Text | None = None, **meta: Any) -> str:
    """The digest of a request's input."""
    return parse(body(spec, **meta), league, None).digest


def test_the_league_may_be_in_the_request_or_in_a_config_map() -> None:
    text = json.dumps(LEAGUE).encode()
    assert digest(FROM_MAP, (MAP, text)) == digest()


def test_a_gzipped_league_is_the_same_league() -> None:
    text = gzip.compress(json.dumps(LEAGUE).encode())
    assert digest(FROM_MAP, (MAP, text)) == digest()


def test_defaults_written_out_and_the_way_it_runs_do_not_count() -> None:
    spec = {
        "completeness": "Required",
        "suspend": True,
        "ttlSecondsAfterFinished": 5,
        "podTemplate": {"labels": {"a": "b"}},
        "solver": {"seed": 0, "resources": {"limits": {"cpu": "7"}}},
    }
    assert digest(spec) == digest()


@pytest.mark.parametrize("change", [{"seed": 1}, {"gapLimit": 0.1}, {"workers": 3}])
def test_what_the_solver_is_asked_for_counts(change: dict[str, Any]) -> None:
    assert digest({"solver": change}) != digest()


def test_the_regenerate_token_counts() -> None:
    assert digest(annotations={"matchday.dev/regenerate": "1"}) != digest()


def test_all_faults_are_told_at_once_with_their_paths() -> None:
    league = {**LEAGUE, "teams": [{"name": "A", "division": "X"}, {"name": "B", "division": "Y"}]}
    with pytest.raises(InvalidInput) as caught:
        parse(body({"league": league}), None, None)
    paths = [fault.path for fault in caught.value.faults]
    assert {"spec.league.teams[0].division", "spec.league.teams[1].division"} <= set(paths)


def test_a_fault_in_a_config_map_names_the_config_map() -> None:
    with pytest.raises(InvalidInput, match=r"ConfigMap late key league\.yaml.*slots"):
        parse(body(FROM_MAP), (MAP, b"season: {start: 2026-01-05, end: 2026-02-28}"), None)


def test_neither_league_nor_source_is_a_fault() -> None:
    with pytest.raises(InvalidInput, match="leagueFrom"):
        parse(body({"league": None}), None, None)


def test_a_repair_takes_the_games_and_the_frozen_date() -> None:
    text = schedule(DIGEST).to_text().encode()
    earlier = unpack_problem(parse(body(EARLIER), None, (OLD, text)).packed).earlier
    assert earlier is not None
    assert (len(earlier.games), str(earlier.frozen_before)) == (3, "2026-01-12")


GONE = {**LEAGUE, "venues": [{"name": "Hall"}]}
LOCK = {"home": "A", "away": "C", "date": "2026-01-10", "start": "10:00", "venue": "Gym"}


@pytest.mark.parametrize(
    ("spec", "league", "said"),
    [
        ({"league": GONE}, None, "spec.changes.from: the frozen game"),
        (FROM_MAP, (MAP, json.dumps(GONE).encode()), "spec.changes.from: the frozen game"),
        ({"league": {**LEAGUE, "lockedGames": [LOCK]}}, None, "spec.league.lockedGames[0].date: "),
        (
            FROM_MAP,
            (MAP, json.dumps({**LEAGUE, "lockedGames": [LOCK]}).encode()),
            "ConfigMap late key league.yaml: lockedGames[0].date: ",
        ),
    ],
)
def test_a_repair_that_the_league_has_no_room_for_is_invalid(
    spec: dict[str, Any], league: Text | None, said: str
) -> None:
    text = schedule(DIGEST).to_text().encode()
    with pytest.raises(InvalidInput) as caught:
        parse(body({**spec, **EARLIER}), league, (OLD, text))
    assert [str(fault).startswith(said) for fault in caught.value.faults] == [True]


def test_the_objects_that_a_request_refers_to_are_known() -> None:
    asked = request({**FROM_MAP, **EARLIER})
    assert asked.spec is not None
    assert sources(asked.spec) == [league_source(asked.spec), earlier_source(asked.spec)]
    assert earlier_source(asked.spec) == OLD


@pytest.mark.parametrize(
    "found",
    [
        {"data": {"league.yaml": "text"}},
        {"binaryData": {"league.yaml": base64.b64encode(b"text").decode()}},
    ],
)
def test_a_config_map_gives_text_or_bytes(found: dict[str, Any]) -> None:
    assert content(MAP, found) == b"text"


def test_a_missing_key_is_waited_for_with_the_keys_there_told() -> None:
    with pytest.raises(InputMissing, match=r"no key league\.yaml; it has other"):
        content(MAP, {"data": {"other": "x"}})


def test_an_earlier_schedule_gives_its_file() -> None:
    saved = schedule(DIGEST)
    assert gzip.decompress(content(OLD, {"status": status(saved)})) == saved.to_text().encode()


@pytest.mark.parametrize(
    "found", [{}, {"status": {"writer": "x"}}, {"status": {"compressed": "%"}}]
)
def test_an_earlier_schedule_without_content_is_waited_for(found: dict[str, Any]) -> None:
    with pytest.raises(InputMissing, match="Schedule old"):
        content(OLD, found)


def test_a_league_that_no_config_map_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matchday_operator.inputs.parse.MAX_BYTES", 100)
    with pytest.raises(InvalidInput, match="a ConfigMap holds 100"):
        parse(body(), None, None)
