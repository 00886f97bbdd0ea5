"""What a repair says of the games that it moves."""

from typing import Any

import pytest

from matchday_solver.repair.moves import added, lines, moves, summary
from tests.builders import division
from tests.solver.repairing import (
    EARLIER,
    EVENING,
    FIVE_DAYS,
    TUESDAY,
    WEDNESDAY,
    evening,
    games_of,
    problem,
    repaired,
    shut,
    small,
)


def at_homes(**venues: str) -> dict[str, Any]:
    """Teams that play at home venues only, which are these."""
    return {
        "teams": [{"name": name, "homeVenue": venue} for name, venue in venues.items()],
        "venues": [{"name": "Gym"}, {"name": "Hall"}],
        "divisions": [division(gamesPerTeam=2, maxMeetings=2, playAt="HomeVenue")],
    }


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (shut(TUESDAY), "Gym is closed on 2026-01-06"),
        ({"forbiddenPairs": [["C", "D"]]}, "C and D may not meet any more"),
        ({"season": {**FIVE_DAYS, "closedDates": [TUESDAY]}}, "nobody plays on 2026-01-06"),
        (
            {"teams": ["A", "B", "C", {"name": "D", "closedDates": [TUESDAY]}]},
            "D does not play on 2026-01-06",
        ),
        (
            {"teams": ["A", "B", {"name": "C", "homeClosedDates": [TUESDAY]}, "D"]},
            "C has no home game on 2026-01-06",
        ),
        (
            {
                "slots": [{"days": EVENING[0]["days"], "starts": ["18:00", "19:00"]}],
                "venues": [{"name": "Gym", "starts": ["19:00"]}],
            },
            "Gym has no game at 18:00 on 2026-01-06",
        ),
        (
            {
                "divisions": [division(venueFeatures=["pool"])],
                "venues": [{"name": "Gym"}, {"name": "Pool", "features": ["pool"]}],
            },
            "Gym does not suit U12",
        ),
        (
            {"teams": ["A", "B", "C", {"name": "D", "homeVenue": "Gym"}]},
            "Gym is the home venue of D",
        ),
        (
            {"teams": [{"name": name, "homeVenue": "Gym"} for name in "ABCD"]},
            "to make room for others",
        ),
        (at_homes(A="Gym", B="Gym", C="Hall", D="Hall"), "Gym is not the home venue of C"),
        (at_homes(A="Gym", B="Gym", C="Gym", D="Hall"), "to make room for others"),
        ({"venues": [{"name": "Hall"}]}, "Gym is no longer in the league"),
        ({"teams": "ABDX"}, "C is no longer in the league"),
        ({"season": {"start": WEDNESDAY, "end": "2026-01-13"}}, "2026-01-06 is not in the season"),
        (
            {"slots": [{"days": EVENING[0]["days"], "starts": ["19:00"]}]},
            "no game begins at 18:00 on 2026-01-06",
        ),
        (
            {"rules": {"maxGames": [{"days": 2, "games": 1}]}},
            '"C" plays 2 games from 2026-01-06 to 2026-01-07, at most 1 in 2 dates allowed',
        ),
        (
            {"rules": {"minGames": [{"days": 2, "games": 1}]}},
            '"C" plays fewer than 1 games in 2 dates from 2026-01-08 to 2026-01-09',
        ),
        ({"divisions": [division(gamesPerTeam=1)]}, '"C" plays 2 games instead of 1'),
        ({}, "to make room for others"),
    ],
)
def test_every_move_has_its_reason(changed: dict[str, Any], why: str) -> None:
    changed = dict(changed)
    of = problem(small(changed.pop("teams", "ABCD"), **changed), EARLIER)
    after = evening("C-D", "2026-01-09").model_copy(update={"id": EARLIER[1].id})
    told = moves(of, (EARLIER[0], after, *EARLIER[2:]))
    assert [(move.before, move.after, move.why) for move in told] == [(EARLIER[1], after, why)]


def test_a_game_that_makes_room_is_not_blamed_for_those_that_are_gone() -> None:
    """C-D and A-C have both moved; only C-D had to."""
    of = problem(small(**shut(TUESDAY)), EARLIER)
    later = evening("A-C", "2026-01-09").model_copy(update={"id": EARLIER[2].id})
    after = evening("C-D", WEDNESDAY).model_copy(update={"id": EARLIER[1].id})
    told = moves(of, (EARLIER[0], after, later, EARLIER[3]))
    assert [move.why for move in told] == ["Gym is closed on 2026-01-06", "to make room for others"]


def test_nobody_is_said_to_play_too_seldom_who_does_not() -> None:
    """C-D has to move; with it C and D play often enough, so A-C only makes room."""
    rules = {"minGames": [{"days": 5, "games": 2}]}
    of = problem(small(**shut(TUESDAY), rules=rules), EARLIER)
    after = evening("C-D", WEDNESDAY).model_copy(update={"id": EARLIER[1].id})
    later = evening("A-C", "2026-01-09").model_copy(update={"id": EARLIER[2].id})
    told = moves(of, (EARLIER[0], after, later, EARLIER[3]))
    assert [move.why for move in told] == ["Gym is closed on 2026-01-06", "to make room for others"]


def test_a_summary_tells_the_first_moves_and_counts_the_others() -> None:
    of = problem(small(), EARLIER)
    told = summary(moves(of, ()))
    assert told.startswith("A - B, 2026-01-05 18:00 at Gym: dropped (to make room for others); ")
    assert summary(moves(of, ()) * 2).endswith("; and 3 more")


def test_a_game_at_whose_start_nobody_plays_any_more_keeps_its_id() -> None:
    """So it is the same game at another time, not one that is dropped."""
    later = [{"days": EVENING[0]["days"], "starts": ["19:00"]}]
    once = [division(gamesPerTeam=2, maxMeetings=1)]
    of = problem(small(slots=later, divisions=once), EARLIER)
    new = games_of(of, repaired(of.league, EARLIER))
    assert {g.id for g in new} == {g.id for g in EARLIER}
    assert all(move.after is not None for move in moves(of, new))


def test_who_is_at_home_now_is_told_where_that_has_changed() -> None:
    after = evening("D-C", TUESDAY).model_copy(update={"id": EARLIER[1].id})
    told = summary(moves(problem(small(), EARLIER), (EARLIER[0], after, *EARLIER[2:])))
    assert "C - D, 2026-01-06 18:00 at Gym: now D - C, 2026-01-06 18:00 at Gym (" in told


def test_a_game_that_is_new_is_told() -> None:
    """It is no change to the earlier schedule, but somebody has to come."""
    new = evening("A-D", "2026-01-09")
    of = problem(small(), EARLIER)
    games = (*EARLIER, new)
    assert added(of, games, moves(of, games)) == (new,)
    assert lines(of, (*EARLIER, new)) == ([], ["A - D, 2026-01-09 18:00 at Gym"])


def test_a_game_that_has_moved_is_not_new() -> None:
    after = evening("C-D", "2026-01-09").model_copy(update={"id": EARLIER[1].id})
    of, games = problem(small(), EARLIER), (EARLIER[0], after, *EARLIER[2:])
    assert added(of, games, moves(of, games)) == ()
