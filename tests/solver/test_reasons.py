"""Why games are missing."""

from datetime import date
from typing import Any

import pytest

from matchday_api.problem import EarlierSchedule
from matchday_solver.build import build
from matchday_solver.decode import Placed
from matchday_solver.reasons import MOST, NO_OPPONENT, NO_PLACE, Reasons
from tests.builders import division
from tests.solver.solving import problem

MONDAY, TUESDAY = "2026-01-05", "2026-01-06"
DAY = {"start": MONDAY, "end": MONDAY}
TWO_DAYS = {"start": MONDAY, "end": TUESDAY}
WEEK = {"start": MONDAY, "end": "2026-01-11"}
ONE_COURT = [{"name": "Gym", "courts": 1}]
TWO_GYMS = [{"name": "Gym"}, {"name": "Hall"}]
DOUBLEHEADERS = {"doubleheaders": {"maxPerTeam": 1, "minBreakMinutes": 60}}


def at(*starts: str) -> list[dict[str, Any]]:
    """Slots of Mondays and Tuesdays."""
    return [{"days": ["Mon", "Tue"], "starts": list(starts)}]


def team(name: str, **changed: Any) -> dict[str, Any]:
    """A team as a league's document has it."""
    return {"name": name} | changed


def why(teams: str, games: tuple[tuple[int, str], ...], of: Any = "ABCD", **changed: Any) -> str:
    """The reason beside games at slots of the first venue."""
    instance = build(problem(of, **changed))
    index = instance.teams.names.index
    placed = [Placed(slot, 0, index(two[0]), index(two[1]), length=0) for slot, two in games]
    reasons = Reasons(instance, placed)
    return reasons(tuple(index(team) for team in teams))


def test_closed_dates_leave_a_team_no_date() -> None:
    closed = [team("A", closedDates=[MONDAY]), *"BCD"]
    assert why("AB", (), closed, season=DAY) == (
        "A may play on no further date: of 1 date with a start for this game, "
        "on 1 it or its club is closed"
    )


def test_dates_without_starts_are_no_dates_of_a_team() -> None:
    """A has no game on Monday; on the other days of the week there are no starts."""
    slots = [{"days": ["Mon"], "starts": ["09:00"]}]
    closed = [team("A", closedDates=[MONDAY]), *"BCD"]
    told = why("A", (), closed, season=WEEK, slots=slots)
    assert "of 1 date with a start for this game, on 1 it or its club is closed" in told


def test_games_and_windows_leave_a_team_no_date() -> None:
    rules = {"maxGames": [{"days": 7, "games": 1}]}
    assert why("AB", ((0, "AC"),), season=WEEK, rules=rules) == (
        "A may play on no further date: of 6 dates with a start for this game, "
        "on 1 it plays already, on 5 it would play too often in a window of dates"
    )


def test_doubleheaders_leave_a_team_no_date() -> None:
    games = ((0, "AC"), (2, "AD"), (3, "AC"))
    slots = at("09:00", "11:00", "13:00")
    told = why("AB", games, season=TWO_DAYS, slots=slots, rules=DOUBLEHEADERS)
    assert told.endswith(
        "of 2 dates with a start for this game, on 2 it plays already and may not play again"
    )


def test_taken_courts_are_counted() -> None:
    told = why("AB", ((0, "CD"),), season=DAY, slots=at("09:00"), venues=ONE_COURT)
    assert told == "of 1 start for the two, at 1 all courts are taken"


def test_starts_at_which_one_plays_and_others_of_the_date_are_counted() -> None:
    games = ((0, "AC"), (2, "CD"))
    slots = at("09:00", "11:00")
    assert why("AB", games, season=TWO_DAYS, slots=slots, venues=ONE_COURT) == (
        "of 4 starts for the two, at 1 one of them plays at the same time, "
        "at 1 one of them plays on that date already, at 1 all courts are taken, "
        "at 1 nothing forbids it, but no schedule with more games was found "
        "before the search ended"
    )


def test_windows_in_which_one_would_play_too_often_are_counted() -> None:
    rules = {"maxGames": [{"days": 2, "games": 1}]}
    season = {"start": MONDAY, "end": "2026-01-12"}
    told = why("AB", ((0, "AC"),), season=season, slots=at("09:00"), rules=rules)
    assert told == (
        "of 3 starts for the two, at 1 one of them plays at the same time, "
        "at 1 one of them would play too often in a window of dates, "
        "at 1 nothing forbids it, but no schedule with more games was found "
        "before the search ended"
    )


def test_two_that_are_never_there_together_are_told_so() -> None:
    apart = [team("A", closedDates=[MONDAY]), team("B", closedDates=[TUESDAY]), *"CD"]
    told = why("AB", (), apart, season=TWO_DAYS, slots=at("09:00"))
    assert told == "of 2 starts for the two, at 2 one of them or its club is closed"


def test_dates_on_which_neither_may_be_at_home_are_counted() -> None:
    away = [team(name, homeClosedDates=[MONDAY]) for name in "AB"]
    told = why("AB", (), away, season=DAY, slots=at("09:00"))
    assert told == "of 1 start for the two, at 1 closed home or away dates let neither be at home"


