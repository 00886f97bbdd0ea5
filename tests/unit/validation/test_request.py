"""A request's spec outside its league, and repairs."""

from datetime import date
from typing import Any

import pytest

from matchday_api.faults import InvalidInput
from matchday_api.problem import EarlierSchedule
from matchday_api.read import read_spec
from matchday_api.validation import earlier_faults
from matchday_api.validation.request import quantity
from tests.builders import game, league, league_document

FROM = {"configMapKeyRef": {"name": "winter"}}


def told(**spec: Any) -> dict[str, str]:
    """Faults of a spec by their paths."""
    try:
        read_spec({"league": league_document()} | spec)
    except InvalidInput as error:
        return {fault.path: fault.message for fault in error.faults}
    return {}


def test_a_league_alone_makes_a_valid_spec() -> None:
    assert told() == {}


def test_exactly_one_of_league_and_league_from_is_given() -> None:
    assert "has both" in told(leagueFrom=FROM)["spec"]
    with pytest.raises(InvalidInput, match="has none"):
        read_spec({})


@pytest.mark.parametrize(
    ("source", "paths"),
    [
        ({"scheduleRef": {"name": "old"}}, set()),
        (FROM, set()),
        ({}, {"spec.changes.from"}),
        (FROM | {"scheduleRef": {"name": "old"}}, {"spec.changes.from"}),
    ],
)
def test_exactly_one_schedule_to_repair_is_given(source: dict[str, Any], paths: set[str]) -> None:
    assert told(changes={"from": source}).keys() == paths


@pytest.mark.parametrize(
    ("request_", "limit", "is_valid"),
    [("1", "1", True), ("500m", 1, True), (2, "1500m", False), ("1Gi", "1000Mi", False)],
)
def test_a_request_of_a_resource_is_at_most_its_limit(
    request_: str | int, limit: str | int, is_valid: bool
) -> None:
    resources = {"requests": {"cpu": request_}, "limits": {"cpu": limit}}
    path = "spec.solver.resources.requests.cpu"
    assert told(solver={"resources": resources}).keys() == (set() if is_valid else {path})


@pytest.mark.parametrize(("text", "value"), [("2", 2), ("1500m", 1.5), ("1Ki", 1024), ("1k", 1000)])
def test_quantities_are_those_of_kubernetes(text: str, value: float) -> None:
    assert float(quantity(text)) == value


@pytest.mark.parametrize("text", ["1 Gi", "-1", "1e", "Gi", "1gi"])
def test_what_is_no_quantity_is_a_fault(text: str) -> None:
    resources = {"limits": {"memory": text}}
    assert "spec.solver.resources.limits.memory" in told(solver={"resources": resources})


@pytest.mark.parametrize(
    ("labels", "path"),
    [
        ({"team": "a.b_c"}, None),
        ({"example.com/team": ""}, None),
        ({"a/b/c": "x"}, "spec.podTemplate.labels"),
        ({"team": "-x"}, "spec.podTemplate.labels[team]"),
    ],
)
def test_labels_are_those_that_kubernetes_takes(labels: dict[str, str], path: str | None) -> None:
    assert set(told(podTemplate={"labels": labels})) == ({path} if path else set())


def test_names_of_objects_are_those_that_kubernetes_takes() -> None:
    found = told(league=None, leagueFrom={"configMapKeyRef": {"name": "Winter 2026"}})
    assert "spec.leagueFrom.configMapKeyRef.name" in found


def frozen(*pairs: str, before: str = "2026-01-20") -> EarlierSchedule:
    """An earlier schedule with games on 10 January."""
    games = tuple(game(pair, venue="Gym") for pair in pairs)
    return EarlierSchedule(games=games, frozen_before=date.fromisoformat(before))


def test_frozen_games_of_the_league_are_valid() -> None:
    assert earlier_faults(league(), frozen("A-B")) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"teams": [{"name": n, "division": "U12"} for n in "AC"]}, 'has team "B"'),
        ({"venues": [{"name": "Hall"}]}, 'has venue "Gym"'),
        ({"season": {"start": "2026-01-12", "end": "2026-02-28"}}, "outside the season"),
    ],
)
def test_frozen_games_need_their_teams_venue_and_date(changed: dict[str, Any], words: str) -> None:
    found = earlier_faults(league(**changed), frozen("A-B"))
    assert [words in str(fault) for fault in found] == [True]


def test_the_schedule_of_another_league_is_refused() -> None:
    others = league([{"name": name} for name in "XY"])
    found = earlier_faults(others, frozen("A-B", before="2026-01-10"))
    assert [str(fault) for fault in found] == [
        "changes.from: none of its teams is in the league; is it the schedule of another league?"
    ]


def test_games_that_may_move_need_nothing() -> None:
    gone = league(venues=[{"name": "Hall"}])
    assert earlier_faults(gone, frozen("A-B", before="2026-01-10")) == []


def test_a_locked_game_on_a_frozen_date_was_there_before() -> None:
    lock = {"home": "A", "away": "B", "date": "2026-01-10", "start": "09:00", "venue": "Gym"}
    of = league(lockedGames=[lock])
    assert earlier_faults(of, frozen("A-B")) == []
    assert [f.path for f in earlier_faults(of, frozen("C-D"))] == ["lockedGames[0].date"]


def test_ids_of_an_earlier_schedule_are_unique() -> None:
    later = game("A-B", "2026-01-17").model_copy(update={"id": game("A-B").id})
    twice = EarlierSchedule(games=(game("A-B"), later))
    (fault,) = earlier_faults(league(), twice)
    assert (fault.path, fault.message[:25]) == ("changes.from", "several games have the id")


def test_a_frozen_game_has_two_teams() -> None:
    alone = game("A-B").model_copy(update={"away": "A"})
    frozen_alone = EarlierSchedule(games=(alone,), frozen_before="2026-02-01")
    (fault,) = earlier_faults(league(), frozen_alone)
    assert (fault.path, fault.message[-19:]) == ("changes.from", 'has "A" play itself')
