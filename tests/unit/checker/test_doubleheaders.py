"""Rule 7: two games of a team on one date."""

from typing import Any

import pytest

from matchday_api.league import League
from tests.builders import broken, game, league

VENUES = [{"name": "Gym", "courts": 2}, {"name": "Hall", "courts": 2}]
FIRST = game("A-B")
SECOND = game("A-C", start="10:00")
RULE = "rules.doubleheaders"


def allowing(**rule: Any) -> League:
    """A league that allows one doubleheader a team, or what is given."""
    return league(venues=VENUES, rules={"doubleheaders": {"maxPerTeam": 1} | rule})


def test_a_doubleheader_at_one_venue_against_two_opponents_is_allowed() -> None:
    assert broken(allowing(), FIRST, SECOND) == []


def test_there_are_none_without_the_rule() -> None:
    assert broken(league(), FIRST, SECOND) == [f"{RULE}.maxPerTeam"]


def test_a_team_has_at_most_so_many() -> None:
    later = [game("A-B", "2026-01-17"), game("A-D", "2026-01-17", "10:00")]
    assert broken(allowing(maxPerTeam=2), FIRST, SECOND, *later) == []
    assert broken(allowing(maxPerTeam=1), FIRST, SECOND, *later) == [f"{RULE}.maxPerTeam"]


def test_nobody_has_three_games_on_a_date() -> None:
    assert broken(allowing(), FIRST, SECOND, game("A-D", start="11:00")) == [RULE]


def test_both_games_are_at_one_venue() -> None:
    assert broken(allowing(), FIRST, game("A-C", start="10:00", venue="Hall")) == [RULE]


def test_the_opponents_differ() -> None:
    assert broken(allowing(), FIRST, game("B-A", start="10:00")) == [RULE, RULE]


@pytest.mark.parametrize(
    ("start", "rules"), [("11:00", []), ("10:00", [f"{RULE}.minBreakMinutes"])]
)
def test_there_is_a_break_in_between(start: str, rules: list[str]) -> None:
    assert broken(allowing(minBreakMinutes=60), FIRST, game("A-C", start=start)) == rules
