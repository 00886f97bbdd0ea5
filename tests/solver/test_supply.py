"""Games of each length that the courts of a date can hold."""

import pytest

from matchday_solver.build import build
from matchday_solver.lint.supply import court_starts
from tests.builders import division
from tests.solver.solving import problem

SHORT, LONG = 0, 1
SATURDAY, MONDAY = 0, 2


@pytest.mark.parametrize(
    ("length", "date", "venue", "games"),
    [
        (SHORT, SATURDAY, 0, 2 * 3),
        (LONG, SATURDAY, 0, 2 * 2),
        (SHORT, SATURDAY, 1, 1),
        (LONG, SATURDAY, 1, 1),
        (SHORT, MONDAY, 0, 2),
        (LONG, MONDAY, 0, 0),
        (SHORT, MONDAY, 1, 0),
    ],
)
def test_games_on_a_court_follow_each_other(length: int, date: int, venue: int, games: int) -> None:
    """At 9:00, 10:00 and 11:00 on Saturday; on Monday at 23:00, where a long game does not end."""
    of = build(
        problem(
            [{"name": n, "division": d} for d in ("U8", "U12") for n in (f"{d} A", f"{d} B")],
            season={"start": "2026-01-10", "end": "2026-01-12"},
            slots=[
                {"days": ["Sat"], "starts": ["09:00", "10:00", "11:00"]},
                {"days": ["Mon"], "starts": ["23:00"]},
            ],
            divisions=[
                division("U8", gamesPerTeam=1, gameMinutes=60),
                division("U12", gamesPerTeam=1, gameMinutes=90),
            ],
            venues=[{"name": "Gym", "courts": 2}, {"name": "Hall", "starts": ["10:00"]}],
        )
    )
    assert court_starts(of)[length, date, venue] == games
