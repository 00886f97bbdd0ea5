"""Rival and forbidden pairs."""

from typing import Any

import pytest

from tests.builders import division, league_document
from tests.unit.validation.faults import faults

TEAMS: list[dict[str, Any]] = [
    {"name": "A", "club": "Eagles"},
    {"name": "B", "club": "Eagles"},
    {"name": "C"},
    {"name": "D"},
    {"name": "X", "division": "U10"},
    {"name": "Y", "division": "U10"},
]


def told(**changed: Any) -> dict[str, str]:
    """Faults of a league with two divisions and a club of two teams."""
    divisions = [division(), division("U10")]
    return faults(
        league_document(TEAMS, clubs=[{"name": "Eagles"}], divisions=divisions, **changed)
    )


def test_pairs_that_can_meet_are_valid() -> None:
    assert told(rivals=[["A", "C"], ["X", "Y"]], forbiddenPairs=[["A", "D"]]) == {}


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        (["A", "X"], "two divisions"),
        (["A", "B"], "rules.sameClubMeets is false"),
        (["C", "D"], "forbiddenPairs"),
        (["C", "C"], "cannot play itself"),
    ],
)
def test_a_rival_pair_that_can_never_meet_is_a_fault(pair: list[str], reason: str) -> None:
    assert reason in told(rivals=[pair], forbiddenPairs=[["D", "C"]])["rivals[0]"]


def test_rivals_of_one_club_may_be_allowed_to_meet() -> None:
    assert told(rivals=[["A", "B"]], rules={"sameClubMeets": True}) == {}


@pytest.mark.parametrize("key", ["rivals", "forbiddenPairs"])
def test_a_pair_is_given_once_in_either_order(key: str) -> None:
    path = f"{key}[1]"
    assert told(**{key: [["A", "C"], ["C", "A"]]}) == {
        path: f"the pair is given by {key}[0] already; remove one"
    }


@pytest.mark.parametrize("key", ["rivals", "forbiddenPairs"])
def test_pairs_name_known_teams(key: str) -> None:
    assert told(**{key: [["A", "Z"]]}).keys() == {f"{key}[0][1]"}


def test_a_forbidden_pair_is_two_teams() -> None:
    assert "name two teams" in told(forbiddenPairs=[["A", "A"]])["forbiddenPairs[0]"]
