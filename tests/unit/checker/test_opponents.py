"""Rule 2: who may meet, and how often."""

from typing import Any

import pytest

from matchday_api.checker import check
from matchday_api.league import League
from tests.builders import broken, division, game, lacking, league

CLUB = {"clubs": [{"name": "Eagles"}]}
SIBLINGS = [{"name": "A", "club": "Eagles"}, {"name": "B", "club": "Eagles"}, {"name": "C"}]


def meetings(**limits: Any) -> League:
    """A league of A and B with limits on their meetings."""
    return league("AB", divisions=[division(gamesPerTeam=8, **limits)])


def test_two_teams_of_one_division_may_meet() -> None:
    assert broken(league(), game("A-B")) == []


def test_a_team_does_not_play_itself() -> None:
    assert "teams" in broken(league(), game("A-A"))


def test_teams_of_two_divisions_do_not_meet() -> None:
    teams = [{"name": "A"}, {"name": "B"}, {"name": "X", "division": "U10"}]
    two = league(teams, divisions=[division(), division("U10")])
    assert broken(two, game("A-X")) == ["divisions"]


def test_a_forbidden_pair_does_not_meet() -> None:
    pairs = [["C", "D"], ["B", "A"]]
    assert broken(league(forbiddenPairs=pairs), game("A-B")) == ["forbiddenPairs[1]"]
    assert broken(league(forbiddenPairs=pairs), game("A-C")) == []


def test_teams_of_one_club_do_not_meet_unless_allowed() -> None:
    assert broken(league(SIBLINGS, **CLUB), game("A-B")) == ["rules.sameClubMeets"]
    assert broken(league(SIBLINGS, **CLUB), game("A-C")) == []
    allowed = league(SIBLINGS, **CLUB, rules={"sameClubMeets": True})
    assert broken(allowed, game("A-B")) == []


def test_a_pair_meets_at_most_max_meetings_times() -> None:
    games = [game("A-B", "2026-01-10"), game("B-A", "2026-01-17"), game("A-B", "2026-01-24")]
    assert broken(meetings(maxMeetings=3), *games) == []
    assert broken(meetings(maxMeetings=2), *games) == ["divisions[0].maxMeetings"]


def test_a_pair_meets_at_least_min_meetings_times() -> None:
    games = [game("A-B", "2026-01-10"), game("B-A", "2026-01-17")]
    assert broken(meetings(minMeetings=2), *games) == []
    assert broken(meetings(minMeetings=3), *games) == ["divisions[0].minMeetings"]


def test_a_game_reported_missing_for_a_pair_counts_as_a_meeting() -> None:
    of = league("AB", divisions=[division(gamesPerTeam=2, minMeetings=2)])
    assert check(of, [game("A-B")], [lacking(1, "A", "B")]).violations == ()
    alone = check(of, [game("A-B")], [lacking(1, "A"), lacking(1, "B")])
    assert [v.rule for v in alone.violations] == ["divisions[0].minMeetings"]


def test_pairs_that_may_not_meet_need_no_meetings() -> None:
    of = league("ABC", divisions=[division(minMeetings=1)], forbiddenPairs=[["A", "B"]])
    assert broken(of, game("A-C", "2026-01-10"), game("B-C", "2026-01-17")) == []


ALL_MEET = {"divisions": [division(minMeetings=1)], **CLUB}


@pytest.mark.parametrize(("allowed", "rules"), [(False, []), (True, ["divisions[0].minMeetings"])])
def test_teams_of_one_club_need_meetings_only_where_they_may_meet(
    allowed: bool, rules: list[str]
) -> None:
    of = league(SIBLINGS, **ALL_MEET, rules={"sameClubMeets": allowed})
    assert broken(of, game("A-C", "2026-01-10"), game("B-C", "2026-01-17")) == rules


def test_a_team_meets_those_of_other_clubs_whether_its_own_may_meet_or_not() -> None:
    for allowed in (False, True):
        of = league(SIBLINGS[1:], **ALL_MEET, rules={"sameClubMeets": allowed})
        assert broken(of) == ["divisions[0].minMeetings"]
        assert broken(of, game("B-C")) == []


def test_teams_of_one_club_that_may_meet_do_so_often_enough() -> None:
    of = league(SIBLINGS, **ALL_MEET, rules={"sameClubMeets": True})
    games = [game(pair, f"2026-01-{10 + 7 * n}") for n, pair in enumerate(("A-B", "A-C", "B-C"))]
    assert broken(of, *games) == []
