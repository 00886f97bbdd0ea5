"""Counting checks: each finds its kind of impossibility, and leaves alone what just fits."""

from typing import Any

import pytest

from matchday_api.league import League
from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver import lint
from matchday_solver.build import build
from matchday_solver.demand import Demand
from tests.builders import division, game, league
from tests.solver.counting import found, paths

WEEK = {"start": "2026-01-05", "end": "2026-01-11"}
"""Monday to Sunday; nobody plays on the Sunday."""


def test_nothing_is_found_in_a_league_with_room() -> None:
    assert found(league()) == []


@pytest.mark.parametrize(("courts", "short"), [(1, True), (2, False)])
def test_games_are_counted_against_court_starts(courts: int, short: bool) -> None:
    of = league(
        "ABCDEF",
        season={"start": "2026-01-10", "end": "2026-01-10"},
        slots=[{"days": ["Sat"], "starts": ["09:00", "10:00"]}],
        divisions=[division(gamesPerTeam=1)],
        venues=[{"name": "Gym", "courts": courts}],
    )
    assert found(of) == (["U12 needs 3 court starts, but 2 can be used"] if short else [])


def test_starts_that_overlap_count_once_a_court() -> None:
    slots = [{"days": ["Sat"], "starts": ["09:00", "09:30", "10:00"]}]
    day = {"start": "2026-01-10", "end": "2026-01-10"}
    one = [{"name": "Gym", "courts": 1}]
    of = league("ABCDEF", season=day, slots=slots, divisions=[division(gamesPerTeam=1)], venues=one)
    assert found(of) == ["U12 needs 3 court starts, but 2 can be used"]


@pytest.mark.parametrize(("features", "short"), [(["low-rim"], True), ([], False)])
def test_only_venues_with_the_features_count(features: list[str], short: bool) -> None:
    of = league(
        "ABCD",
        season=WEEK,
        slots=[{"days": ["Sat"], "starts": ["09:00"]}],
        divisions=[division(gamesPerTeam=1, venueFeatures=features)],
        venues=[{"name": "Low", "features": ["low-rim"]}, {"name": "High"}],
    )
    expected = ["U12 needs 2 court starts, but 1 can be used at Low"]
    assert found(of) == (expected if short else [])


def test_divisions_that_share_a_venue_are_counted_together() -> None:
    teams = [
        {"name": n, "division": d} for n, d in zip("ABCD", ("U8", "U8", "U9", "U9"), strict=True)
    ]
    of = league(
        teams,
        season=WEEK,
        slots=[{"days": ["Sat"], "starts": ["09:00"]}],
        divisions=[division("U8", gamesPerTeam=1), division("U9", gamesPerTeam=1)],
        venues=[{"name": "Gym"}],
    )
    assert found(of) == ["U8 and U9 need 2 court starts, but 1 can be used"]


@pytest.mark.parametrize(("games", "short"), [(5, True), (4, False)])
def test_a_window_rule_limits_the_games_of_a_season(games: int, short: bool) -> None:
    of = league(
        season={"start": "2026-01-05", "end": "2026-01-18"},
        divisions=[division(gamesPerTeam=games)],
        rules={"maxGames": [{"days": 7, "games": 2}]},
    )
    assert bool(found(of)) is short


@pytest.mark.parametrize(("limit", "short"), [(1, False), (0, True)])
def test_doubleheaders_add_games_to_few_dates(limit: int, short: bool) -> None:
    of = league(
        season={"start": "2026-01-05", "end": "2026-01-06"},
        divisions=[division(gamesPerTeam=3)],
        rules={"doubleheaders": {"maxPerTeam": limit}},
        venues=[{"name": "Gym", "courts": 9}],
    )
    assert bool(found(of)) is short


def closed(team: str, *dates: str) -> list[dict[str, Any]]:
    """Teams A to D, one of which is closed on some dates."""
    return [{"name": n} | ({"closedDates": list(dates)} if n == team else {}) for n in "ABCD"]


def test_a_team_without_dates_is_named_with_its_closed_dates() -> None:
    of = league(
        closed("B", "2026-01-06", "2026-01-07", "2026-01-08"),
        season=WEEK,
        divisions=[division(gamesPerTeam=4)],
    )
    assert found(of) == ["B needs 4 games, but the 3 dates on which it can play hold at most 3"]
    assert "teams[1].closedDates" in paths(of)


def test_home_and_away_closed_dates_together_close_a_date() -> None:
    week = ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"]
    both = {"name": "A", "homeClosedDates": week, "awayClosedDates": week}
    of = league([both, *"BCD"], season=WEEK, divisions=[division(gamesPerTeam=2)])
    assert found(of) == ["A needs 2 games, but the 1 date on which it can play holds at most 1"]


