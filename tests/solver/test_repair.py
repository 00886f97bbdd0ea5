"""Repairs: what is frozen or need not move stays, and no schedule has fewer changes."""

import random
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchday_api.checker import check
from matchday_api.problem import Problem
from matchday_solver.build import build
from matchday_solver.exact.run import Budget, Ending
from matchday_solver.kernel.layout import CHANGED
from matchday_solver.repair import certain_changes, repair
from matchday_solver.repair.listing import Listing
from matchday_solver.repair.stay import earlier_rows, most_staying
from matchday_solver.search import Search
from matchday_solver.starting import fresh, resumed
from tests.builders import division, game, league
from tests.solver.repairing import (
    EARLIER,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    WEEK,
    all_schedules,
    evening,
    games_of,
    problem,
    repaired,
    shut,
    small,
)
from tests.solver.solving import BEST_EFFORT, schedule_of


def test_an_unchanged_league_needs_no_change() -> None:
    found = repaired(small(), EARLIER)
    assert (found.changes, found.changes_bound) == (0, 0)


def test_changes_are_told_apart_from_preferences() -> None:
    """What bounds are compared with is the cost that they are about."""
    instance = build(problem(small(**shut(TUESDAY)), EARLIER))
    start = fresh(instance, 0, complete=True)
    assert start is not None
    search = Search(instance, start, seed=0)
    search.settle(200)
    assert search.cost - search.preferences == CHANGED


def test_a_closed_date_moves_its_game_only() -> None:
    of = problem(small(**shut(TUESDAY)), EARLIER)
    found = repaired(of.league, EARLIER)
    assert (found.changes, found.changes_bound) == (1, 1)
    new = games_of(of, found)
    assert [str(g.date) for g in new if {g.home, g.away} == {"C", "D"}] == ["2026-01-09"]
    assert check(of.league, new, (), of.earlier).changes == 1


def test_the_moved_pairing_keeps_its_id() -> None:
    of = problem(small(**shut(TUESDAY)), EARLIER)
    new = games_of(of, repaired(of.league, EARLIER))
    assert {g.id for g in new} == {g.id for g in EARLIER}


def test_another_game_makes_room_where_it_must() -> None:
    """C and D can meet on Thursday only, where B plays D; that game goes to Friday."""
    teams = ["A", "B", {"name": "C", "closedDates": ["2026-01-09"]}, "D"]
    of = small(teams, **shut(TUESDAY), divisions=[division(gamesPerTeam=2, maxMeetings=1)])
    found = repaired(of, EARLIER)
    assert (found.changes, found.changes_bound) == (2, 2)


def test_frozen_games_stay_even_where_the_gym_has_closed() -> None:
    of = problem(small(**shut(MONDAY, TUESDAY)), EARLIER, TUESDAY)
    found = repaired(of.league, EARLIER, TUESDAY)
    assert found.changes == 1
    new = games_of(of, found)
    assert next(g for g in new if g.id == EARLIER[0].id) == EARLIER[0]
    assert check(of.league, new, (), of.earlier).violations == ()


def test_games_that_exclude_each_other_now_do_not_all_move() -> None:
    of = small(**shut(courts=1))
    both = (evening("A-B", MONDAY), evening("C-D", MONDAY), *EARLIER[2:])
    found = repaired(of, both)
    assert (found.changes, found.changes_bound) == (1, 1)


def test_a_game_of_a_team_that_has_left_is_a_change() -> None:
    of = small("ABC", divisions=[division(gamesPerTeam=2, maxMeetings=2)])
    found = repaired(of, EARLIER)
    assert (found.changes, found.changes_bound) == (2, 2)


def test_a_division_with_half_a_game_too_many_is_repaired_too() -> None:
    one = {"divisions": [division(gamesPerTeam=1)]}
    found = repaired(small("ABC", **one, **shut(MONDAY)), [evening("A-B", MONDAY)])
    assert (found.changes, found.changes_bound) == (1, 1)


def test_no_repair_is_given_where_there_is_no_complete_schedule() -> None:
    of = small(**shut(MONDAY, TUESDAY))
    assert repair(build(problem(of, EARLIER)), 60, 1, threading.Event()) is None


