"""Schedules made of columns: chosen, dated, started, and made cheaper."""

import subprocess
import threading
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from ortools.sat.python import cp_model

from matchday_api.checker import check
from matchday_api.problem import Problem
from matchday_solver import milp
from matchday_solver.bounds import composing, kinds
from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.composing import compose
from matchday_solver.bounds.dating import dated
from matchday_solver.bounds.generate import Generation
from matchday_solver.bounds.overlaps import Overlaps
from matchday_solver.bounds.selection import Selection
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays, venue_days
from matchday_solver.build import build
from matchday_solver.choice.table import every_game
from matchday_solver.decode import to_games
from matchday_solver.exact.run import Budget
from matchday_solver.exact.whole import Found, rows_needed
from matchday_solver.instance import Instance
from tests.builders import division
from tests.solver.solving import problem
from tests.solver.tiny_leagues import tiny_leagues, valid

FEW = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
SECONDS = 20.0
SATURDAYS = [{"days": ["Sat"], "starts": ["09:00", "10:00", "11:00"]}]


def stopping() -> Stopping:
    """Long after what is done here."""
    return Stopping(time.monotonic() + SECONDS, threading.Event())


def composed(of: Problem, enough: int = -1) -> list[Found]:
    """All schedules that columns make."""
    data = venue_days(build(of))
    generation = Generation(data, stopping(), -1)
    list(generation.run())
    if generation.proof is None:
        return []
    tries = compose(data, generation.proof, generation.columns, stopping(), enough)
    return [found for found in tries if found is not None]


@FEW
@given(tiny_leagues())
def test_a_composed_schedule_keeps_all_rules_at_the_cost_it_tells(document: dict[str, Any]) -> None:
    of = valid(document)
    instance = build(of)
    # The checker is not told which game is left over.
    assume(not instance.divisions.odd.any())
    for found in composed(of, enough=10**9):
        report = check(of.league, to_games(instance, found.placed))
        assert (report.violations, report.total) == ((), found.cost)


def test_each_composed_schedule_is_cheaper_than_the_one_before() -> None:
    costs = [found.cost for found in composed(problem("ABCDEF"))]
    assert costs
    assert costs == sorted(set(costs), reverse=True)


def test_no_further_schedule_is_made_when_one_is_cheap_enough() -> None:
    assert len(composed(problem("ABCD"), enough=10**6)) == 1


def test_nothing_is_composed_where_minimums_must_be_kept() -> None:
    assert composed(problem("ABCD", rules={"minGames": [{"days": 28, "games": 1}]})) == []


def test_nothing_is_composed_where_memory_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "room", lambda: composing.MEMORY - 1)
    assert composed(problem("ABCD")) == []


def saturdays(teams: str, games: int, **changed: Any) -> VenueDays:
    """One game a Saturday and team, on eight of them."""
    divisions = [division(gamesPerTeam=games)]
    return venue_days(build(problem(teams, divisions=divisions, slots=SATURDAYS, **changed)))


def column(data: VenueDays, *pairs: tuple[int, int], kind: int = 0) -> Column:
    """A column of pairs of teams."""
    number = {pair: n for n, pair in enumerate(zip(data.first, data.second, strict=True))}
    return Column(kind, tuple(sorted(number[pair] for pair in pairs)))


def test_columns_are_on_as_many_dates_as_they_are_chosen_for() -> None:
    data = saturdays("ABCD", 4)
    chosen = {column(data, (0, 1), (2, 3)): 3, column(data, (0, 2)): 1}
    games = dated(data, every_game(data.instance), chosen, Budget(SECONDS), threading.Event())
    assert games is not None
    meetings = {
        (int(x), int(y), int(data.instance.calendar.slot_date[k]))
        for x, y, k in zip(games.home, games.away, games.slot, strict=True)
    }
    assert sorted((x, y) for x, y, _ in meetings) == 3 * [(0, 1)] + [(0, 2)] + 3 * [(2, 3)]


def test_columns_that_share_a_team_lack_dates_where_there_are_too_few() -> None:
    two = {"season": {"start": "2026-01-05", "end": "2026-01-18"}}
    data = saturdays("ABC", 4, rules={"doubleheaders": {"maxPerTeam": 0}}, **two)
    chosen = {column(data, pair): 1 for pair in ((0, 1), (0, 2), (1, 2))}
    games = dated(data, every_game(data.instance), chosen, Budget(SECONDS), threading.Event())
    assert games is not None
    assert len({(int(x), int(y)) for x, y in zip(games.home, games.away, strict=True)}) == 2


def rows_of(data: VenueDays, columns: Sequence[Column]) -> list[tuple[list[int], int]]:
    """The rows over common teams."""
    return [(places.tolist(), most) for places, most in Overlaps(data, columns).all()]


def test_columns_with_two_of_three_teams_are_at_most_as_many_as_there_are_dates() -> None:
    data = saturdays("ABC", 8)
    columns = [column(data, (0, 1)), column(data, (1, 2))]
    assert rows_of(data, columns) == [([0, 1], 8)]


def test_three_teams_with_fewer_games_than_dates_need_no_row() -> None:
    data = saturdays("ABC", 4)
    assert rows_of(data, [column(data, (0, 1)), column(data, (1, 2))]) == []


