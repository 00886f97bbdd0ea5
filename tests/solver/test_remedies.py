"""Ways out of a conflict: each is offered only where it helps, and is the smallest that does."""

from typing import Any

import pytest

from matchday_api.league import League
from matchday_api.request import Completeness
from matchday_solver.explain import explain
from tests.builders import division, league

SECONDS = 60.0
MONDAY = {"start": "2026-01-05", "end": "2026-01-05"}


def remedies(of: League) -> dict[str, str]:
    """The way out for each member of the conflict, but for a number of games where none will do."""
    found = explain(of, Completeness.REQUIRED, SECONDS)
    assert found.proven_minimal
    members = [conflict.path for conflict in found.conflicts]
    if len(found.remedies) < len(members):
        members.remove("divisions[0].gamesPerTeam")
    return dict(zip(members, found.remedies, strict=True))


@pytest.mark.parametrize(("games", "better"), [(2, 3), (4, 3)])
def test_games_a_team_become_more_where_fewer_do_not_help(games: int, better: int) -> None:
    """A has three locked games; three dates hold one each."""
    locks = [
        {"home": "A", "away": away, "date": f"2026-01-0{day}", "start": "09:00", "venue": "Gym"}
        for day, away in ((5, "B"), (6, "C"), (7, "D"))
    ]
    season = {"start": "2026-01-05", "end": "2026-01-07"}
    of = league("ABCD", season=season, divisions=[division(gamesPerTeam=games)], lockedGames=locks)
    assert remedies(of)["divisions[0].gamesPerTeam"] == f"Play {better} games a team in U12"


@pytest.mark.parametrize(
    ("most", "pause", "way"),
    [
        (0, 0, "Allow 1 doubleheader a team"),
        (5, 700, "Allow breaks of 535 minutes on one date"),
        (0, 700, "Allow more doubleheaders, or shorter breaks between their games"),
    ],
)
def test_doubleheaders_are_allowed_or_their_breaks_shortened(
    most: int, pause: int, way: str
) -> None:
    """Two games on one date, at 9:00 and at 19:00, where a game lasts an hour."""
    of = league(
        "ABCD",
        season=MONDAY,
        slots=[{"days": ["Mon"], "starts": ["09:00", "19:00"]}],
        divisions=[division(gamesPerTeam=2, gameMinutes=60)],
        venues=[{"name": "Gym", "courts": 2}],
        rules={"doubleheaders": {"maxPerTeam": most, "minBreakMinutes": pause}},
    )
    assert remedies(of)["rules.doubleheaders"] == way


def test_courts_of_single_dates_are_a_member_where_they_are_more_than_usual() -> None:
    of = league(
        "ABCDEF",
        season={"start": "2026-01-05", "end": "2026-01-07"},
        divisions=[division(gamesPerTeam=1)],
        slots=[{"days": ["Mon", "Tue", "Wed"], "starts": ["09:00"]}],
        venues=[{"name": "Gym", "openDates": ["2026-01-05"], "courtsOn": {"2026-01-05": 2}}],
    )
    assert remedies(of)["venues[0].courtsOn"] == "Open 1 more court of Gym on 1 date (2026-01-05)"


def saturdays(*days: int) -> list[str]:
    return [f"2026-01-{day:02d}" for day in days]


def january(of: str | list[Any], games: int = 3, **changed: Any) -> League:
    """Games on the four Saturdays of a January, at most one a team on each."""
    season = {"start": "2026-01-05", "end": "2026-01-31"}
    slots = [{"days": ["Sat"], "starts": ["09:00", "10:00", "11:00"]}]
    kept = {"season": season, "slots": slots, "divisions": [division(gamesPerTeam=games)]}
    return league(of, **kept | changed)


@pytest.mark.parametrize(
    ("teams", "changed", "member", "way"),
    [
        (
            [{"name": "A", "closedDates": ["2026-01-06", *saturdays(7, 10, 17, 24)]}, *"BCD"],
            {},
            "teams[0].closedDates",
            "Let A play on 2 closed dates (2026-01-10 and 2026-01-17)",
        ),
        (
            "ABCD",
            {"venues": [{"name": "Gym", "courts": 2, "openDates": saturdays(10, 17)}]},
            "venues[0].openDates",
            "Open Gym on 1 more Saturday (2026-01-31)",
        ),
        (
            "ABCD",
            {"venues": [{"name": "Gym", "courts": 2, "closedDates": saturdays(10, 17)}]},
            "venues[0].closedDates",
            "Open Gym on 1 closed date (2026-01-17)",
        ),
        (
            "ABCD",
            {"season": {"start": "2026-01-05", "end": "2026-01-24",
                        "closedDates": saturdays(17, 20)}},
            "season.closedDates",
            "Play on 1 closed date (2026-01-17) of the season",
        ),
        (
            [{"name": "A", "club": "K"}, *"BCD"],
            {"clubs": [{"name": "K", "closedDates": saturdays(10, 31)}]},
            "clubs[0].closedDates",
            "Let teams of K play on 1 closed date (2026-01-31)",
        ),
        (
            "ABCD",
            {"venues": [{"name": "Gym", "courts": 2,
                         "courtsOn": dict.fromkeys(saturdays(10, 17), 0)}]},
            "venues[0].courtsOn",
            "Open 1 more court of Gym on 1 date (2026-01-17)",
        ),
    ],
)  # fmt: skip
def test_no_more_dates_are_opened_than_must_be_and_each_is_named(
    teams: Any, changed: dict[str, Any], member: str, way: str
) -> None:
    of = january(teams if isinstance(teams, list) else list(teams), **changed)
    assert remedies(of)[member] == way


def test_dates_of_several_teams_are_opened_together() -> None:
    """A and B are to meet on three Saturdays; each has closed another one."""
    of = january(
        [{"name": "A", "closedDates": saturdays(10)}, {"name": "B", "closedDates": saturdays(17)}],
        season={"start": "2026-01-05", "end": "2026-01-24"},
    )
    ways = remedies(of)
    assert ways["teams[0].closedDates, teams[1].closedDates"] == (
        "Let A play on 1 closed date (2026-01-10), and let B play on 1 closed date (2026-01-17)"
    )


def test_of_pairs_that_must_not_meet_no_more_are_let_meet_than_must_be() -> None:
    of = january(
        "ABCD",
        divisions=[division(gamesPerTeam=3, maxMeetings=2)],
        forbiddenPairs=[["A", "B"], ["A", "C"], ["A", "D"]],
    )
    pairs = "forbiddenPairs[0], forbiddenPairs[1], forbiddenPairs[2]"
    assert remedies(of)[pairs] == "Let A meet C, and let A meet D"


def test_no_number_of_games_is_advised_where_none_will_do() -> None:
    """A game takes ten hours and can begin at nine in the evening only."""
    of = january(
        "ABCD",
        slots=[{"days": ["Sat"], "starts": ["21:00"]}],
        divisions=[division(gamesPerTeam=3, venueFeatures=["low"])],
        venues=[{"name": "Gym", "features": ["low"], "courts": 0}, {"name": "Hall", "courts": 2}],
    )
    found = explain(of, Completeness.REQUIRED, SECONDS)
    assert not any("games" in way for way in found.remedies)
    assert "Let U12 play at venues without that too" in found.remedies
