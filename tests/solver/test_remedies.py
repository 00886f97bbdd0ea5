"""Ways out of a conflict: each is offered only where it helps, and is the smallest that does."""

import pytest

from matchday_api.league import League
from matchday_api.request import Completeness
from matchday_solver.explain import explain
from tests.builders import division, league

SECONDS = 60.0
MONDAY = {"start": "2026-01-05", "end": "2026-01-05"}


def remedies(of: League) -> dict[str, str]:
    """The way out for each member of the conflict."""
    found = explain(of, Completeness.REQUIRED, SECONDS)
    assert found.proven_minimal
    assert len(found.conflicts) == len(found.remedies)
    members = (conflict.path for conflict in found.conflicts)
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
    assert remedies(of)["venues[0].courtsOn"] == "Open 1 more court of Gym on 2026-01-05"
