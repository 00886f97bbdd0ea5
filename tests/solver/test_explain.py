"""The explanation of an infeasible league: it names the cause, and every member is needed."""

import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from matchday_api.league import League
from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.read import load_yaml, read_league
from matchday_api.request import Completeness
from matchday_solver.build import build
from matchday_solver.choice.feasible import is_feasible
from matchday_solver.demand import Demand
from matchday_solver.explain import Conflict, Explanation, explain, reason
from matchday_solver.explain.facts import all_facts
from matchday_solver.explain.oracle import Oracle
from matchday_solver.explain.relax import Relaxed, relaxed
from matchday_solver.explain.telling import MAX_REASON
from matchday_solver.explain.witness import has_witness
from matchday_solver.kernel.native import native
from tests.builders import division, game, league

LEAGUES = Path(__file__).parents[2] / "examples" / "leagues"
SECONDS = 60.0


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """The search is compiled before the first explanation needs it."""
    native()


def without(of: League, paths: Iterable[str]) -> Relaxed:
    """The league with only these facts dropped."""
    kept = frozenset(fact.path for fact in all_facts(of)) - frozenset(paths)
    return relaxed(of, kept, Demand.whole(build(Problem(league=of))))


def only(of: League, paths: Iterable[str]) -> Relaxed:
    """The league with only these facts left."""
    return relaxed(of, frozenset(paths), Demand.whole(build(Problem(league=of))))


def can_be_scheduled(case: Relaxed) -> bool | None:
    """By the search, which proves itself with a schedule, else by the exact model."""
    if has_witness(case, 10):
        return True
    return is_feasible(build(Problem(league=case.league)), case.demand, SECONDS, 2)


CAUSES = {
    "locked": {"lockedGames[0]", "lockedGames[1]", "teams[40].coaches", "teams[50].coaches",
               "rules.coachOneGameAtATime"},
    "pairs": {"divisions[5].maxMeetings", "divisions[5].gamesPerTeam",
              "forbiddenPairs[5], forbiddenPairs[7], forbiddenPairs[8]"},
    "venue": {"venues[0].openDates", "venues[3].openDates", "divisions[0].venueFeatures",
              "divisions[0].gamesPerTeam"},
    "window": {"teams[7].closedDates", "divisions[0].gamesPerTeam",
               "rules.maxGames[0], rules.maxGames[1]"},
}  # fmt: skip
"""The planted conflicts of the example leagues."""
COUNTS = {
    "locked": "lockedGames[0] and lockedGames[1]: Coach Twice would be at two games at once on"
    " 2026-01-10",
    "pairs": "School 001 GIRLS JV 1 needs 8 games, but it may meet only School 007 GIRLS JV 1, at"
    " most 2 times: 2 games",
    "venue": "ES K-1 REC needs 48 court starts, but 12 can be used at Gym 000 and Gym 003",
    "window": "School 008 ES K-1 REC 1 needs 8 games, but the 9 dates on which it can play hold at"
    " most 3 (at most 2 games in 7 days and at most 3 games in 14 days)",
}
"""What proves them: numbers of the whole league, not of the conflict alone."""


@pytest.mark.parametrize("name", list(CAUSES))
def test_a_planted_conflict_is_named_and_minimal(name: str) -> None:
    of = read_league(load_yaml((LEAGUES / f"conflict-{name}-s1.yaml").read_bytes()))
    found = explain(of, Completeness.REQUIRED, SECONDS)
    assert {conflict.path for conflict in found.conflicts} == CAUSES[name]
    assert (found.feasible, found.proven_minimal) == (False, True)
    assert found.proof == COUNTS[name]
    members = [path for conflict in found.conflicts for path in conflict.paths]
    assert can_be_scheduled(only(of, members)) is False
    for conflict in found.conflicts:
        assert can_be_scheduled(without(of, conflict.paths)) is True, conflict


def test_a_league_with_a_schedule_has_no_conflict() -> None:
    found = explain(league(), Completeness.REQUIRED, SECONDS)
    assert found == Explanation(feasible=True)


def test_a_conflict_beyond_counting_is_named() -> None:
    """Three teams that each need two games, on two starts of one date, one after the other."""
    of = league(
        "ABC",
        season={"start": "2026-01-10", "end": "2026-01-10"},
        slots=[{"days": ["Sat"], "starts": ["09:00", "10:00", "11:00"]}],
        divisions=[division(gamesPerTeam=2, maxMeetings=1)],
        rules={"doubleheaders": {"maxPerTeam": 1, "minBreakMinutes": 60}},
    )
    found = explain(of, Completeness.REQUIRED, SECONDS)
    assert found.proof == ""
    assert {conflict.path for conflict in found.conflicts} == {
        "rules.doubleheaders",
        "divisions[0].gamesPerTeam",
    }
    assert found.proven_minimal


