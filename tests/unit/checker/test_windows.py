"""Rule 6: games of a team in any window of consecutive dates, hard and soft."""

from typing import Any

import pytest

from matchday_api.league import League
from tests.builders import broken, checked, game, league, units

TWO_DATES = {"start": "2026-01-05", "end": "2026-01-06"}
SIX_DATES = {"start": "2026-01-05", "end": "2026-01-10"}
FIRST, LATER = game("A-B", "2026-01-05"), "2026-01-12"


def limited(kind: str, season: dict[str, str] | None = None, **entry: Any) -> League:
    """A and B with one window rule."""
    dates = season or {"start": "2026-01-05", "end": "2026-02-28"}
    return league("AB", rules={kind: [entry]}, season=dates)


@pytest.mark.parametrize(
    ("day", "rules"), [("2026-01-12", []), ("2026-01-10", ["rules.maxGames[0]"] * 2)]
)
def test_a_window_holds_at_most_so_many_games(day: str, rules: list[str]) -> None:
    assert broken(limited("maxGames", days=7, games=1), FIRST, game("A-B", day)) == rules


def test_windows_with_the_same_games_are_one_violation() -> None:
    of = limited("maxGames", days=7, games=1)
    found = broken(of, FIRST, game("A-B", "2026-01-06"), game("A-B", "2026-01-09"))
    assert len(found) == 2 * 2  # of each team: all three games, and the last two alone


def test_a_window_holds_at_least_so_many_games() -> None:
    of = limited("minGames", SIX_DATES, days=3, games=1)
    assert broken(of, game("A-B", "2026-01-07"), game("A-B", "2026-01-10")) == []
    assert broken(of, game("A-B", "2026-01-07")) == ["rules.minGames[0]"] * 2


def test_a_season_shorter_than_the_window_is_one_window() -> None:
    assert broken(limited("minGames", TWO_DATES, days=7, games=1), FIRST) == []
    assert (
        broken(limited("minGames", TWO_DATES, days=7, games=2), FIRST) == ["rules.minGames[0]"] * 2
    )


def test_games_beyond_a_soft_limit_cost_their_weight_in_every_window() -> None:
    of = limited("maxGames", days=7, games=1, weight=10)
    # 5 and 10 January share the window from 5 to 11 January alone; of two teams
    assert units("maxGames", of, FIRST, game("A-B", "2026-01-10")) == 2 * 10
    assert units("maxGames", of, FIRST, game("A-B", LATER)) == 0


def test_games_short_of_a_soft_minimum_cost_their_weight_in_every_window() -> None:
    of = limited("minGames", SIX_DATES, days=3, games=1, weight=10)
    # of the windows from 5, 6, 7 and 8 January only the last lacks the game of 7 January
    assert units("minGames", of, game("A-B", "2026-01-07")) == 2 * 10


def test_soft_entries_break_nothing_and_weight_zero_is_off() -> None:
    crowded = (FIRST, game("A-B", "2026-01-06"))
    soft = checked(limited("maxGames", days=7, games=1, weight=10), *crowded)
    off = checked(limited("maxGames", days=7, games=1, weight=0), *crowded)
    assert (soft.violations, off.violations, off.terms["maxGames"]) == ((), (), 0)


@pytest.mark.parametrize(
    ("kind", "entries", "days", "cost"),
    [
        # two games in both windows of 5, 6 and 7 January, and three of two in all
        ("maxGames", [(2, 1, 10), (6, 2, 3)], ["05", "06", "07"], 2 * 10 + 1 * 3),
        # none in the three windows from 6, 7 and 8 January, and one of three in all
        ("minGames", [(3, 1, 10), (6, 3, 4)], ["05"], 3 * 10 + 2 * 4),
    ],
)
def test_soft_windows_of_one_kind_add_up_each_with_its_weight(
    kind: str, entries: list[tuple[int, int, int]], days: list[str], cost: int
) -> None:
    windows = [{"days": d, "games": games, "weight": w} for d, games, w in entries]
    of = league("AB", season=SIX_DATES, rules={kind: windows})
    report = checked(of, *(game("A-B", f"2026-01-{day}") for day in days))
    assert (report.terms[kind], report.violations) == (2 * cost, ())
