"""Pairs that host each other equally often, also where games are missing."""

from typing import Any

import numpy as np
import pytest

from matchday_api.problem import EarlierSchedule
from matchday_solver.build import build
from matchday_solver.decode import Placed
from matchday_solver.hosting import surplus
from matchday_solver.outcome import Ending
from matchday_solver.reasons import Reasons
from matchday_solver.starting import fresh
from tests.builders import division, game
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


LOCKED_TWICE = [
    {"home": "A", "away": "B", "date": f"2026-01-{day}", "start": "09:00", "venue": "Gym A"}
    for day in ("06", "13")
]


def locked_twice(games: int, **changed: Any) -> Any:
    """Teams at home at their own gyms; A has hosted B twice, so B has to host A once."""
    names = changed.pop("names", "ABCD")
    rule = division(gamesPerTeam=games, maxMeetings=4, playAt="HomeVenue")
    return problem(
        [{"name": name, "homeVenue": f"Gym {name}"} for name in names],
        venues=[{"name": f"Gym {name}"} for name in names],
        divisions=[rule],
        lockedGames=LOCKED_TWICE,
        **changed,
    )


@pytest.mark.parametrize("names", ["ABCD", "ABCDEFGHIJKLMNOPQRST"])
def test_teams_of_locked_games_meet_once_more_where_one_has_hosted_too_often(names: str) -> None:
    outcome = solved(locked_twice(5, names=names))
    assert outcome.ending is Ending.SOLVED
    assert outcome.schedule is not None
    hosts = [game.home for game in outcome.schedule.games if {game.home, game.away} == {*"AB"}]
    assert sorted(hosts) in (["A", "A", "B"], ["A", "A", "B", "B"])


def test_where_they_cannot_meet_once_more_the_league_is_infeasible() -> None:
    assert solved(locked_twice(2, time_limit_seconds=20)).ending is Ending.INFEASIBLE


def test_best_effort_has_the_return_game_rather_than_another() -> None:
    """Three games each among three: one is left over, and B hosts A in any case."""
    outcome = solved(locked_twice(3, names="ABC", completeness=BEST_EFFORT))
    assert outcome.ending is Ending.SOLVED
    assert outcome.schedule is not None
    assert ("B", "A") in [(game.home, game.away) for game in outcome.schedule.games]


def test_a_repair_keeps_no_games_in_place_of_those_that_must_be() -> None:
    """A and B have two locked games and one more to play: there is no room for A-C and B-D."""
    pairs = ("A-C", "A-D", "B-C", "B-D", "C-D", "A-B")
    games = [
        game(pair, f"2026-02-0{n}", venue=f"Gym {pair[0]}") for n, pair in enumerate(pairs, start=1)
    ]
    instance = build(locked_twice(3, names="ABCDEFGH", earlier=EarlierSchedule(games=tuple(games))))
    start = fresh(instance, 0, complete=True)
    assert start is not None
    assert np.bincount(start.pairs.ravel()).tolist() == [3] * 8
    assert start.pairs.tolist()[2:].count([0, 1]) == 1