def test_a_row_that_columns_break_is_found() -> None:
    data = saturdays("ABCD", 8)
    columns = [column(data, pair) for pair in ((0, 1), (1, 2), (0, 2), (2, 3))]
    broken = Overlaps(data, columns).broken({0: 3, 1: 3, 2: 3, 3: 1})
    assert [(places.tolist(), most) for places, most in broken] == [([0, 1, 2], 8)]


def test_a_selection_that_is_left_is_not_chosen_again() -> None:
    data = saturdays("ABCD", 2)
    columns = [column(data, *pairs) for pairs in (((0, 1), (2, 3)), ((0, 2), (1, 3)))]
    selection = Selection(data, columns)
    first = selection.cheapest(SECONDS, threading.Event())
    assert first is not None
    selection.leave(first)
    second = selection.cheapest(SECONDS, threading.Event())
    assert second is not None
    assert second != first


def test_teams_may_lack_games_where_that_has_a_cost() -> None:
    data = saturdays("ABCD", 2)
    only = [column(data, (0, 1))]
    assert Selection(data, only).cheapest(SECONDS, threading.Event()) is None
    selection = Selection(data, only, lacking=10**6)
    assert selection.cheapest(SECONDS, threading.Event()) == {only[0]: 2}
    assert selection.cost >= 4 * 10**6


def test_a_team_plays_on_dates_that_are_open_to_it_and_keep_its_windows() -> None:
    rules = {"maxGames": [{"days": 14, "games": 1}], "doubleheaders": {"maxPerTeam": 0}}
    teams = [{"name": "A", "closedDates": ["2026-01-10"]}, {"name": "B"}]
    of = problem(teams, slots=SATURDAYS, rules=rules)
    # Of eight Saturdays every second one; A's first is the second, so it has four as well.
    assert venue_days(build(of)).days.tolist() == [[4, 4]]


def test_dates_on_which_other_venues_are_open_are_a_group_of_their_own() -> None:
    venues = [{"name": "Gym"}, {"name": "Hall", "openDates": ["2026-01-10", "2026-01-17"]}]
    instance = build(problem("AB", slots=SATURDAYS, venues=venues))
    groups = venue_days(instance).groups
    assert np.bincount(groups[groups >= 0]).tolist() == [2, 6]


def test_dates_that_differ_too_often_are_weekends_and_others() -> None:
    venues = [
        {"name": f"Gym {n}", "openDates": [f"2026-01-{day:02d}" for day in range(5 + n, 32)]}
        for n in range(20)
    ]
    groups = venue_days(build(problem("AB", venues=venues))).groups
    assert set(groups[groups >= 0].tolist()) == {0, 1}


def programme() -> cp_model.CpModel:
    """At least 7 of four kinds, the second cheapest and twice as scarce."""
    model = cp_model.CpModel()
    numbers = [model.new_int_var(0, 5, "") for _ in range(4)]
    model.add(cp_model.LinearExpr.sum(numbers) >= 7)
    model.add(numbers[0] + 2 * numbers[1] <= 3)
    model.minimize(cp_model.LinearExpr.weighted_sum(numbers, [3, 1, 2, 5]))
    return model


def test_a_linear_programme_is_solved_in_whole_numbers() -> None:
    found = milp.solve_linear(programme(), SECONDS, threading.Event())
    assert found == milp.Solved([1, 1, 5, 0], 14)


def test_a_linear_programme_without_solution_has_none() -> None:
    model = programme()
    model.add(model.get_int_var_from_proto_index(2) + model.get_int_var_from_proto_index(3) <= 3)
    assert milp.solve_linear(model, SECONDS, threading.Event()) is None


def test_a_programme_that_is_told_to_stop_ends_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    began: list[subprocess.Popen[bytes]] = []

    class Endless(subprocess.Popen[bytes]):
        """A process that would not end by itself."""

        def __init__(self, command: list[str], **pipes: Any) -> None:
            super().__init__([command[0], "-c", "input(); input(); input()"], **pipes)
            began.append(self)

        def communicate(self, *_: Any) -> tuple[bytes, bytes]:
            self.wait()
            return b"", b""

    monkeypatch.setattr(subprocess, "Popen", Endless)
    stop = threading.Event()
    stop.set()
    assert milp.solve_linear(programme(), SECONDS, stop) is None
    assert began[0].returncode == -9


def test_nothing_is_composed_where_there_are_too_many_candidate_games(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Thirty teams on all dates of a year at many venues have tens of millions."""
    monkeypatch.setattr(composing, "MOST_GAMES", rows_needed(build(problem("ABCD"))) - 1)
    assert composed(problem("ABCD")) == []


def test_dates_of_a_venue_that_offer_the_same_are_looked_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else thousands of dates and venues take minutes, whatever the time limit is."""
    looked_at, kind = list[int](), kinds._kind

    def counted(instance: Instance, day: int, venue: int) -> kinds.Kind:
        looked_at.append(day)
        return kind(instance, day, venue)

    monkeypatch.setattr(kinds, "_kind", counted)
    kinds.offers(build(problem("AB", slots=SATURDAYS)))
    # The first weekday, on which nobody plays, the first Saturday and the first Sunday.
    assert looked_at == [0, 5, 6]
