"""Rule 8: locked games, frozen games, and the count of changes."""

from datetime import date

import pytest

from matchday_api.problem import EarlierSchedule
from matchday_api.schedule import Game
from tests.builders import broken, checked, division, game, league

LOCK = {"home": "A", "away": "B", "date": "2026-01-10", "start": "09:00", "venue": "Gym"}
PAST, FUTURE = game("A-B", "2026-01-10"), game("A-C", "2026-01-31")
FROZEN = "changes.frozenBefore"


def before(*games: Game, day: str = "2026-01-20") -> EarlierSchedule:
    """An earlier schedule whose games before a date stay."""
    return EarlierSchedule(games=games, frozen_before=date.fromisoformat(day))


def test_a_locked_game_is_in_the_schedule_on_any_court() -> None:
    of = league(lockedGames=[LOCK])
    assert broken(of, game("A-B", court=2)) == []


@pytest.mark.parametrize(
    "other",
    [game("B-A"), game("A-C"), game("A-B", "2026-01-17"), game("A-B", start="10:00"),
     game("A-B", venue="Hall")],
)  # fmt: skip
def test_a_locked_game_that_is_not_as_given_is_a_violation(other: Game) -> None:
    of = league(lockedGames=[LOCK], venues=[{"name": "Gym"}, {"name": "Hall"}])
    assert broken(of, other) == ["lockedGames[0]"]


def test_frozen_games_stay() -> None:
    assert broken(league(), PAST, earlier=before(PAST, FUTURE)) == []
    assert broken(league(), FUTURE, earlier=before(PAST, FUTURE)) == [FROZEN]


@pytest.mark.parametrize("changed", [{"court": 2}, {"id": "other"}])
def test_frozen_games_keep_every_field(changed: dict[str, object]) -> None:
    moved = PAST.model_copy(update=changed)
    assert broken(league(), moved, earlier=before(PAST)) == [FROZEN, FROZEN]


def test_no_game_is_added_before_the_date() -> None:
    added = game("C-D", "2026-01-17")
    assert broken(league(), PAST, added, earlier=before(PAST)) == [FROZEN]
    assert broken(league(), PAST, FUTURE, earlier=before(PAST)) == []


def test_what_frozen_games_break_alone_is_no_violation() -> None:
    of = league(forbiddenPairs=[["A", "B"]], venues=[{"name": "Gym", "openDates": []}])
    assert broken(of, PAST, earlier=before(PAST)) == []


def test_frozen_games_may_have_been_too_many() -> None:
    of = league(divisions=[division(gamesPerTeam=1)])
    past = [game("A-B", "2026-01-10"), game("A-B", "2026-01-17")]
    assert broken(of, *past, earlier=before(*past)) == []


def test_frozen_games_count_with_new_ones() -> None:
    of = league(rules={"maxGames": [{"days": 14, "games": 1}]})
    past, new = game("A-B", "2026-01-19"), game("A-C", "2026-01-24")
    assert broken(of, past, new, earlier=before(past)) == ["rules.maxGames[0]"]


def test_a_game_is_changed_when_it_is_elsewhere_or_gone() -> None:
    earlier = before(PAST, FUTURE, day="2026-01-01")
    assert checked(league(), PAST, FUTURE, earlier=earlier).changes == 0
    later = game("A-C", "2026-01-31", "10:00")
    assert checked(league(), PAST, later, earlier=earlier).changes == 1
    assert checked(league(), earlier=earlier).changes == 2


def test_courts_and_ids_do_not_count_as_changes() -> None:
    moved = FUTURE.model_copy(update={"court": 2, "id": "other"})
    assert checked(league(), moved, earlier=before(FUTURE)).changes == 0


def test_games_are_compared_as_a_multiset() -> None:
    twin = FUTURE.model_copy(update={"id": "twin"})
    assert checked(league(), FUTURE, earlier=before(FUTURE, twin)).changes == 1


def test_there_are_no_changes_without_an_earlier_schedule() -> None:
    assert checked(league(), PAST).changes is None
