"""Rule 1: every team plays its games, and a shortage is never silent."""

from matchday_api.checker import check
from tests.builders import division, game, lacking, league

TWO_EACH = [division(gamesPerTeam=2)]
BOTH = [game("A-B", "2026-01-10"), game("B-A", "2026-01-17")]


def test_a_schedule_with_all_games_is_valid() -> None:
    report = check(league("AB", divisions=TWO_EACH), BOTH)
    assert (report.violations, report.missing) == ((), 0)


def test_an_unreported_shortage_is_a_violation_of_each_team() -> None:
    report = check(league("AB", divisions=TWO_EACH), BOTH[:1])
    assert [v.rule for v in report.violations] == ["divisions[0].gamesPerTeam"] * 2


def test_an_unreported_shortage_says_what_to_do_with_a_game_taken_out() -> None:
    report = check(league("AB", divisions=TWO_EACH), BOTH[:1])
    assert "is to be added there" in report.violations[0].message


def test_a_shortage_reported_for_the_pair_is_one_missing_game() -> None:
    report = check(league("AB", divisions=TWO_EACH), BOTH[:1], [lacking(1, "A", "B")])
    assert (report.violations, report.missing) == ((), 1)


def test_a_shortage_reported_for_two_teams_is_one_missing_game() -> None:
    entries = [lacking(1, "A"), lacking(1, "B")]
    report = check(league("AB", divisions=TWO_EACH), BOTH[:1], entries)
    assert (report.violations, report.missing) == ((), 1)


def test_a_shortage_reported_too_high_is_a_violation() -> None:
    report = check(league("AB", divisions=TWO_EACH), BOTH, [lacking(1, "A", "B")])
    assert len(report.violations) == 2


def test_a_game_too_many_is_a_violation() -> None:
    report = check(league("AB", divisions=TWO_EACH), [*BOTH, game("A-B", "2026-01-24")])
    assert [v.rule for v in report.violations] == ["divisions[0].gamesPerTeam"] * 2


def test_the_half_game_of_an_odd_division_is_not_missing() -> None:
    odd = league("ABC", divisions=[division(gamesPerTeam=1)])
    report = check(odd, [game("A-B")], [lacking(1, "C")])
    assert (report.violations, report.missing) == ((), 0)


def test_the_half_game_of_an_odd_division_is_reported_all_the_same() -> None:
    odd = league("ABC", divisions=[division(gamesPerTeam=1)])
    assert len(check(odd, [game("A-B")]).violations) == 1


def test_reports_of_unknown_teams_and_wrong_divisions_are_violations() -> None:
    two = [division(gamesPerTeam=1), division("U10", gamesPerTeam=1)]
    teams = [{"name": name} for name in "AB"] + [{"name": "X", "division": "U10"}]
    entries = [lacking(1, "Nobody"), lacking(1, "X"), lacking(1, "A", "A")]
    report = check(league(teams, divisions=two), [game("A-B")], entries)
    rules = [v.rule for v in report.violations]
    assert rules[:3] == ["unplaced[0]", "unplaced[1]", "unplaced[2]"]