def test_a_team_without_any_date_is_not_said_to_lack_opponents() -> None:
    days = [f"2026-01-{day:02d}" for day in range(5, 12)]
    of = league(closed("A", *days), season=WEEK, divisions=[division(gamesPerTeam=1)])
    assert found(of) == ["A needs 1 game, but there is no date on which it can play"]


def test_many_teams_with_one_cause_make_one_finding() -> None:
    of = league("ABCDEF", season=WEEK, divisions=[division(gamesPerTeam=8)])
    told = [text for text in found(of) if "on which it can play" in text]
    assert len(told) == 1
    assert told[0].endswith("; so it is with 5 more teams of U12")


@pytest.mark.parametrize(("most", "short"), [(1, True), (2, False)])
def test_opponents_are_counted_against_games(most: int, short: bool) -> None:
    of = league(divisions=[division(gamesPerTeam=4, maxMeetings=most)], forbiddenPairs=[["A", "B"]])
    assert bool(found(of)) is short


def test_pairs_without_a_common_date_do_not_meet() -> None:
    first = [f"2026-01-{day:02d}" for day in range(5, 8)]
    last = [f"2026-01-{day:02d}" for day in range(8, 12)]
    teams = [{"name": "A", "closedDates": first}, {"name": "B", "closedDates": last}]
    of = league(teams, season=WEEK, divisions=[division(gamesPerTeam=1)])
    assert found(of)[0] == "A needs 1 game, but it may meet no other team of U12"


def test_at_home_venues_a_pair_that_only_one_can_host_meets_once() -> None:
    teams = [{"name": "A", "homeVenue": "Gym"}, {"name": "B", "homeVenue": "Shut"}]
    venues = [{"name": "Gym"}, {"name": "Shut", "openDates": []}]
    for games, short in ((1, False), (2, True)):
        of = league(
            teams,
            venues=venues,
            divisions=[division(gamesPerTeam=games, playAt="HomeVenue")],
        )
        assert bool(found(of)) is short


@pytest.mark.parametrize(("least", "short"), [(1, False), (2, True)])
def test_pairs_that_must_meet_need_common_dates_and_hosts(least: int, short: bool) -> None:
    teams = [{"name": "A", "homeVenue": "Gym"}, {"name": "B", "homeVenue": "Shut"}]
    of = league(
        teams,
        venues=[{"name": "Gym"}, {"name": "Shut", "openDates": []}],
        divisions=[division(gamesPerTeam=2, minMeetings=least, playAt="HomeVenue")],
    )
    told = f"A and B must meet {least} times, but can meet less often"
    assert (told in found(of)) is short


@pytest.mark.parametrize(("least", "short"), [(6, False), (7, True)])
def test_least_games_of_a_window_are_counted_against_its_dates(least: int, short: bool) -> None:
    of = league(
        season=WEEK,
        divisions=[division(gamesPerTeam=6)],
        rules={"minGames": [{"days": 7, "games": least}]},
    )
    assert bool(found(of)) is short


def test_least_games_of_all_windows_are_counted_against_games() -> None:
    of = league(divisions=[division(gamesPerTeam=6)], rules={"minGames": [{"days": 7, "games": 1}]})
    assert found(of) == ["U12 plays 6 games a team, but at least 1 in every 7 days make 7"]


@pytest.mark.parametrize(("one_game", "short"), [(True, True), (False, False)])
def test_a_coach_has_too_many_games(one_game: bool, short: bool) -> None:
    teams = [{"name": n, "coaches": ["Kim"] if n in "AB" else []} for n in "ABCD"]
    of = league(
        teams,
        season=WEEK,
        slots=[{"days": ["Mon", "Tue"], "starts": ["18:00"]}],
        divisions=[division(gamesPerTeam=2)],
        forbiddenPairs=[["A", "B"]],
        rules={"coachOneGameAtATime": one_game},
    )
    assert [text for text in found(of) if text.startswith("Kim coaches A and B")] == (
        ["Kim coaches A and B, which need 4 games at different times, but their dates hold at"
         " most 2"] if short else []
    )  # fmt: skip


