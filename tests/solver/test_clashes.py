"""Locked games that cannot be together are named; what frozen games break alone is no finding."""

from typing import Any

import pytest

from matchday_api.problem import EarlierSchedule
from tests.builders import division, game, league
from tests.solver.counting import found, paths

LOCKED_CLASHES: dict[str, tuple[list[str], dict[str, Any]]] = {
    "A has two games at once": (["A-B 09:00", "A-C 09:00"], {}),
    "not at one venue against two teams": (
        ["A-B 09:00", "A-B 11:00"],
        {"rules": {"doubleheaders": {"maxPerTeam": 9}}},
    ),
    "with too short a break": (
        ["A-B 09:00", "A-C 10:00"],
        {"rules": {"doubleheaders": {"maxPerTeam": 1, "minBreakMinutes": 30}}},
    ),
    "A has two games on 2026-01-10": (["A-B 09:00", "A-C 11:00"], {}),
    "Gym has 1 court": (["A-B 09:00", "C-D 09:00"], {"venues": [{"name": "Gym"}]}),
    "meet at most 1 time": (
        ["A-B 09:00", "B-A 2026-01-17 09:00"],
        {"divisions": [division(gamesPerTeam=3, maxMeetings=1)]},
    ),
    "plays 1 game, but has 2 already": (
        ["A-B 09:00", "A-C 2026-01-17 09:00"],
        {"divisions": [division(gamesPerTeam=1)]},
    ),
    "A has 2 games in 7 days": (
        ["A-B 09:00", "A-C 2026-01-16 09:00"],
        {"rules": {"maxGames": [{"days": 7, "games": 1}]}, "divisions": [division(gamesPerTeam=2)]},
    ),
}


def locked(*texts: str) -> list[dict[str, Any]]:
    """Locked games such as `A-B 09:00` or `A-B 2026-01-17 09:00` at Gym."""
    games = []
    for text in texts:
        pair, *day, start = text.split()
        date = day[0] if day else "2026-01-10"
        home, away = pair.split("-")
        games.append({"home": home, "away": away, "date": date, "start": start, "venue": "Gym"})
    return games


@pytest.mark.parametrize("text", list(LOCKED_CLASHES))
def test_locked_games_that_break_a_rule_together_are_named(text: str) -> None:
    games, changed = LOCKED_CLASHES[text]
    of = league(lockedGames=locked(*games), **changed)
    assert [
        t for t in found(of) if t.startswith("lockedGames[0] and lockedGames[1]: ") and text in t
    ]


def test_locked_games_of_one_coach_at_once_are_named_with_the_coach() -> None:
    teams = [{"name": n, "coaches": ["Kim"] if n in "AC" else []} for n in "ABCD"]
    of = league(teams, lockedGames=locked("A-B 09:00", "C-D 09:00"))
    assert paths(of) == {
        "lockedGames[0]",
        "lockedGames[1]",
        "teams[0].coaches",
        "teams[2].coaches",
        "rules.coachOneGameAtATime",
    }


def test_travel_between_locked_games_counts() -> None:
    venues = [{"name": "Gym"}, {"name": "Hall"}]
    teams = [{"name": n, "coaches": ["Kim"] if n in "AC" else []} for n in "ABCD"]
    games = [*locked("A-B 09:00"), locked("C-D 10:00")[0] | {"venue": "Hall"}]
    near = league(teams, venues=venues, lockedGames=games)
    far = league(teams, venues=venues, lockedGames=games, rules={"travelMinutes": 30})
    assert (found(near), len(found(far))) == ([], 1)


def test_what_frozen_games_break_alone_is_no_finding() -> None:
    of = league(divisions=[division(gamesPerTeam=8)])
    games = (game("A-B", start="09:00"), game("A-C", start="09:00", court=2))
    earlier = EarlierSchedule(games=games, frozen_before="2026-01-12")
    assert found(of, earlier) == []


def test_a_frozen_doubleheader_without_a_break_is_no_fault_of_locked_games() -> None:
    rest = {"doubleheaders": {"maxPerTeam": 2, "minBreakMinutes": 60}}
    games = locked("A-B 2026-01-17 09:00", "A-C 2026-01-17 11:00")
    of = league(divisions=[division(gamesPerTeam=4)], rules=rest, lockedGames=games)
    frozen = (game("A-B", start="09:00"), game("A-C", start="10:00"))
    assert found(of, EarlierSchedule(games=frozen, frozen_before="2026-01-17")) == []


def test_three_locked_games_on_one_date_are_named() -> None:
    games = locked("A-B 09:00", "A-C 11:00", "A-D 13:00")
    of = league(lockedGames=games, rules={"doubleheaders": {"maxPerTeam": 2}})
    assert any("A has three games on 2026-01-10" in text for text in found(of))


@pytest.mark.parametrize(("meetings", "named"), [(2, True), (3, False)])
def test_locked_home_games_must_leave_the_other_its_share(meetings: int, named: bool) -> None:
    of = league(
        [{"name": name, "homeVenue": "Gym"} for name in "ABCD"],
        divisions=[division(gamesPerTeam=3, maxMeetings=meetings, playAt="HomeVenue")],
        lockedGames=locked("A-B 09:00", "A-B 2026-01-17 09:00"),
    )
    told = "A is at home to B 2 times, which takes 1 game at home of B too, but they meet at most 2"
    assert any(told in text for text in found(of)) == named


def test_a_locked_game_is_named_that_is_too_close_to_the_last_of_two_frozen_ones() -> None:
    of = league(
        divisions=[division(gamesPerTeam=3)],
        rules={"maxGames": [{"days": 7, "games": 1}]},
        lockedGames=locked("A-C 2026-01-12 09:00"),
    )
    frozen = (game("A-B", "2026-01-05"), game("A-D", "2026-01-07"))
    told = found(of, EarlierSchedule(games=frozen, frozen_before="2026-01-08"))
    assert [text for text in told if "A has 2 games in 7 days from 2026-01-07 on" in text]