def test_closed_dates_are_told_apart_from_dates_that_do_not_matter() -> None:
    week = ["2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"]
    teams = [{"name": "A", "closedDates": week}, {"name": "B", "closedDates": week[:1]}, *"CD"]
    of = league(
        teams,
        season={"start": "2026-01-05", "end": "2026-01-10"},
        divisions=[division(gamesPerTeam=3)],
    )
    found = explain(of, Completeness.REQUIRED, SECONDS)
    assert [conflict.path for conflict in found.conflicts] == [
        "rules.doubleheaders",
        "teams[0].closedDates",
        "divisions[0].gamesPerTeam",
    ]
    assert "Let A play on 1 closed date (2026-01-08)" in found.remedies


def test_a_game_missing_is_no_conflict_where_that_is_accepted() -> None:
    of = league(
        season={"start": "2026-01-05", "end": "2026-01-06"}, divisions=[division(gamesPerTeam=8)]
    )
    assert explain(of, Completeness.REQUIRED, SECONDS).feasible is False
    assert explain(of, Completeness.BEST_EFFORT, SECONDS).feasible is True


def test_every_fact_can_be_dropped() -> None:
    dates = ["2026-01-06"]
    of = league(
        [{"name": "A", "club": "K", "coaches": ["Kim"], "closedDates": dates, "homeVenue": "Gym",
          "homeClosedDates": ["2026-01-07"], "awayClosedDates": ["2026-01-08"]}, *"BCD"],
        season={"start": "2026-01-05", "end": "2026-02-28", "closedDates": ["2026-01-19"]},
        divisions=[division(minMeetings=1, venueFeatures=["low"])],
        clubs=[{"name": "K", "closedDates": ["2026-01-09"]}],
        venues=[{"name": "Gym", "courts": 2, "features": ["low"], "openDates": None,
                 "closedDates": ["2026-01-12"], "starts": ["09:00"],
                 "courtsOn": {"2026-01-13": 1}}],
        forbiddenPairs=[["A", "B"]],
        lockedGames=[{"home": "C", "away": "D", "date": "2026-01-10", "start": "09:00",
                      "venue": "Gym"}],
        rules={"maxGames": [{"days": 7, "games": 2}, {"days": 2, "games": 1, "weight": 9}],
               "minGames": [{"days": 28, "games": 1}], "travelMinutes": 10},
    )  # fmt: skip
    whole = without(of, ())
    assert whole.league == of
    for fact in all_facts(of):
        less = without(of, [fact.path])
        assert (less.league, bool(less.demand.required.all())) != (of, True), fact.path
    assert "rules.maxGames[1]" not in {fact.path for fact in all_facts(of)}


def test_the_reason_tells_proof_conflict_and_ways_out() -> None:
    found = Explanation(
        conflicts=(Conflict(("teams[0].closedDates",), "A does not play on 2026-01-06"),),
        proven_minimal=True,
        remedies=("Let A play",),
        feasible=False,
        proof="A needs 3 games, but has 2 dates",
    )
    assert reason(found).splitlines() == [
        "A needs 3 games, but has 2 dates.",
        "These cannot hold together:",
        "  teams[0].closedDates: A does not play on 2026-01-06",
        "All of them together make the conflict; whether there is another one is not known.",
        "What would help:",
        "  - Let A play",
    ]
    assert reason(Explanation(feasible=True)) == ""
    assert "\nFewer of them may make it" in reason(replace(found, proven_minimal=False))


def test_without_time_nothing_is_known() -> None:
    of = league(divisions=[division(gamesPerTeam=200)])
    assert explain(of, Completeness.REQUIRED, 0.0) == Explanation(feasible=None)


def test_divisions_that_are_too_many_together_are_one_member() -> None:
    """Three divisions share five starts; each needs two, so two of them have to play less."""
    teams = [{"name": f"{d}{n}", "division": d} for d in "ABC" for n in "12"]
    of = league(
        teams,
        season={"start": "2026-01-05", "end": "2026-01-07"},
        slots=[{"days": ["Mon", "Tue", "Wed"], "starts": ["18:00"]}],
        divisions=[division(d, gamesPerTeam=2) for d in "ABC"],
        venues=[{"name": "Gym"}],
    )
    found = explain(of, Completeness.REQUIRED, SECONDS)
    members = [path for conflict in found.conflicts for path in conflict.paths]
    assert len(members) == len(set(members))
    for conflict in found.conflicts:
        assert can_be_scheduled(without(of, conflict.paths)) is True, conflict