@pytest.mark.parametrize(
    ("closed", "left", "changes"),
    [((MONDAY, TUESDAY), 3, 2), ((MONDAY, TUESDAY, WEDNESDAY), 2, 3), (tuple(WEEK), 0, 4)],
)
def test_where_games_may_be_missing_as_few_as_possible_are_and_the_others_stay(
    closed: tuple[str, ...], left: int, changes: int
) -> None:
    of = problem(small(**shut(*closed)), EARLIER)
    found = repair(build(of), 60, 1, threading.Event(), complete=False)
    assert found is not None
    assert (len(found.games), found.changes, found.changes_bound) == (left, changes, changes)
    kept = {g.id for g in EARLIER if str(g.date) not in closed}
    assert kept <= {g.id for g in games_of(of, found)}


def test_as_few_are_missing_where_no_earlier_game_can_stay() -> None:
    """All were at a venue that is gone; three evenings are left for four games."""
    old = [game.model_copy(update={"venue": "Old Gym"}) for game in EARLIER]
    of = problem(small(**shut(MONDAY, TUESDAY)), old)
    found = repair(build(of), 60, 1, threading.Event(), complete=False)
    assert found is not None
    assert (len(found.games), found.changes) == (3, 4)


@pytest.mark.parametrize("seed", range(20))
def test_what_must_meet_meets_or_is_missing(seed: int) -> None:
    """A repair that lets others meet once more instead would be no schedule to begin with."""
    drawn = random.Random(seed)
    teams = [{"name": t, "closedDates": sorted(drawn.sample(WEEK, 2))} for t in "ABCD"]
    of = small(
        teams,
        divisions=[division(gamesPerTeam=3, minMeetings=1, maxMeetings=2)],
        venues=[{"name": "Gym", "courts": 1}],
    )
    pairs = ["A-B", "C-D", "A-C", "B-D", "A-D"]
    earlier = [evening(pair, day) for pair, day in zip(pairs, WEEK, strict=True)]
    instance = build(problem(of, earlier))
    found = repair(instance, 60, 1, threading.Event(), complete=False)
    assert found is not None
    assert resumed(instance, found.games, 0) is not None


def test_a_repair_with_games_missing_is_what_a_solve_ends_with() -> None:
    """One game of Monday's and Tuesday's goes to Friday, and one is missing."""
    of = problem(small(**shut(MONDAY, TUESDAY)), EARLIER)
    wanted = of.model_copy(
        update={"completeness": BEST_EFFORT, "time_limit_seconds": 2.0, "workers": 1}
    )
    tiers = schedule_of(wanted).objective.tiers
    assert (tiers.missing, tiers.changes, tiers.changes_bound) == (1, 2, 2)


def test_without_an_earlier_schedule_there_is_nothing_to_repair() -> None:
    assert repair(build(Problem(league=small())), 60, 1, threading.Event()) is None


def test_changes_that_are_certain_are_known_without_a_repair() -> None:
    instance = build(problem(small(**shut(TUESDAY)), EARLIER))
    assert certain_changes(instance) == 1


def listing(ending: Ending) -> Listing:
    """New games for the small league, the gym being closed on a day."""
    instance = build(problem(small(**shut(TUESDAY)), EARLIER))
    assert instance.earlier is not None
    rows = earlier_rows(instance, instance.earlier)
    return Listing(instance, instance.earlier, rows, np.ones(len(rows), np.bool_), ending)


GAPS = ("own_pairings", "few_insertions", "insertions", "displacements")


@pytest.mark.parametrize("gaps", GAPS)
def test_nothing_is_listed_once_the_time_is_up(gaps: str) -> None:
    stop = threading.Event()
    assert getattr(listing(Ending(Budget(60), stop)), gaps)() is not None
    stop.set()
    assert getattr(listing(Ending(Budget(60), stop)), gaps)() is None
    assert getattr(listing(Ending(Budget(0), threading.Event())), gaps)() is None


