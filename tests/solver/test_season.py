"""The season relaxation proves that games must be missing, and never too many."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver.bounds import season
from matchday_solver.bounds.season import lacking
from matchday_solver.build import build
from matchday_solver.demand import Demand
from matchday_solver.lint import findings
from matchday_solver.lint.reach import Capacity
from tests.builders import division, game
from tests.solver.solving import problem, repair_of, schedule_of
from tests.solver.test_exact import best_effort
from tests.solver.tiny_leagues import tiny_leagues, valid

MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
SECONDS = 20.0
FORTNIGHT = {"start": "2026-01-05", "end": "2026-01-18"}
ONE_START: dict[str, Any] = {
    "season": {"start": "2026-01-05", "end": "2026-01-05"},
    "slots": [{"days": ["Mon"], "starts": ["09:00"]}],
}
"""One date with one start."""


def proven(of: Problem) -> int:
    """Games that must be missing."""
    instance = build(of)
    return lacking(Capacity(instance, Demand.whole(instance)), SECONDS)


@MANY
@given(tiny_leagues())
def test_no_more_games_are_proven_missing_than_must_be(document: dict[str, Any]) -> None:
    of = valid(document)
    effort = best_effort(of)
    assume(effort.placed is not None)
    assert proven(of) <= effort.missing


def test_a_league_with_room_lacks_nothing() -> None:
    assert proven(problem("ABCD")) == 0


def test_games_beyond_the_courts_are_missing() -> None:
    one_court = [{"name": "Gym", "courts": 1}]
    short = problem("ABCD", **ONE_START, venues=one_court, divisions=[division(gamesPerTeam=1)])
    assert proven(short) == 1


def test_nothing_is_proven_of_what_would_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    one_court = [{"name": "Gym", "courts": 1}]
    short = problem("ABCD", **ONE_START, venues=one_court, divisions=[division(gamesPerTeam=1)])
    monkeypatch.setattr(season, "MOST_ENTRIES", 4)
    assert proven(short) == 0


def test_all_games_are_missing_where_there_is_no_court() -> None:
    assert proven(problem("ABCD", venues=[{"name": "Gym", "courts": 0}])) == 16


def test_games_beyond_the_teams_of_a_date_are_missing() -> None:
    assert proven(problem("ABCD", **ONE_START, divisions=[division(gamesPerTeam=2)])) == 2


def test_windows_of_all_teams_together_leave_games_missing() -> None:
    rules = {"maxGames": [{"days": 7, "games": 1}]}
    three = [division(gamesPerTeam=3, maxMeetings=3)]
    assert proven(problem("ABCD", season=FORTNIGHT, rules=rules, divisions=three)) == 2


def test_a_second_game_on_a_date_needs_the_rule_for_it() -> None:
    monday = {"start": "2026-01-05", "end": "2026-01-05"}
    two = [division(gamesPerTeam=2)]
    once = problem("ABCD", season=monday, divisions=two)
    twice = problem(
        "ABCD", season=monday, divisions=two, rules={"doubleheaders": {"maxPerTeam": 1}}
    )
    assert (proven(once), proven(twice)) == (2, 0)


def test_divisions_that_nothing_is_asked_of_do_not_count() -> None:
    instance = build(problem("ABCD", **ONE_START, divisions=[division(gamesPerTeam=2)]))
    assert lacking(Capacity(instance, Demand.nothing(instance)), SECONDS) == 0


def test_frozen_games_count_even_where_they_break_a_window() -> None:
    of = problem("AB", season=FORTNIGHT, divisions=[division(gamesPerTeam=3, maxMeetings=3)])
    frozen = repair_of(of, schedule_of(of), frozen_before=date(2026, 1, 19))
    strict = {"max_games": ({"days": 14, "games": 1},)}
    rules = frozen.league.rules.model_validate(strict | {})
    narrow = frozen.model_copy(update={"league": frozen.league.model_copy(update={"rules": rules})})
    assert proven(narrow) == 0


def test_frozen_games_count_even_where_their_venue_does_not_suit_any_more() -> None:
    of = problem("AB", season=FORTNIGHT, divisions=[division(gamesPerTeam=2, maxMeetings=2)])
    frozen = repair_of(of, schedule_of(of), frozen_before=date(2026, 1, 19))
    (own,) = frozen.league.divisions
    pool = own.model_copy(update={"venue_features": ("pool",)})
    changed = frozen.league.model_copy(update={"divisions": (pool,)})
    unsuitable = frozen.model_copy(update={"league": changed})
    assert proven(unsuitable) == 0
    assert findings(changed, build(unsuitable)) == ()


def test_nothing_is_proven_of_one_division_beside_frozen_games_with_another() -> None:
    """U plays three of its six games of teams against V, all at home."""
    of = problem(
        [*({"name": name, "division": "U"} for name in "ABCD"),
         *({"name": name, "division": "V"} for name in "MNOP")],
        divisions=[division("U", gamesPerTeam=2), division("V", gamesPerTeam=2)],
        earlier=EarlierSchedule(
            games=tuple(game(f"{a}-{b}", "2026-01-05") for a, b in ("AM", "BN", "CO")),
            frozen_before=date(2026, 1, 6),
        ),
    )  # fmt: skip
    instance = build(of)
    demand = replace(Demand.whole(instance), required=np.array([True, False]))
    assert lacking(Capacity(instance, demand), SECONDS) == 0