def test_frozen_games_are_part_of_a_conflict() -> None:
    """A and D have met once already, as often as they may; no other pair may meet instead."""
    of = league(
        divisions=[division(gamesPerTeam=2, maxMeetings=1)],
        forbiddenPairs=[["A", "D"], ["B", "C"]],
    )
    earlier = EarlierSchedule(games=(game("A-D", "2026-01-05"),), frozen_before="2026-01-06")
    assert explain(of).feasible
    found = explain(of, seconds=SECONDS, earlier=earlier)
    assert [each.path for each in found.conflicts] == [
        "forbiddenPairs[1]",
        "divisions[0].gamesPerTeam",
    ]
    assert reason(found).startswith(
        "With all before 2026-01-06 as it is these cannot hold together"
    )


def test_games_that_may_change_are_no_part_of_a_conflict() -> None:
    of = league(divisions=[division(gamesPerTeam=2)])
    clash = (game("A-B", start="09:00"), game("A-C", start="09:00", court=2))
    assert explain(of, earlier=EarlierSchedule(games=clash)).feasible


def test_no_game_is_added_on_frozen_dates_that_have_none() -> None:
    """Two games need two dates, of which the first is frozen."""
    of = league(
        "AB",
        season={"start": "2026-01-05", "end": "2026-01-06"},
        divisions=[division(gamesPerTeam=2, maxMeetings=2)],
    )
    assert explain(of).feasible
    earlier = EarlierSchedule(games=(game("A-B", "2026-01-06"),), frozen_before="2026-01-06")
    found = explain(of, seconds=SECONDS, earlier=earlier)
    assert "divisions[0].gamesPerTeam" in {each.path for each in found.conflicts}


def test_teams_of_a_club_are_not_advised_to_meet_where_they_then_had_to() -> None:
    """With all seven others to meet once, five games are too few."""
    teams = [{"name": f"{club}{n}", "club": club} for club in "KL" for n in range(4)]
    of = league(
        teams,
        clubs=[{"name": "K"}, {"name": "L"}],
        divisions=[division(gamesPerTeam=5, minMeetings=1, maxMeetings=1)],
        rules={"sameClubMeets": False},
        venues=[{"name": "Gym", "courts": 4}],
    )
    found = explain(of, seconds=SECONDS)
    assert found.conflicts
    assert not found.is_only
    assert not any("of one club" in way for way in found.remedies)


def test_a_member_that_wider_ones_make_needless_is_dropped() -> None:
    """D closes both dates that C lacks one of; no doubleheader would help both."""
    of = league(
        [
            *"AB",
            {"name": "C", "closedDates": ["2026-01-17"]},
            {"name": "D", "closedDates": ["2026-01-10", "2026-01-17"]},
        ],
        season={"start": "2026-01-05", "end": "2026-01-25"},
        slots=[{"days": ["Sat"], "starts": ["09:00", "10:00"]}],
        divisions=[division(gamesPerTeam=3)],
    )
    found = explain(of, seconds=SECONDS)
    assert found.proven_minimal
    members = [path for conflict in found.conflicts for path in conflict.paths]
    for conflict in found.conflicts:
        assert can_be_scheduled(only(of, set(members) - set(conflict.paths))) is True


def test_ways_out_are_told_however_long_the_conflict_is() -> None:
    conflict = Conflict(("venues[0].openDates",), "open on one date only " * 100)
    text = reason(Explanation(conflicts=(conflict,), remedies=("Let A play",), feasible=False))
    assert text.split("…\n")[1].startswith("Fewer of them may make it: ")
    assert text.endswith("\nWhat would help:\n  - Let A play")
    assert len(text) <= MAX_REASON


def test_nothing_is_looked_at_once_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """To drop facts from a large league takes so long that thousands of questions would add up."""
    of, stop = league(), threading.Event()
    over = Oracle(of, Completeness.REQUIRED, 0.0, lambda *_: True, stop)
    asked: list[object] = []
    monkeypatch.setattr("matchday_solver.explain.oracle.relaxed", lambda *of: asked.append(of))
    assert over.is_feasible(frozenset()) is None
    assert (asked, over.is_sure) == ([], False)
