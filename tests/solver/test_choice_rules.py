"""Each rule of the model over candidate games: a league that just has a schedule, and one less."""

import threading
from typing import Any

import pytest

from matchday_api.problem import EarlierSchedule
from matchday_solver.build import build
from matchday_solver.choice.feasible import is_feasible
from matchday_solver.choice.fewest import any_schedule
from matchday_solver.demand import Demand
from matchday_solver.exact.run import Budget
from matchday_solver.instance import Instance
from tests.builders import division, game
from tests.solver.repairing import EVENING, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, WEEK
from tests.solver.solving import problem

NEXT_MONDAY = "2026-01-12"
GYM_AND_HALL = [
    {"name": "Gym", "courts": 3, "features": ["G"]},
    {"name": "Hall", "courts": 3, "features": ["H"]},
]


def evenings(teams: Any, games: int, last: str, **changed: Any) -> Instance:
    """Teams that play so many games from Monday to a date, as often as they like with each other.

    One start an evening at a gym of one court.
    """
    fields = {
        "season": {"start": MONDAY, "end": last},
        "slots": EVENING,
        "divisions": [division(gamesPerTeam=games)],
        "venues": [{"name": "Gym"}],
    }
    return build(problem(teams, **fields | changed))


def feasible(teams: Any, games: int, last: str, **changed: Any) -> bool | None:
    """Whether there is a complete schedule."""
    instance = evenings(teams, games, last, **changed)
    return is_feasible(instance, Demand.whole(instance), 60, 1)


def at(*starts: str) -> list[dict[str, Any]]:
    """Those starts on every evening."""
    return [EVENING[0] | {"starts": list(starts)}]


@pytest.mark.parametrize(("last", "wanted"), [(WEDNESDAY, True), (TUESDAY, False)])
def test_a_team_needs_an_evening_for_each_game(last: str, wanted: bool) -> None:
    assert feasible("AB", 3, last) is wanted


@pytest.mark.parametrize(("away", "wanted"), [(WEEK[2:], True), (WEEK[1:], False), (WEEK, False)])
def test_a_team_that_is_hardly_ever_there_needs_its_games_too(
    away: list[str], wanted: bool
) -> None:
    """The other three could play two games without it."""
    teams = ["A", "B", "C", {"name": "D", "closedDates": away}]
    assert feasible(teams, 2, WEEK[-1], venues=[{"name": "Gym", "courts": 2}]) is wanted


@pytest.mark.parametrize(("last", "wanted"), [(THURSDAY, True), (WEDNESDAY, False)])
def test_three_teams_with_three_games_need_four_evenings(last: str, wanted: bool) -> None:
    """The half game that is left over needs none."""
    assert feasible("ABC", 3, last) is wanted


@pytest.mark.parametrize(("most", "wanted"), [(2, True), (1, False)])
def test_a_pair_meets_as_often_as_it_may(most: int, wanted: bool) -> None:
    asked = [division(gamesPerTeam=2, maxMeetings=most)]
    assert feasible("AB", 2, WEEK[-1], divisions=asked) is wanted


@pytest.mark.parametrize(
    ("least", "out", "wanted"), [(1, WEEK[:2], True), (1, WEEK[:3], False), (0, WEEK[:3], True)]
)
def test_a_pair_that_must_meet_needs_an_evening_in_common(
    least: int, out: list[str], wanted: bool
) -> None:
    """A is there until Wednesday and B from then on, or later; C and D could play both of them."""
    until = [*WEEK[3:], NEXT_MONDAY]
    teams = [{"name": "A", "closedDates": until}, {"name": "B", "closedDates": out}, "C", "D"]
    given = {
        "divisions": [division(gamesPerTeam=3, maxMeetings=3, minMeetings=least)],
        "venues": [{"name": "Gym", "courts": 2}],
    }
    assert feasible(teams, 3, NEXT_MONDAY, **given) is wanted


