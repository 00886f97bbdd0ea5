"""Names that are given twice or that nothing bears."""

from typing import Any

import pytest

from tests.builders import division, league_document
from tests.unit.validation.faults import faults


@pytest.mark.parametrize(
    ("team", "path", "words"),
    [
        ({"division": "U-12"}, "teams[0].division", 'did you mean "U12"?'),
        ({"club": "Eagle"}, "teams[0].club", 'unknown club "Eagle"; did you mean "Eagles"?'),
        ({"homeVenue": "Zoo"}, "teams[0].homeVenue", 'unknown venue "Zoo"'),
        ({"coaches": ["Jo", "Al", "Jo"]}, "teams[0].coaches[2]", '"Jo" is given twice'),
    ],
)
def test_a_team_names_what_there_is(team: dict[str, Any], path: str, words: str) -> None:
    document = league_document([{"name": "A"} | team, {"name": "B"}], clubs=[{"name": "Eagles"}])
    assert words in faults(document)[path]


def test_a_clubs_home_venue_is_one_of_the_venues() -> None:
    document = league_document(clubs=[{"name": "Eagles", "homeVenue": "Gum"}])
    assert 'did you mean "Gym"?' in faults(document)["clubs[0].homeVenue"]


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"divisions": [division(), division()]}, "divisions[1].name"),
        ({"clubs": [{"name": "Eagles"}, {"name": "Eagles"}]}, "clubs[1].name"),
        ({"venues": [{"name": "Gym"}, {"name": "Gym"}]}, "venues[1].name"),
        ({"teams": [{"name": n, "division": "U12"} for n in "ABCDA"]}, "teams[4].name"),
    ],
)
def test_names_are_given_once(changed: dict[str, Any], path: str) -> None:
    assert "already; rename one" in faults(league_document(**changed))[path]


def test_some_venue_has_the_feature_that_a_division_needs() -> None:
    document = league_document(
        divisions=[division(venueFeatures=["lowrim"])],
        venues=[{"name": "Gym", "features": ["low-rim"]}],
    )
    assert 'did you mean "low-rim"?' in faults(document)["divisions[0].venueFeatures[0]"]


def test_features_are_given_once() -> None:
    document = league_document(
        divisions=[division(venueFeatures=["stage", "stage"])],
        venues=[{"name": "Gym", "features": ["stage", "stage"]}],
    )
    assert faults(document).keys() == {"divisions[0].venueFeatures[1]", "venues[0].features[1]"}


def test_many_unknown_names_are_told_quickly() -> None:
    teams = [{"name": f"Team {n}"} for n in range(1000)]
    rivals = [[f"Taem {n}", f"Maet {n}"] for n in range(1000)]
    document = league_document(teams, rivals=rivals)
    assert "did you mean" in faults(document)["rivals[0][0]"]
