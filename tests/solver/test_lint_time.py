"""Counts take no longer than a second, also in the largest leagues."""

import time

from matchday_api.base import clock
from matchday_api.problem import Problem
from matchday_solver import lint
from matchday_solver.build import build
from tests.builders import division, league


def test_two_thousand_teams_are_counted_in_a_second() -> None:
    names = [f"T{n}" for n in range(2000)]
    teams = [{"name": name, "division": f"D{n % 40}"} for n, name in enumerate(names)]
    of = league(
        teams,
        divisions=[division(f"D{n}", maxMeetings=2) for n in range(40)],
        venues=[{"name": f"V{n}", "courts": 2} for n in range(100)],
        rules={"maxGames": [{"days": 7, "games": 2}, {"days": 14, "games": 3}]},
    )
    instance = build(Problem(league=of))
    begun = time.process_time()
    assert lint.findings(of, instance) == ()
    assert time.process_time() - begun < 1


def test_doubleheaders_of_divisions_that_play_at_the_same_venues_are_counted_once() -> None:
    names = [f"D{n}" for n in range(40)]
    of = league(
        [{"name": f"{name} {side}", "division": name} for name in names for side in "AB"],
        season={"start": "2026-01-05", "end": "2026-06-05"},
        slots=[{"days": ["Mon", "Sat"], "starts": [clock(10 * n) for n in range(120)]}],
        divisions=[division(name, gamesPerTeam=2) for name in names],
        venues=[{"name": f"V{n}"} for n in range(100)],
        rules={"doubleheaders": {"maxPerTeam": 1}},
    )
    instance = build(Problem(league=of))
    begun = time.process_time()
    assert lint.findings(of, instance) == ()
    assert time.process_time() - begun < 1