@pytest.mark.parametrize(("given", "wanted"), [(1, True), (2, False)])
def test_games_that_must_be_leave_none_for_others_even_where_games_may_be_missing(
    given: int, wanted: bool
) -> None:
    """A must meet B and D as well, and has three games in all."""
    locked = [
        {"home": "A", "away": "C", "date": day, "start": "18:00", "venue": "Gym"} for day in WEEK
    ]
    asked = [division(gamesPerTeam=3, minMeetings=1)]
    of = evenings("ABCD", 3, WEEK[-1], divisions=asked, lockedGames=locked[:given])
    assert any_schedule(of, Budget(60), threading.Event()).feasible is wanted


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"venues": [{"name": "Gym", "courts": 2}]}, True),
        ({"venues": [{"name": "Gym", "courts": 1}]}, False),
        ({"venues": [{"name": "Gym", "courtsOn": {MONDAY: 2}}]}, True),
        ({"venues": [{"name": "Gym", "courts": 2, "courtsOn": {MONDAY: 1}}]}, False),
        ({"slots": at("18:00", "19:00")}, True),
        ({"slots": at("18:00", "18:59")}, False),
        ({"slots": at("18:00", "18:30", "18:59")}, False),
        ({"slots": at("18:00", "18:30", "19:00")}, True),
    ],
)
def test_two_games_of_an_evening_need_a_court_each(changed: dict[str, Any], wanted: bool) -> None:
    assert feasible("ABCD", 1, MONDAY, **changed) is wanted


@pytest.mark.parametrize(("teams", "wanted"), [("ABCDEF", True), ("ABCDEFGH", False)])
def test_a_court_more_is_there_on_its_date_only(teams: str, wanted: bool) -> None:
    """Three games, one on Monday and two on Tuesday; a fourth finds no court."""
    venues = [{"name": "Gym", "courtsOn": {TUESDAY: 2}}]
    assert feasible(teams, 1, TUESDAY, venues=venues) is wanted


@pytest.mark.parametrize(("length", "wanted"), [(4, True), (5, False)])
def test_two_games_in_five_days_keep_a_window_of_four_but_not_of_five(
    length: int, wanted: bool
) -> None:
    rules = {"maxGames": [{"days": length, "games": 1}]}
    assert feasible("AB", 2, WEEK[-1], rules=rules) is wanted


@pytest.mark.parametrize(("length", "wanted"), [(3, True), (2, False)])
def test_one_game_in_five_days_is_in_every_window_of_three_but_not_of_two(
    length: int, wanted: bool
) -> None:
    rules = {"minGames": [{"days": length, "games": 1}]}
    assert feasible("AB", 1, WEEK[-1], rules=rules) is wanted


@pytest.mark.parametrize(("dates", "wanted"), [(2, True), (1, False)])
def test_each_of_two_teams_is_at_home_twice_in_four_games(dates: int, wanted: bool) -> None:
    teams = [{"name": "A", "homeVenue": "Gym"}, {"name": "B", "homeVenue": "Hall"}]
    venues = [{"name": "Gym"}, {"name": "Hall", "openDates": WEEK[:dates]}]
    asked = [division(gamesPerTeam=4, playAt="HomeVenue")]
    assert feasible(teams, 4, WEEK[-1], divisions=asked, venues=venues) is wanted


def coached(coaches: dict[str, list[str]], where: str = "", **changed: Any) -> bool | None:
    """Whether each coached team has a start on Monday for its only game, with a division each.

    The courts are enough; `where` has the first letter of the one venue of each division.
    """
    teams, divisions = list[dict[str, Any]](), list[dict[str, Any]]()
    for n, (team, names) in enumerate(coaches.items()):
        divisions.append(division(team, gamesPerTeam=1, venueFeatures=list(where[n : n + 1])))
        teams.append({"name": team, "division": team, "coaches": names})
        teams.append({"name": f"Against {team}", "division": team})
    return feasible(teams, 1, MONDAY, divisions=divisions, venues=GYM_AND_HALL, **changed)


@pytest.mark.parametrize(
    ("starts", "wanted"),
    [(["18:00", "19:00"], True), (["18:00", "18:59"], False), (["18:00"], False)],
)
def test_two_games_of_a_coach_need_two_times(starts: list[str], wanted: bool) -> None:
    assert coached({"A": ["Jo"], "B": ["Jo"]}, slots=at(*starts)) is wanted
    free = {"coachOneGameAtATime": False}
    assert coached({"A": ["Jo"], "B": ["Jo"]}, slots=at(*starts), rules=free) is True


@pytest.mark.parametrize(
    ("starts", "wanted"), [(["18:00", "19:00", "20:00"], True), (["18:00", "19:00"], False)]
)
def test_each_coach_of_a_team_has_one_game_at_a_time(starts: list[str], wanted: bool) -> None:
    """Any two of the teams have a coach in common, and no coach has all three."""
    shared = {"A": ["Jo", "Kim"], "B": ["Jo", "Lee"], "C": ["Kim", "Lee"]}
    assert coached(shared, slots=at(*starts)) is wanted
    assert coached(shared | {"A": ["Jo"]}, slots=at(*starts)) is True


