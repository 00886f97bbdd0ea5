"""Rule 8: what frozen games break alone is no violation, and with another game it is."""

from typing import Any

import pytest

from matchday_api.schedule import Game
from tests.builders import broken, division, game, league
from tests.unit.checker.test_fixed import FROZEN, before

COACHED: list[dict[str, Any]] = [
    {"name": name, "coaches": ["Jo"] if name in "AC" else []} for name in "ABCD"
]
TWO_GYMS = {"venues": [{"name": "Gym", "courts": 2}, {"name": "Hall", "courts": 2}]}
RULE = "rules.doubleheaders"


def doubled(**rule: Any) -> dict[str, Any]:
    """A league that allows a doubleheader a team, or what is given."""
    return {"rules": {"doubleheaders": {"maxPerTeam": 1} | rule}} | TWO_GYMS


BROKEN = {
    "a team's games at once": (doubled(), game("A-B"), game("A-C", court=2), ["teams[0]"]),
    "a coach's games at once": (
        {"teams": COACHED}, game("A-B"), game("C-D", court=2), ["rules.coachOneGameAtATime"],
    ),
    "no time to travel": (
        {"teams": COACHED, "rules": {"travelMinutes": 30}} | TWO_GYMS,
        game("A-B"), game("C-D", start="10:00", venue="Hall"), ["rules.travelMinutes"],
    ),
    "a court with two games": ({}, game("A-B"), game("C-D"), ["venues[0].courts"]),
    "a doubleheader too many": (
        {}, game("A-B"), game("A-C", start="10:00"), [f"{RULE}.maxPerTeam"],
    ),
    "a doubleheader at two venues": (
        doubled(), game("A-B"), game("A-C", start="10:00", venue="Hall"), [RULE],
    ),
    "a doubleheader of one pair": (
        doubled(), game("A-B"), game("B-A", start="10:00"), [RULE, RULE],
    ),
    "a doubleheader without its break": (
        doubled(minBreakMinutes=60), game("A-B"), game("A-C", start="10:00"),
        [f"{RULE}.minBreakMinutes"],
    ),
    "a full window": (
        {"rules": {"maxGames": [{"days": 3, "games": 1}]}},
        game("A-B"), game("A-C", "2026-01-12"), ["rules.maxGames[0]"],
    ),
    "a pair's meetings": (
        {"divisions": [division(maxMeetings=1)]},
        game("A-B"), game("B-A", "2026-01-12"), ["divisions[0].maxMeetings"],
    ),
}  # fmt: skip
"""Leagues, and two games that break a rule there."""
CASES = pytest.mark.parametrize(("changed", "one", "other", "rules"), BROKEN.values(), ids=BROKEN)


@CASES
def test_a_rule_that_two_frozen_games_break_is_excused(
    changed: dict[str, Any], one: Game, other: Game, rules: list[str]
) -> None:
    assert broken(league(**changed), one, other, earlier=before(one, other)) == []


@CASES
def test_games_on_the_date_from_which_nothing_is_frozen_excuse_nothing(
    changed: dict[str, Any], one: Game, other: Game, rules: list[str]
) -> None:
    earlier = before(one, other, day="2026-01-10")
    assert broken(league(**changed), one, other, earlier=earlier) == rules


@CASES
def test_a_rule_that_a_frozen_game_breaks_with_an_added_one_is_not_excused(
    changed: dict[str, Any], one: Game, other: Game, rules: list[str]
) -> None:
    for frozen in (one, other):
        earlier = before(frozen)
        assert broken(league(**changed), one, other, earlier=earlier) == [*rules, FROZEN]


@pytest.mark.parametrize(
    ("later", "rules"), [(["A-B"], []), (["A-B", "A-C"], [f"{RULE}.maxPerTeam"])]
)
def test_frozen_doubleheaders_count_with_a_later_one(later: list[str], rules: list[str]) -> None:
    """A has had two, and only one is allowed."""
    past = [
        game(pair, day, start)
        for day in ("2026-01-10", "2026-01-17")
        for pair, start in (("A-B", "09:00"), ("A-C", "10:00"))
    ]
    new = [game(pair, "2026-01-24", f"{9 + n:02d}:00") for n, pair in enumerate(later)]
    assert broken(league(**doubled()), *past, *new, earlier=before(*past)) == rules


@pytest.mark.parametrize(
    ("day", "rules"), [("2026-01-23", []), ("2026-01-22", ["rules.maxGames[0]"])]
)
def test_a_window_that_frozen_games_have_filled_takes_no_more(day: str, rules: list[str]) -> None:
    """Three games were in a week that may hold two; from 17 January on there is one."""
    of = league(rules={"maxGames": [{"days": 7, "games": 2}]})
    past = [game(f"A-{x}", f"2026-01-{n}") for n, x in ((15, "B"), (16, "C"), (17, "D"))]
    assert broken(of, *past, game("A-B", day), earlier=before(*past)) == rules
