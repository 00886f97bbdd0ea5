"""Who meets whom."""

import threading
from collections import Counter
from typing import Any

import numpy as np
import pytest
from ortools.sat.python import cp_model

from matchday_solver import matching
from matchday_solver.build import build
from matchday_solver.clock import Clock
from matchday_solver.opponents import pair_opponents
from tests.builders import division
from tests.solver.solving import problem


def opponents(teams: Any = "ABCDEF", complete: bool = True, **changed: Any) -> list[str] | None:
    """Pairs such as AB that a league gets; None where there are none."""
    instance = build(problem(teams, **changed))
    pairs = pair_opponents(instance, seed=0, complete=complete)
    if pairs is None:
        return None
    names = instance.teams.names
    return ["".join(sorted(names[t] for t in pair)) for pair in pairs.tolist()]


def found(teams: Any = "ABCDEF", **changed: Any) -> list[str]:
    """Pairs of a league that has some."""
    pairs = opponents(teams, **changed)
    assert pairs is not None
    return pairs


@pytest.mark.parametrize("games", [1, 2, 3, 4, 5, 7, 8])
def test_every_team_plays_its_games(games: int) -> None:
    pairs = found("ABCDEF", divisions=[division(gamesPerTeam=games)])
    assert Counter("".join(pairs)) == dict.fromkeys("ABCDEF", games)


def test_forbidden_pairs_do_not_meet() -> None:
    assert "AB" not in found("ABCDEF", forbiddenPairs=[["A", "B"]])


def test_clubs_do_not_meet_themselves() -> None:
    teams = [{"name": name, "club": "Faith"} for name in "AB"]
    pairs = found([*teams, *"CDEF"], clubs=[{"name": "Faith"}])
    assert "AB" not in pairs


def test_a_club_may_meet_itself_where_the_rules_say_so() -> None:
    teams = [{"name": name, "club": "Faith"} for name in "AB"]
    rules = {"sameClubMeets": True}
    assert found(teams, clubs=[{"name": "Faith"}], rules=rules) == ["AB"] * 8


def test_a_double_round_robin_has_every_pair_twice() -> None:
    rule = division(gamesPerTeam=10, minMeetings=2, maxMeetings=2)
    assert set(Counter(found("ABCDEF", divisions=[rule])).values()) == {2}


def test_a_pair_meets_at_most_as_often_as_allowed() -> None:
    pairs = found("ABCDEF", divisions=[division(maxMeetings=2)])
    assert max(Counter(pairs).values()) == 2


def test_rivals_meet_where_nothing_speaks_against_it() -> None:
    rule = division(gamesPerTeam=1)
    assert "AF" in found("ABCDEF", divisions=[rule], rivals=[["A", "F"]])


def test_teams_of_one_tier_meet() -> None:
    teams = [{"name": name, "tier": 1 + (name in "DEF")} for name in "ABCDEF"]
    pairs = found(teams, divisions=[division(gamesPerTeam=2)])
    assert sorted(pairs) == ["AB", "AC", "BC", "DE", "DF", "EF"]


def test_locked_games_come_first_and_count() -> None:
    lock = {"home": "B", "away": "A", "date": "2026-01-10", "start": "09:00", "venue": "Gym"}
    pairs = found("ABCD", divisions=[division(gamesPerTeam=1)], lockedGames=[lock])
    assert pairs == ["AB", "CD"]


def test_there_are_none_where_a_team_may_meet_nobody() -> None:
    nobody = [["A", "B"], ["A", "C"]]
    assert opponents("ABC", forbiddenPairs=nobody) is None


def test_incomplete_opponents_are_as_many_as_possible() -> None:
    nobody = [["A", "B"], ["A", "C"], ["A", "D"]]
    rule = division(gamesPerTeam=2)
    pairs = opponents("ABCD", complete=False, forbiddenPairs=nobody, divisions=[rule])
    assert pairs is not None
    assert len(pairs) == 3


def test_games_that_must_be_missing_are_shared_out() -> None:
    """Else C may have none at all, and would break any `minGames`."""
    teams = [{"name": "A", "club": "Faith"}, {"name": "B"}, {"name": "C", "club": "Faith"}]
    pairs = opponents(
        teams, complete=False, clubs=[{"name": "Faith"}], divisions=[division(gamesPerTeam=2)]
    )
    assert pairs is not None
    assert sorted(pairs) == ["AB", "BC"]


NOT_ALL_FOUR = [["A", "B"], ["A", "C"]]
"""A may only meet D, so that four teams have no complete set of two games each."""


@pytest.fixture
def without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model of a division's opponents fits."""
    monkeypatch.setattr("matchday_solver.matching.room", lambda: 0)


@pytest.mark.usefixtures("without_memory")
def test_what_is_not_proven_impossible_is_as_near_as_swaps_come() -> None:
    rule = division(gamesPerTeam=2, maxMeetings=1)
    pairs = found("ABCD", forbiddenPairs=NOT_ALL_FOUR, divisions=[rule])
    assert 2 <= len(pairs) <= 3
    assert not {"AB", "AC"} & set(pairs)
    assert max(Counter(pairs).values()) == 1


@pytest.mark.usefixtures("without_memory")
def test_pairs_that_must_meet_are_not_met_by_half() -> None:
    """Three times against each leaves one game: against B or C, which are one too few for A."""
    rule = division(gamesPerTeam=10, minMeetings=3, maxMeetings=3)
    locks = [
        {"home": "A", "away": "B", "date": f"2026-01-{day}", "start": "09:00", "venue": "Gym"}
        for day in ("10", "17", "24", "31")
    ]
    assert found("ABCD", divisions=[rule], lockedGames=locks) == ["AB"] * 4


def test_what_is_refuted_stays_so_where_the_rest_is_not_decided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([(cp_model.INFEASIBLE, None), (cp_model.UNKNOWN, None)])
    monkeypatch.setattr(matching, "_solve", lambda *_: next(answers))
    found = matching.match(build(problem("ABCD")), 0, np.zeros((0, 2), np.int32))
    assert (found.games, found.is_refuted, found.is_impossible) == (None, True, False)


def test_with_the_time_up_nothing_is_proven() -> None:
    rule = division(gamesPerTeam=2, maxMeetings=1)
    instance = build(problem("ABCD", forbiddenPairs=NOT_ALL_FOUR, divisions=[rule]))
    assert pair_opponents(instance, seed=0) is None
    over = Clock(limit=0.0, elapsed=0.0, stop=threading.Event())
    assert pair_opponents(instance, seed=0, clock=over) is not None


def test_a_seed_gives_the_same_opponents_again() -> None:
    instance = build(problem("ABCDEFGH"))
    one, other = (pair_opponents(instance, seed=5) for _ in range(2))
    assert one is not None
    assert other is not None
    assert np.array_equal(one, other)
