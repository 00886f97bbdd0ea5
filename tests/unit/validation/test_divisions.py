"""Divisions whose own numbers cannot hold."""

from typing import Any

import pytest

from matchday_api.request import Completeness
from tests.builders import division, league_document
from tests.unit.validation.faults import faults

CLUB = [{"name": "Eagles"}]


def told(teams: str = "ABCD", completeness: Completeness = Completeness.REQUIRED,
         **changed: Any) -> dict[str, str]:  # fmt: skip
    """Faults of a league with one division like that."""
    return faults(league_document(teams, divisions=[division(**changed)]), completeness)


def test_an_odd_number_of_halves_of_games_is_a_fault() -> None:
    assert "an odd number" in told("ABC", gamesPerTeam=3)["divisions[0].gamesPerTeam"]
    assert told("ABC", gamesPerTeam=2) == {}


def test_no_number_is_odd_while_a_teams_division_is_unknown() -> None:
    teams = [{"name": name} for name in "ABC"] + [{"name": "D", "division": "U13"}]
    found = faults(league_document(teams, divisions=[division(gamesPerTeam=3)]))
    assert found.keys() == {"teams[3].division"}


def test_a_league_has_no_more_games_than_a_schedule_holds() -> None:
    teams = [{"name": f"T{n}"} for n in range(410)]
    found = faults(league_document(teams, divisions=[division(gamesPerTeam=200)]))
    assert "need 41000 games in all" in found["divisions"]


def test_best_effort_lives_with_an_odd_number() -> None:
    assert told("ABC", Completeness.BEST_EFFORT, gamesPerTeam=3) == {}


def test_min_meetings_is_at_most_max_meetings() -> None:
    found = told(gamesPerTeam=9, minMeetings=3, maxMeetings=2)
    assert "above maxMeetings, 2" in found["divisions[0].minMeetings"]


@pytest.mark.parametrize(("games", "paths"), [(6, set()), (8, {"divisions[0].gamesPerTeam"})])
def test_enough_opponents_for_all_games(games: int, paths: set[str]) -> None:
    assert told("ABCD", gamesPerTeam=games, maxMeetings=2).keys() == paths


def test_one_team_has_nobody_to_play() -> None:
    teams = [{"name": "A"}, {"name": "B", "division": "U13"}, {"name": "C", "division": "U13"}]
    of = league_document(teams, divisions=[division(gamesPerTeam=2), division("U13")])
    found = faults(of)
    assert found.keys() == {"divisions[0]"}
    assert "nobody to play: add a team" in found["divisions[0]"]
    assert faults(of, Completeness.BEST_EFFORT) == {}


def test_best_effort_lives_with_too_few_opponents() -> None:
    assert told("AB", Completeness.BEST_EFFORT, gamesPerTeam=8, maxMeetings=1) == {}


@pytest.mark.parametrize(("games", "paths"), [(6, set()), (4, {"divisions[0].minMeetings"})])
def test_enough_games_for_all_meetings(games: int, paths: set[str]) -> None:
    assert told("ABCD", gamesPerTeam=games, minMeetings=2).keys() == paths


def test_only_opponents_that_may_be_met_need_games() -> None:
    teams = [{"name": n, "club": "Eagles"} for n in "AB"] + [{"name": n} for n in "CD"]
    document = league_document(
        teams,
        clubs=CLUB,
        divisions=[division(gamesPerTeam=2, minMeetings=1)],
        forbiddenPairs=[["C", "D"], ["A", "B"]],
    )
    assert faults(document) == {}


def test_shortages_that_forbidden_pairs_make_are_for_the_solver() -> None:
    pairs = [["A", "B"], ["A", "C"], ["A", "D"]]
    assert faults(league_document(forbiddenPairs=pairs)) == {}


def test_a_division_that_plays_at_home_needs_home_venues() -> None:
    teams = [
        {"name": "A", "homeVenue": "Gym"},
        {"name": "B", "club": "Eagles"},
        {"name": "C"},
        {"name": "D", "club": "Falcons"},
    ]
    document = league_document(
        teams,
        clubs=[{"name": "Eagles", "homeVenue": "Gym"}, {"name": "Falcons"}],
        divisions=[division(playAt="HomeVenue")],
    )
    assert faults(document).keys() == {"teams[2].homeVenue", "teams[3].homeVenue"}
