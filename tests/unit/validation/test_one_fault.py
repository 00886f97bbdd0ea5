"""A wrong name is told once, not again by all that follows from it."""

from typing import Any

import pytest

from tests.builders import division, league_document
from tests.unit.validation.faults import faults

HOME = {"divisions": [division(playAt="HomeVenue", venueFeatures=["stage"])]}
VENUES = [{"name": "Gym", "features": ["stage"]}, {"name": "Dome", "features": ["stage"]}]
LOCK = {"home": "A", "away": "B", "date": "2026-01-10", "start": "09:00", "venue": "Gym"}


def told(team: dict[str, Any], **changed: Any) -> dict[str, str]:
    """Faults of a league at home venues with a rival pair and a locked game."""
    teams = [{"name": "A", "club": "Eagles"} | team, {"name": "B", "homeVenue": "Gym"}]
    given = {
        "clubs": [{"name": "Eagles", "homeVenue": "Gym"}],
        "venues": VENUES,
        "rivals": [["A", "B"]],
        "lockedGames": [LOCK],
    }
    return faults(league_document(teams, **(HOME | given | changed)))


def test_the_league_has_no_fault() -> None:
    assert told({}) == {}


@pytest.mark.parametrize(
    ("team", "path"),
    [
        ({"division": "U21"}, "teams[0].division"),
        ({"club": "Eagels"}, "teams[0].club"),
        ({"homeVenue": "Gum"}, "teams[0].homeVenue"),
    ],
)
def test_a_teams_wrong_name_is_one_fault(team: dict[str, Any], path: str) -> None:
    assert told(team).keys() == {path}


def test_a_clubs_wrong_home_venue_is_one_fault() -> None:
    clubs = [{"name": "Eagles", "homeVenue": "Gum"}]
    assert told({}, clubs=clubs).keys() == {"clubs[0].homeVenue"}


def test_a_feature_that_no_venue_has_is_one_fault() -> None:
    divisions = [division(playAt="HomeVenue", venueFeatures=["satge"])]
    assert told({}, divisions=divisions).keys() == {"divisions[0].venueFeatures[0]"}


def test_a_teams_own_home_venue_counts_where_its_club_is_unknown() -> None:
    found = told({"club": "Eagels", "homeVenue": "Dome"})
    assert found.keys() == {"teams[0].club", "lockedGames[0].venue", "lockedGames[0].home"}
