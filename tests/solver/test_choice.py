"""The model over candidate games agrees with the checker, with the search and with the counts."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from ortools.sat.python import cp_model

from matchday_api.checker import check
from matchday_api.faults import InvalidInput
from matchday_api.league import League
from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver import lint
from matchday_solver.build import build
from matchday_solver.choice.feasible import is_feasible
from matchday_solver.choice.model import Choice
from matchday_solver.choice.rules import add_rules
from matchday_solver.choice.table import Table, candidates, fixed_rows, joined, pairs_of
from matchday_solver.decode import Placed, to_games
from matchday_solver.demand import Demand
from matchday_solver.explain.relax import Relaxed
from matchday_solver.explain.witness import has_witness
from matchday_solver.instance import Instance
from matchday_solver.kernel.native import native
from tests.builders import division, game, league
from tests.solver.tiny_leagues import read, tiny_leagues

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """No search is a witness before it is compiled."""
    native()


def whole_table(instance: Instance) -> Table:
    """All candidate games."""
    divisions = range(len(instance.divisions.games))
    rows = [candidates(instance, d, pairs_of(instance, d)) for d in divisions]
    return joined(fixed_rows(instance), *rows)


def schedule(instance: Instance) -> Table | None:
    """The games that the model chooses; None where it finds that there are none."""
    choice = Choice(instance, whole_table(instance), Demand.whole(instance))
    add_rules(choice)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(choice.model) == cp_model.INFEASIBLE:
        return None
    chosen = np.array([solver.boolean_value(var) for var in choice.chosen], np.bool_)
    return choice.table.where(chosen)


def placed(table: Table) -> list[Placed]:
    """The rows as games of the solver."""
    columns = (table.slot, table.venue, table.home, table.away, table.length)
    return [Placed(*map(int, row)) for row in zip(*columns, strict=True)]


def even(document: dict[str, Any]) -> League:
    """The league of a document, if it is valid and can be complete."""
    try:
        of = read(document)
    except InvalidInput:
        assume(False)
    for d in of.divisions:
        assume(d.games_per_team * sum(t.division == d.name for t in of.teams) % 2 == 0)
    return of


@FEW
@given(tiny_leagues())
def test_what_the_model_chooses_keeps_every_rule(document: dict[str, Any]) -> None:
    of = even(document)
    instance = build(Problem(league=of))
    table = schedule(instance)
    if table is not None:
        report = check(of, to_games(instance, placed(table)))
        assert (report.violations, report.missing) == ((), 0)


@FEW
@given(tiny_leagues())
def test_what_the_search_completes_is_feasible_for_the_model_and_the_counts(
    document: dict[str, Any],
) -> None:
    of = even(document)
    instance = build(Problem(league=of))
    demand = Demand.whole(instance)
    if has_witness(Relaxed(of, demand), 10):
        assert is_feasible(instance, demand, 60, 1) is True
        assert lint.findings(of, instance) == ()


@FEW
@given(tiny_leagues())
def test_what_counting_proves_the_model_proves_too(document: dict[str, Any]) -> None:
    of = even(document)
    instance = build(Problem(league=of))
    if lint.findings(of, instance):
        assert is_feasible(instance, Demand.whole(instance), 60, 1) is False


def test_a_doubleheader_is_possible_where_two_venues_could_hold_it() -> None:
    of = league(
        "ABC",
        season={"start": "2026-01-10", "end": "2026-01-10"},
        slots=[{"days": ["Sat"], "starts": ["09:00", "11:00", "13:00"]}],
        divisions=[division(gamesPerTeam=2, maxMeetings=1)],
        venues=[{"name": "Gym", "courts": 1}, {"name": "Hall", "courts": 1}],
        rules={"doubleheaders": {"maxPerTeam": 1, "minBreakMinutes": 60}},
    )
    instance = build(Problem(league=of))
    assert is_feasible(instance, Demand.whole(instance), 60, 1) is True


def test_a_division_with_half_a_game_too_many_lacks_nothing_but_that() -> None:
    instance = build(Problem(league=league("ABC", divisions=[division(gamesPerTeam=3)])))
    table = schedule(instance)
    assert table is not None
    assert len(table) == 4


def test_a_model_that_is_too_large_for_the_time_is_not_built() -> None:
    instance = build(Problem(league=league("ABCDEF", divisions=[division()])))
    assert is_feasible(instance, Demand.whole(instance), 1e-6, 1) is None


def test_without_demand_nothing_is_asked_for() -> None:
    of = league(season={"start": "2026-01-05", "end": "2026-01-05"})
    instance = build(Problem(league=of))
    assert is_feasible(instance, Demand.whole(instance), 60, 1) is False
    assert is_feasible(instance, Demand.nothing(instance), 60, 1) is True


WEEK = {"start": "2026-01-05", "end": "2026-01-11"}
EARLY = ["2026-01-05", "2026-01-06", "2026-01-07"]
LATE = ["2026-01-08", "2026-01-09", "2026-01-10"]
APART = [{"name": "A", "closedDates": EARLY}, {"name": "B", "closedDates": LATE}, *"CD"]

POOL = [{"name": "Gym"}, {"name": "Pool", "features": ["pool"], "openDates": []}]


@pytest.mark.parametrize(
    "tight",
    [
        {"divisions": [division(gamesPerTeam=2)], "rules": {"maxGames": [{"days": 7, "games": 1}]}},
        {"divisions": [division(gamesPerTeam=1)], "rules": {"minGames": [{"days": 3, "games": 1}]}},
        {"divisions": [division(gamesPerTeam=3, minMeetings=1)], "teams": APART},
        {"divisions": [division(gamesPerTeam=4, maxMeetings=1)]},
        {"divisions": [division(gamesPerTeam=1, venueFeatures=["pool"])], "venues": POOL},
    ],
)
def test_each_rule_can_make_a_league_infeasible(tight: dict[str, Any]) -> None:
    teams = tight.pop("teams", "ABCD")
    instance = build(Problem(league=league(teams, season=WEEK, **tight)))
    assert is_feasible(instance, Demand.whole(instance), 60, 1) is False


def test_frozen_games_of_a_pair_may_be_at_one_home_while_it_plays_no_more() -> None:
    earlier = EarlierSchedule(
        games=(game("A-B", "2026-01-06"), game("A-B", "2026-01-07")), frozen_before="2026-01-20"
    )
    asked = division(gamesPerTeam=3, maxMeetings=2, playAt="HomeVenue")
    teams = [{"name": name, "homeVenue": "Gym"} for name in "ABCD"]
    instance = build(Problem(league=league(teams, divisions=[asked]), earlier=earlier))
    assert is_feasible(instance, Demand.whole(instance), 60, 1) is True


def test_a_pair_that_frozen_games_have_at_one_home_must_make_up_for_it_to_play_again() -> None:
    earlier = EarlierSchedule(
        games=(game("A-B", "2026-01-06"), game("A-B", "2026-01-07")), frozen_before="2026-01-20"
    )
    asked = division(gamesPerTeam=3, maxMeetings=3, playAt="HomeVenue")
    of = league([{"name": name, "homeVenue": "Gym"} for name in "AB"], divisions=[asked])
    table = schedule(build(Problem(league=of, earlier=earlier)))
    assert table is not None
    assert table.home[~table.frozen].tolist() == [1]


@pytest.mark.parametrize(("closed", "feasible"), [(["2026-01-10"], False), ([], True)])
def test_locked_home_games_are_shared_also_where_no_game_is_asked_for(
    closed: list[str], feasible: bool
) -> None:
    """A is at home to B twice; B's home venue has to be open for the third game."""
    homes = {"A": "Gym", "B": "Hall"}
    of = league(
        [{"name": name, "homeVenue": venue} for name, venue in homes.items()],
        season={"start": "2026-01-08", "end": "2026-01-10"},
        divisions=[division(gamesPerTeam=3, maxMeetings=3, playAt="HomeVenue")],
        venues=[
            {"name": "Gym"},
            {"name": "Hall", "openDates": ["2026-01-10"], "closedDates": closed},
        ],
        lockedGames=[
            {"home": "A", "away": "B", "date": day, "start": "09:00", "venue": "Gym"}
            for day in ("2026-01-08", "2026-01-09")
        ],
    )
    instance = build(Problem(league=of))
    assert is_feasible(instance, Demand.nothing(instance), 60, 1) is feasible
