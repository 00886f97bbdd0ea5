"""Pairs that host each other equally often, also where games are missing."""

from typing import Any

import pytest

from matchday_solver.build import build
from matchday_solver.decode import Placed
from matchday_solver.hosting import surplus
from matchday_solver.outcome import Ending
from matchday_solver.reasons import Reasons
from tests.builders import division
from tests.solver.solving import BEST_EFFORT, problem, solved

AT_HOME = [{"name": name, "homeVenue": f"Gym {name}"} for name in "AB"]


def at_home(games: int, **changed: Any) -> Any:
    """Two teams that meet so often, each at its own gym; that of A never opens."""
    venues = [{"name": "Gym A", "openDates": []}, {"name": "Gym B"}]
    rule = division(gamesPerTeam=games, maxMeetings=games, playAt="HomeVenue")
    return problem(AT_HOME, venues=venues, divisions=[rule], completeness=BEST_EFFORT, **changed)


@pytest.mark.parametrize(("hosts", "left_out"), [("AAB", []), ("AAA", [1, 2]), ("BBAB", [3])])
def test_the_last_games_beyond_one_more_than_the_other_hosts_are_left_out(
    hosts: str, left_out: list[int]
) -> None:
    games = [(n, int(host == "B"), int(host == "A")) for n, host in enumerate(hosts)]
    assert surplus(build(at_home(4)), games) == left_out


def test_given_games_stay() -> None:
    locked = [
        {"home": "B", "away": "A", "date": f"2026-01-0{day}", "start": "09:00", "venue": "Gym B"}
        for day in (6, 7, 8)
    ]
    instance = build(at_home(4, lockedGames=locked))
    assert surplus(instance, [(n, 1, 0) for n in range(4)]) == [3]


def test_best_effort_has_the_games_of_the_only_gym_that_the_rule_allows() -> None:
    outcome = solved(at_home(3))
    assert outcome.ending is Ending.SOLVED
    assert outcome.schedule is not None
    assert [game.home for game in outcome.schedule.games] == ["B"]
    assert outcome.schedule.objective.tiers.missing == 2


def test_the_reason_names_the_rule() -> None:
    instance = build(at_home(3))
    told = Reasons(instance, [Placed(0, 1, 1, 0, length=0)])((0, 1))
    assert told.endswith("one of them would be at home to the other too often")