@pytest.mark.parametrize(
    ("where", "minutes", "wanted"),
    [("GH", 30, True), ("GH", 31, False), ("HG", 30, True), ("HG", 31, False), ("GG", 31, True)],
)
def test_a_coach_travels_to_the_minute(where: str, minutes: int, wanted: bool) -> None:
    twice, rules = {"A": ["Jo"], "B": ["Jo"]}, {"travelMinutes": minutes}
    assert coached(twice, where, slots=at("18:00", "19:30"), rules=rules) is wanted


def doubles(most: int = 1, rest: int = 0) -> dict[str, Any]:
    """Rules with so many doubleheaders for each team, and a break."""
    return {"doubleheaders": {"maxPerTeam": most, "minBreakMinutes": rest}}


@pytest.mark.parametrize(("rest", "wanted"), [(60, True), (61, False)])
def test_a_doubleheader_has_its_break_to_the_minute(rest: int, wanted: bool) -> None:
    once = {"divisions": [division(gamesPerTeam=2, maxMeetings=1)]}
    starts = {"slots": at("16:00", "18:00", "20:00")}
    assert feasible("ABC", 2, MONDAY, rules=doubles(rest=rest), **once, **starts) is wanted


@pytest.mark.parametrize(("second", "wanted"), [("19:00", True), ("18:59", False)])
def test_a_doubleheader_needs_two_starts_as_far_apart_as_a_game_lasts(
    second: str, wanted: bool
) -> None:
    """A is there on Monday only."""
    teams = [{"name": "A", "closedDates": [TUESDAY]}, "B", "C"]
    given = {"slots": at("18:00", second), "rules": doubles()}
    assert feasible(teams, 2, TUESDAY, **given) is wanted


@pytest.mark.parametrize(
    ("in_gym", "in_hall", "wanted"), [(3, 1, True), (2, 1, False), (2, 2, False)]
)
def test_both_games_of_a_doubleheader_are_at_one_venue(
    in_gym: int, in_hall: int, wanted: bool
) -> None:
    """Three teams that play each other on one evening; each gym has its own starts."""
    times = ["17:00", "18:00", "19:00", "20:00"]
    venues = [
        {"name": "Gym", "starts": times[:in_gym]},
        {"name": "Hall", "starts": times[-in_hall:]},
    ]
    given = {"slots": at(*times), "venues": venues, "rules": doubles()}
    assert feasible("ABC", 2, MONDAY, **given) is wanted


@pytest.mark.parametrize(("teams", "wanted"), [("ABC", True), ("AB", False)])
def test_a_doubleheader_is_against_two_opponents(teams: str, wanted: bool) -> None:
    given = {"slots": at("18:00", "19:00", "20:00"), "rules": doubles()}
    assert feasible(teams, 2, MONDAY, **given) is wanted


@pytest.mark.parametrize(("last", "wanted"), [(TUESDAY, True), (MONDAY, False)])
def test_nobody_has_three_games_on_an_evening(last: str, wanted: bool) -> None:
    given = {"slots": at("16:00", "17:00", "18:00", "19:00", "20:00", "21:00")}
    assert feasible("ABCD", 3, last, **given, rules=doubles(8)) is wanted


@pytest.mark.parametrize(("most", "wanted"), [(2, True), (1, False)])
def test_a_frozen_doubleheader_is_one_of_those_that_a_team_may_have(
    most: int, wanted: bool
) -> None:
    """A played B and C on Monday, and is there on Tuesday only to do so again."""
    past = game("A-B", MONDAY, "18:00"), game("A-C", MONDAY, "19:00")
    teams = [{"name": "A", "closedDates": [WEDNESDAY]}, "B", "C"]
    given = {
        "slots": at("18:00", "19:00", "20:00"),
        "earlier": EarlierSchedule(games=past, frozen_before=TUESDAY),
        "rules": doubles(most),
    }
    assert feasible(teams, 4, WEDNESDAY, **given) is wanted


@pytest.mark.parametrize(("most", "wanted"), [(1, True), (0, False)])
def test_a_frozen_game_alone_on_its_date_is_no_doubleheader(most: int, wanted: bool) -> None:
    """A played B on Monday, and is there on Tuesday only to play C and D."""
    teams = [{"name": "A", "closedDates": WEEK[2:]}, "B", "C", "D"]
    given = {
        "slots": at("18:00", "19:00"),
        "divisions": [division(gamesPerTeam=3, maxMeetings=1)],
        "earlier": EarlierSchedule(games=(game("A-B", MONDAY, "18:00"),), frozen_before=TUESDAY),
        "rules": doubles(most),
    }
    assert feasible(teams, 3, WEEK[-1], **given) is wanted
