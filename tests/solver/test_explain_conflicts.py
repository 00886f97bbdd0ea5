"""More conflicts than one, and that there are more than are told."""

import pytest

from matchday_api.request import Completeness
from matchday_solver.explain import explain, reason
from tests.builders import division, league

SECONDS = 60.0


def test_conflicts_that_have_nothing_in_common_are_all_told() -> None:
    closed = [f"2026-01-{day:02d}" for day in range(5, 11)]
    teams = [
        {"name": name, "division": name[0], "closedDates": closed if name in ("A1", "B1") else []}
        for name in ("A1", "A2", "B1", "B2")
    ]
    of = league(
        teams,
        season={"start": "2026-01-05", "end": "2026-01-10"},
        divisions=[division("A", gamesPerTeam=1), division("B", gamesPerTeam=1)],
    )
    found = explain(of, Completeness.REQUIRED, SECONDS)
    told = [{member.path for member in each} for each in (found.conflicts, *found.others)]
    assert [len({"teams[0].closedDates", "teams[2].closedDates"} & each) for each in told] == [1, 1]
    assert told[0].isdisjoint(told[1])
    assert (found.proven_minimal, found.is_only) == (True, False)
    ways = (found.remedies, *found.other_remedies)
    for team, advice in zip(("A1", "B1"), ways, strict=True):
        assert any(way.startswith(f"Let {team} play on 1 closed date") for way in advice)
    assert not found.has_more
    assert "\nNor can these, apart from that:\n" in reason(found)
    assert (
        "\nWhat would help with the next, were nothing else in the way:\n  - Let B1 play"
        in reason(found)
    )


@pytest.mark.parametrize("number", [2, 6])
def test_more_conflicts_than_are_told_are_not_kept_secret(number: int) -> None:
    """Every division has a team that plays on no date."""
    closed = [f"2026-01-{day:02d}" for day in range(5, 11)]
    of = league(
        [
            {
                "name": f"{side}{n}",
                "division": f"D{n}",
                "closedDates": closed if side == "A" else [],
            }
            for n in range(number)
            for side in "AB"
        ],
        season={"start": "2026-01-05", "end": "2026-01-10"},
        divisions=[division(f"D{n}", gamesPerTeam=1) for n in range(number)],
    )
    found = explain(of, seconds=SECONDS)
    assert len(found.others) == min(number, 4) - 1
    assert found.has_more == (number > 4)


def test_a_conflict_that_shares_members_with_the_one_that_is_told_is_known_to_be_there() -> None:
    """On four Saturdays at most two games are less than four, and than one on each."""
    of = league(
        season={"start": "2026-01-05", "end": "2026-01-31"},
        slots=[{"days": ["Sat"], "starts": ["09:00", "10:00"]}],
        divisions=[division(gamesPerTeam=4)],
        rules={"maxGames": [{"days": 28, "games": 2}], "minGames": [{"days": 7, "games": 1}]},
    )
    found = explain(of, seconds=SECONDS)
    assert (found.is_only, found.has_more) == (False, True)
    assert "Allow 4 games in 28 days" in found.remedies