@pytest.mark.parametrize(
    ("games", "told"),
    [
        (
            ((0, "AB"),),
            "at 2 one of them plays at the same time, at 6 they meet on that date already",
        ),
        (
            ((0, "AC"), (2, "AD")),
            "at 4 one of them plays at the same time, "
            "at 4 one of them has two games on that date already",
        ),
        (
            ((0, "AC"),),
            "at 2 one of them plays at the same time, "
            "at 3 one of them plays at another venue on that date, "
            "at 1 the break before or after a game of one of them would be too short",
        ),
    ],
)
def test_doubleheaders_that_may_not_be_are_counted(
    games: tuple[tuple[int, str], ...], told: str
) -> None:
    slots = at("09:00", "10:00", "11:00", "12:00")
    found = why("AB", games, season=TWO_DAYS, slots=slots, venues=TWO_GYMS, rules=DOUBLEHEADERS)
    assert found.startswith(f"of 16 starts for the two, {told}, at ")


def test_dates_without_another_doubleheader_are_counted() -> None:
    games = ((0, "AC"), (2, "AD"), (3, "AC"))
    slots = [{"days": ["Mon", "Tue", "Wed"], "starts": ["09:00", "11:00", "13:00"]}]
    told = why("AB", games, season=WEEK, slots=slots, rules=DOUBLEHEADERS)
    assert "at 2 one of them plays on that date already and has no doubleheader left" in told


@pytest.mark.parametrize(
    ("travel", "told"),
    [
        (0, "at 2 a coach has another game at the same time"),
        (30, "at 3 a coach has another game at the same time or too close to travel"),
    ],
)
def test_starts_at_which_a_coach_is_busy_are_counted(travel: int, told: str) -> None:
    """Ann coaches at the Gym from 9 to 10; with the way to the Hall she misses 10 there."""
    coached = [team(name, coaches=["Ann"]) for name in "AC"]
    rules = {"coachOneGameAtATime": True, "travelMinutes": travel}
    more = {"slots": at("09:00", "10:00"), "venues": TWO_GYMS, "rules": rules}
    found = why("AB", ((0, "CD"),), [*coached, *"BD"], season=DAY, **more)
    assert found.startswith(f"of 4 starts for the two, {told}, at ")


def test_a_start_at_the_home_venue_of_both_counts_once() -> None:
    homes = [team(name, homeVenue="Gym") for name in "ABCD"]
    at_home = {"divisions": [division(playAt="HomeVenue")]}
    told = why(
        "AB", ((0, "CD"),), homes, season=DAY, slots=at("09:00"), venues=ONE_COURT, **at_home
    )
    assert told == "of 1 start for the two, at 1 all courts are taken"


@pytest.mark.parametrize("teams", ["AB", "A"])
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"slots": [{"days": ["Sun"], "starts": ["09:00"]}]}, "no date of the season has a start"),
        (
            {"season": DAY | {"closedDates": [MONDAY]}},
            "every date of the season that has starts is closed",
        ),
        (
            {
                "divisions": [division(venueFeatures=["rim", "floor"])],
                "venues": [team("Gym", features=["rim"]), team("Hall", features=["floor"])],
            },
            "no venue has all the features that U12 asks for",
        ),
        ({"venues": [team("Gym", openDates=[])]}, "no suitable venue has a court on an open date"),
        ({"venues": [team("Gym", courts=0)]}, "no suitable venue has a court on an open date"),
        (
            {
                "season": WEEK,
                "slots": at("09:00"),
                "venues": [team("Gym", openDates=["2026-01-07"])],
            },
            "no suitable venue has a start on the dates on which it is open",
        ),
        (
            {"gameMinutes": 600, "slots": at("15:00")},
            "a game of 600 minutes ends after midnight at every start of a suitable venue",
        ),
    ],
)
def test_what_leaves_no_start_at_all_is_named(
    teams: str, changed: dict[str, Any], told: str
) -> None:
    assert why(teams, (), **{"season": DAY} | changed) == told


def test_home_venues_without_the_features_are_named() -> None:
    homes = [team(name, homeVenue="Gym") for name in "ABCD"]
    at_home = {"divisions": [division(playAt="HomeVenue", venueFeatures=["rim"])]}
    venues = [{"name": "Gym"}, {"name": "Hall", "features": ["rim"]}]
    told = why("AB", (), homes, venues=venues, **at_home)
    assert told == "no home venue of theirs has all the features that U12 asks for"


def test_frozen_dates_are_named() -> None:
    frozen = EarlierSchedule(games=(), frozen_before=date(2026, 1, 12))
    told = why("AB", (), season=WEEK, earlier=frozen)
    assert told == "every date of the season that has starts is closed or frozen"


def test_a_team_alone_lacks_an_opponent() -> None:
    assert why("A", ()) == NO_OPPONENT


def test_only_so_many_reasons_are_worked_out() -> None:
    instance = build(problem())
    reasons = Reasons(instance, [])
    worked_out = [reasons((0, 1)) for _ in range(MOST)]
    assert NO_PLACE not in worked_out
    assert (reasons((0, 1)), reasons((0,))) == (NO_PLACE, NO_OPPONENT)