EVENINGS = [{"days": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"], "starts": ["18:00"]}]


def with_a_game_too_many(of: League) -> list[str]:
    """Findings where A has four frozen games of three: one other team may have one less."""
    pairs = ("A-B", "A-C", "A-D", "A-B")
    games = tuple(game(p, f"2026-01-0{5 + n}", "18:00") for n, p in enumerate(pairs))
    return found(of, EarlierSchedule(games=games, frozen_before="2026-01-09"))


def three_games(teams: Any = "ABCD", **changed: Any) -> League:
    """A league of one week in the evenings, three games a team."""
    week = {"start": "2026-01-05", "end": "2026-01-10"}
    divisions = [division(gamesPerTeam=3, maxMeetings=changed.pop("meetings", 20))]
    return league(teams, **{"season": week, "slots": EVENINGS, "divisions": divisions} | changed)


@pytest.mark.parametrize(("end", "short"), [("2026-01-09", True), ("2026-01-10", False)])
def test_an_odd_division_needs_courts_for_one_game_less(end: str, short: bool) -> None:
    week = {"start": "2026-01-05", "end": end}
    of = three_games(season=week, venues=[{"name": "Gym", "courts": 1}])
    assert bool(with_a_game_too_many(of)) == short


@pytest.mark.parametrize(("closed", "short"), [("C", False), ("CD", True)])
def test_one_team_of_an_odd_division_may_lack_a_date(closed: str, short: bool) -> None:
    shut = {"closedDates": ["2026-01-10"]}
    teams = [{"name": n, **(shut if n in closed else {})} for n in "ABCD"]
    assert bool(with_a_game_too_many(three_games(teams))) == short


@pytest.mark.parametrize(("teams", "short"), [("BC", False), ("BCD", True)])
def test_a_coach_of_an_odd_division_may_have_a_game_less(teams: str, short: bool) -> None:
    members = [{"name": n, "coaches": ["Kim"] if n in teams else []} for n in "ABCD"]
    of = three_games(members, meetings=2, forbiddenPairs=[["B", "C"], ["B", "D"], ["C", "D"]])
    assert any(text.startswith("Kim coaches") for text in with_a_game_too_many(of)) == short


@pytest.mark.parametrize(("lacks", "short"), [("B", False), ("BC", True)])
def test_one_team_of_an_odd_division_may_lack_an_opponent(lacks: str, short: bool) -> None:
    forbidden = [[one, "D"] for one in lacks]
    of = three_games(meetings=1, forbiddenPairs=forbidden)
    assert any("may meet only" in text for text in with_a_game_too_many(of)) == short


def test_a_frozen_game_across_divisions_counts_for_both() -> None:
    """Two of the four games of four teams have been played across today's divisions."""
    days = {"start": "2026-01-05", "end": "2026-01-07"}
    of = league(
        [{"name": n, "division": "U12" if n in "AB" else "U14"} for n in "ABCD"],
        season=days,
        slots=EVENINGS,
        divisions=[division("U12", gamesPerTeam=2), division("U14", gamesPerTeam=2)],
    )
    games = (game("A-C", "2026-01-05", "18:00"), game("B-D", "2026-01-06", "18:00"))
    assert found(of, EarlierSchedule(games=games, frozen_before="2026-01-07")) == []


def test_nothing_is_short_where_games_may_be_missing() -> None:
    of = league(season=WEEK, divisions=[division(gamesPerTeam=8)])
    instance = build(Problem(league=of))
    assert lint.findings(of, instance)
    assert lint.findings(of, instance, Demand.nothing(instance)) == ()


@pytest.mark.parametrize(("last", "short"), [("2026-01-06", True), ("2026-01-07", False)])
def test_a_date_holds_half_as_many_games_as_teams(last: str, short: bool) -> None:
    """Three teams can have one game a date; they need three games."""
    of = league(
        "ABC",
        season={"start": "2026-01-05", "end": last},
        divisions=[division(gamesPerTeam=2)],
    )
    told = "U12 needs 3 court starts, but its teams can fill only 2"
    assert found(of) == ([told] if short else [])


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"slots": [{"days": ["Sat"], "starts": ["23:30"]}]}, "until midnight"),
        (
            {
                "season": {"start": "2026-01-05", "end": "2026-01-09"},
                "slots": [{"days": ["Sat"], "starts": ["09:00"]}],
            },
            "no date of the season",
        ),
        ({"venues": [{"name": "Gym", "courts": 0}]}, "no venue that it may use"),
        ({"venues": [{"name": "Gym", "openDates": []}]}, "no venue that it may use"),
    ],
)
def test_a_division_that_plays_nowhere_is_told_why(changed: dict[str, Any], why: str) -> None:
    of = league(divisions=[division(gamesPerTeam=2, gameMinutes=60)], **changed)
    told = found(of)[0]
    assert told.startswith("U12 plays nowhere: ")
    assert why in told
