"""Rule 3: teams, coaches and courts have one game at a time."""

from typing import Any

import pytest

from tests.builders import broken, division, game, league

TWO_GYMS = [{"name": "Gym", "courts": 2}, {"name": "Hall", "courts": 2}]
COACHED: list[dict[str, Any]] = [
    {"name": "A", "coaches": ["Jo"]},
    {"name": "B"},
    {"name": "C", "coaches": ["Jo"]},
    {"name": "D"},
]
DOUBLE = {"doubleheaders": {"maxPerTeam": 8}}
LATER = [{"days": ["Sat"], "starts": ["09:00", "10:00", "10:29", "10:30"]}]


@pytest.mark.parametrize(("start", "rules"), [("10:00", []), ("09:30", ["teams[0]"])])
def test_a_team_plays_one_game_at_a_time(start: str, rules: list[str]) -> None:
    half_hours = [{"days": ["Sat"], "starts": ["09:00", "09:30", "10:00"]}]
    of = league(rules=DOUBLE, slots=half_hours)
    assert broken(of, game("A-B"), game("A-C", start=start, court=2)) == rules


@pytest.mark.parametrize(
    ("start", "rules"), [("10:00", []), ("09:00", ["rules.coachOneGameAtATime"])]
)
def test_a_coach_is_at_one_game_at_a_time(start: str, rules: list[str]) -> None:
    assert broken(league(COACHED), game("A-B"), game("C-D", start=start, court=2)) == rules


def test_coaches_may_be_left_free() -> None:
    free = league(COACHED, rules={"coachOneGameAtATime": False})
    assert broken(free, game("A-B"), game("C-D", court=2)) == []


def test_a_game_between_two_teams_of_a_coach_is_one_game() -> None:
    assert broken(league(COACHED), game("A-C")) == []


@pytest.mark.parametrize(
    ("start", "rules"),
    [("10:30", []), ("10:29", ["rules.travelMinutes"]), ("10:00", ["rules.travelMinutes"])],
)
def test_a_coach_needs_time_to_travel(start: str, rules: list[str]) -> None:
    of = league(COACHED, venues=TWO_GYMS, slots=LATER, rules={"travelMinutes": 30})
    assert broken(of, game("A-B"), game("C-D", start=start, venue="Hall")) == rules


@pytest.mark.parametrize(("others", "number"), [(["C-X"], 1), (["D-Y"], 1), (["C-X", "D-Y"], 2)])
def test_each_of_a_teams_coaches_is_at_one_game_at_a_time(others: list[str], number: int) -> None:
    """A has Jo and Kim, of whom C has the one and D the other."""
    coaches = {"A": ["Jo", "Kim"], "C": ["Jo"], "D": ["Kim"]}
    teams = [{"name": name, "coaches": coaches.get(name, [])} for name in "ABCDXY"]
    of = league(teams, venues=[{"name": "Gym", "courts": 3}])
    at_once = [game(pair, court=court) for court, pair in enumerate(others, start=2)]
    assert broken(of, game("A-B"), *at_once) == ["rules.coachOneGameAtATime"] * number


def test_nobody_travels_within_a_venue() -> None:
    of = league(COACHED, rules={"travelMinutes": 30})
    assert broken(of, game("A-B"), game("C-D", start="10:00")) == []


@pytest.mark.parametrize(("start", "rules"), [("10:30", []), ("10:29", ["rules.travelMinutes"])])
def test_a_team_needs_time_to_travel(start: str, rules: list[str]) -> None:
    """Its games of a date should be at one venue anyway."""
    of = league(venues=TWO_GYMS, slots=LATER, rules=DOUBLE | {"travelMinutes": 30})
    games = [game("A-B"), game("A-C", start=start, venue="Hall")]
    assert broken(of, *games) == [*rules, "rules.doubleheaders"]


@pytest.mark.parametrize(("court", "rules"), [(2, []), (1, ["venues[0].courts"])])
def test_a_court_holds_one_game_at_a_time(court: int, rules: list[str]) -> None:
    assert broken(league(), game("A-B"), game("C-D", court=court)) == rules


def test_a_court_is_taken_for_as_long_as_the_game_lasts() -> None:
    of = league(divisions=[division(gameMinutes=90)])
    games = [game("A-B", lasts=90), game("C-D", start="10:00", lasts=90)]
    assert broken(of, *games) == ["venues[0].courts"]


def test_games_on_two_dates_do_not_overlap() -> None:
    assert broken(league(), game("A-B", "2026-01-10"), game("A-B", "2026-01-17")) == []
