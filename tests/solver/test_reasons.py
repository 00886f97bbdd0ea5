"""Why games are missing."""

from typing import Any

from matchday_solver.build import build
from matchday_solver.decode import Placed
from matchday_solver.reasons import MOST, NO_OPPONENT, NO_PLACE, OTHER_RULES, Reasons
from tests.builders import division
from tests.solver.solving import problem

DAY = {"start": "2026-01-05", "end": "2026-01-05"}
WEEK = {"start": "2026-01-05", "end": "2026-01-11"}
ONE_COURT = [{"name": "Gym", "courts": 1}]


def why(teams: str, games: tuple[tuple[int, str], ...], of: Any = "ABCD", **changed: Any) -> str:
    """The reason beside games at slots of the first venue."""
    instance = build(problem(of, **changed))
    index = instance.teams.names.index
    placed = [Placed(slot, 0, index(two[0]), index(two[1]), length=0) for slot, two in games]
    reasons = Reasons(instance, placed)
    return reasons(tuple(index(team) for team in teams))


def test_a_team_without_a_further_date_is_named() -> None:
    away = [{"name": "A", "closedDates": ["2026-01-05"]}, *"BCD"]
    assert why("AB", (), away, season=DAY).startswith("A may play on no further date")


def test_dates_on_which_nobody_plays_are_no_dates_of_a_team() -> None:
    """A has no game on Monday; on the other days of the week there are no starts."""
    slots = [{"days": ["Mon"], "starts": ["09:00"]}]
    away = [{"name": "A", "closedDates": ["2026-01-05"]}, *"BCD"]
    assert why("A", (), away, season=WEEK, slots=slots).startswith("A may play on no further date")


def test_rules_for_a_teams_games_leave_no_further_date() -> None:
    rules = {"maxGames": [{"days": 7, "games": 1}]}
    told = why("AB", ((0, "AC"),), season=WEEK, rules=rules)
    assert told.startswith("A may play on no further date")


def test_taken_courts_are_counted() -> None:
    slots = [{"days": ["Mon"], "starts": ["09:00"]}]
    told = why("AB", ((0, "CD"),), season=DAY, slots=slots, venues=ONE_COURT)
    assert told == "of 1 start for the two, at 1 all courts are taken"


def test_starts_on_dates_of_other_games_are_counted() -> None:
    slots = [{"days": ["Mon", "Tue"], "starts": ["09:00"]}]
    two = {"start": "2026-01-05", "end": "2026-01-06"}
    games = ((0, "AC"), (1, "CD"))
    told = why("AB", games, season=two, slots=slots, venues=ONE_COURT)
    assert told == (
        "of 2 starts for the two, at 1 one of them would play too often, at 1 all courts are taken"
    )


def test_other_rules_are_the_reason_where_teams_and_courts_are_free() -> None:
    slots = [{"days": ["Mon"], "starts": ["09:00"]}]
    told = why("AB", (), season=DAY, slots=slots)
    assert told == f"of 1 start for the two, at 1 {OTHER_RULES}"


def test_two_that_are_never_there_together_have_no_start() -> None:
    two = {"start": "2026-01-05", "end": "2026-01-06"}
    apart = [
        {"name": "A", "closedDates": ["2026-01-05"]},
        {"name": "B", "closedDates": ["2026-01-06"]},
        *"CD",
    ]
    assert why("AB", (), apart, season=two) == "no suitable venue is open when both may play"


def test_a_team_alone_lacks_an_opponent() -> None:
    assert why("A", ()) == NO_OPPONENT


def test_only_so_many_reasons_are_worked_out() -> None:
    instance = build(problem())
    reasons = Reasons(instance, [])
    told = [reasons((0,)) for _ in range(MOST + 1)]
    assert (told[0], told[-1]) == (NO_OPPONENT, NO_PLACE)


def test_a_start_at_the_home_venue_of_both_counts_once() -> None:
    homes = [{"name": name, "homeVenue": "Gym"} for name in "ABCD"]
    slots = [{"days": ["Mon"], "starts": ["09:00"]}]
    at_home = {"divisions": [division(playAt="HomeVenue")]}
    told = why("AB", ((0, "CD"),), homes, season=DAY, slots=slots, venues=ONE_COURT, **at_home)
    assert told == "of 1 start for the two, at 1 all courts are taken"