@pytest.mark.parametrize("gaps", GAPS)
def test_more_than_there_is_room_for_is_not_listed(
    gaps: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matchday_solver.repair.listing.MOST_LISTED", 0)
    assert getattr(listing(Ending(Budget(60), threading.Event())), gaps)() is None


def test_a_model_is_not_made_beyond_the_time() -> None:
    instance = build(problem(small(), EARLIER))
    assert instance.earlier is not None
    rows = earlier_rows(instance, instance.earlier)
    assert most_staying(instance, rows, Budget(0), threading.Event()) is None


def test_a_stopped_repair_gives_nothing() -> None:
    told_to_stop = threading.Event()
    told_to_stop.set()
    assert repair(build(problem(small(), EARLIER)), 60, 1, told_to_stop) is None


def fewest_changes(of: Problem, number: int) -> int | None:
    """By trying everything; None where no complete schedule exists."""
    reports = (
        check(of.league, games, (), of.earlier) for games in all_schedules(of.league, number)
    )
    return min(
        (r.changes or 0 for r in reports if not r.violations and not r.missing), default=None
    )


@settings(max_examples=12, deadline=None)
@given(
    closed=st.sampled_from([None, MONDAY, TUESDAY, THURSDAY]),
    out=st.sampled_from([MONDAY, TUESDAY, WEDNESDAY, THURSDAY]),
    away=st.sampled_from(["A", "B", "C"]),
    earlier=st.permutations([MONDAY, TUESDAY, WEDNESDAY]),
)
def test_no_schedule_has_fewer_changes(
    closed: str | None, out: str, away: str, earlier: list[str]
) -> None:
    """Three teams that each play two games in four evenings, one of them out on one."""
    of = small(
        [{"name": n} | ({"closedDates": [out]} if n == away else {}) for n in "ABC"],
        season={"start": MONDAY, "end": THURSDAY},
        divisions=[division(gamesPerTeam=2, maxMeetings=1)],
        **shut(*([closed] if closed else [])),
    )
    games = [evening(pair, day) for pair, day in zip(("A-B", "B-C", "C-A"), earlier, strict=True)]
    wanted = problem(of, games)
    found = repair(build(wanted), 60, 1, threading.Event())
    fewest = fewest_changes(wanted, 3)
    assert (found is None) == (fewest is None)
    if found is not None:
        assert (found.changes, found.changes_bound) == (fewest, fewest)


def test_a_repeatable_repair_is_the_engines_with_one_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Several threads take turns by chance."""
    used = list[int]()

    def note(_: object, seconds: float, workers: int, *rest: object, **options: object) -> None:
        used.append(workers)

    monkeypatch.setattr("matchday_solver.repair.repair", note)
    of = problem(small(), EARLIER).model_copy(update={"workers": 2, "repeatable": True})
    schedule_of(of)
    assert used == [1]


def test_what_would_stay_hosts_equally_often_where_games_are_at_home_since() -> None:
    of = league(
        [{"name": "A", "homeVenue": "GA"}, {"name": "B", "homeVenue": "GB"}],
        season={"start": MONDAY, "end": "2026-01-09"},
        slots=[{"days": ["Mon", "Tue", "Wed", "Thu", "Fri"], "starts": ["18:00"]}],
        divisions=[division(gamesPerTeam=2, maxMeetings=2, playAt="HomeVenue")],
        venues=[{"name": "GA"}, {"name": "GB"}],
    )
    earlier = [game("A-B", day, start="18:00", venue="GA") for day in (MONDAY, TUESDAY)]
    earlier[1] = earlier[1].model_copy(update={"id": "second"})
    found = repaired(of, earlier)
    assert found.changes_bound == 1
    assert not check(of, games_of(problem(of, earlier), found)).violations


def test_a_place_that_a_locked_game_keeps_is_no_other_games() -> None:
    """A and B met on Monday and Wednesday; Monday's game is locked, the other is Wednesday's."""
    lock = {"home": "A", "away": "B", "date": MONDAY, "start": "18:00", "venue": "Gym"}
    earlier = [evening("A-B", day) for day in (MONDAY, WEDNESDAY)]
    instance = build(problem(small("AB", lockedGames=[lock]), earlier))
    start = fresh(instance, 0, complete=True)
    assert start is not None
    assert start.anchors is not None
    slots = [start.anchors[game, 0] for game in (0, 1)]
    assert [
        slot if slot < 0 else f"{instance.calendar.dates[instance.calendar.slot_date[slot]]}"
        for slot in slots
    ] == [-1, WEDNESDAY]
