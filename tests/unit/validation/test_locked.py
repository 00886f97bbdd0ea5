"""Locked games that are impossible by themselves."""

from typing import Any

import pytest

from tests.builders import division, league_document
from tests.unit.validation.faults import faults

LOCK = {"home": "A", "away": "C", "date": "2026-01-10", "start": "09:00", "venue": "Gym"}
DAY = ["2026-01-10"]


def told(lock: dict[str, Any], **changed: Any) -> dict[str, str]:
    """Faults of a league with one locked game; A and B are of one club, X of another division."""
    team = changed.pop("team", {})
    teams = [
        {"name": "A", "club": "Eagles"} | team,
        {"name": "B", "club": "Eagles"},
        {"name": "C"},
        {"name": "D"},
        {"name": "X", "division": "U10"},
        {"name": "Y", "division": "U10"},
    ]
    defaults = {
        "clubs": [{"name": "Eagles"}],
        "divisions": [division(), division("U10")],
        "lockedGames": [LOCK | lock],
    }
    return faults(league_document(teams, **(defaults | changed)))


def test_a_possible_locked_game_is_valid() -> None:
    assert told({}) == {}


@pytest.mark.parametrize(
    ("lock", "path", "words"),
    [
        ({"home": "Z"}, "home", "unknown team"),
        ({"away": "Z"}, "away", "unknown team"),
        ({"venue": "Gum"}, "venue", 'did you mean "Gym"?'),
        ({"away": "A"}, "away", "cannot play itself"),
        ({"away": "B"}, "away", "sameClubMeets"),
        ({"away": "X"}, "away", "two divisions"),
        ({"away": "D"}, "away", "forbiddenPairs"),
        ({"date": "2026-03-07"}, "date", "outside the season"),
        ({"start": "09:30"}, "start", "slots offers no 09:30 on Sat"),
        ({"date": "2026-01-11"}, "start", "slots offers no 09:00 on Sun"),
    ],
)
def test_a_locked_game_that_cannot_be_is_a_fault(
    lock: dict[str, Any], path: str, words: str
) -> None:
    found = told(lock, forbiddenPairs=[["D", "A"]])
    assert words in found[f"lockedGames[0].{path}"]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"season": {"start": "2026-01-05", "end": "2026-02-28", "closedDates": DAY}}, "date"),
        ({"team": {"closedDates": DAY}}, "date"),
        ({"team": {"homeClosedDates": DAY}}, "date"),
        ({"clubs": [{"name": "Eagles", "closedDates": DAY}]}, "date"),
        ({"venues": [{"name": "Gym", "openDates": []}]}, "venue"),
        ({"venues": [{"name": "Gym", "closedDates": DAY}]}, "venue"),
        ({"venues": [{"name": "Gym", "courts": 0}]}, "venue"),
        ({"venues": [{"name": "Gym", "courtsOn": {DAY[0]: 0}}]}, "venue"),
        ({"venues": [{"name": "Gym", "starts": ["10:00"]}]}, "start"),
        ({"slots": [{"days": ["Sat"], "starts": ["9:00"]}], "gameMinutes": 600}, None),
        ({"team": {"awayClosedDates": DAY}}, None),
    ],
)
def test_a_locked_game_is_where_and_when_somebody_can_play(
    changed: dict[str, Any], path: str | None
) -> None:
    assert told({}, **changed).keys() == ({f"lockedGames[0].{path}"} if path else set())


def test_the_away_team_may_be_closed_for_away_games() -> None:
    found = told({"home": "C", "away": "A"}, team={"awayClosedDates": DAY})
    assert found.keys() == {"lockedGames[0].date"}


def test_a_locked_game_ends_by_midnight() -> None:
    found = told({"start": "19:00"}, gameMinutes=400)
    assert "ends after midnight" in found["lockedGames[0].start"]


def test_a_locked_game_is_at_a_venue_with_the_divisions_features() -> None:
    found = told(
        {},
        divisions=[division(venueFeatures=["stage"]), division("U10")],
        venues=[{"name": "Gym"}, {"name": "Hall", "features": ["stage"]}],
    )
    assert 'has no "stage"' in found["lockedGames[0].venue"]


HOMES = {
    "team": {"homeVenue": "Gym"},
    "clubs": [{"name": "Eagles", "homeVenue": "Hall"}],
    "venues": [{"name": "Gym"}, {"name": "Hall"}],
}


def test_a_team_is_at_home_at_its_own_venue() -> None:
    assert told({}, **HOMES) == {}
    found = told({"home": "C", "away": "A"}, **HOMES)
    assert "swap home and away" in found["lockedGames[0].home"]


def test_a_home_venue_game_is_at_the_home_teams_venue() -> None:
    teams = [{"name": "A", "homeVenue": "Gym"}, {"name": "C", "homeVenue": "Hall"}]
    document = league_document(
        teams,
        divisions=[division(playAt="HomeVenue")],
        venues=[{"name": name} for name in ("Gym", "Hall", "Dome")],
        lockedGames=[LOCK | {"venue": "Dome"}],
    )
    assert 'the home venue of "A", "Gym"' in faults(document)["lockedGames[0].venue"]


def test_a_locked_game_is_given_once() -> None:
    assert told({}, lockedGames=[LOCK, LOCK]).keys() == {"lockedGames[1]"}


def test_locked_games_that_clash_are_for_the_solver() -> None:
    assert told({}, lockedGames=[LOCK, LOCK | {"away": "D"}]) == {}
