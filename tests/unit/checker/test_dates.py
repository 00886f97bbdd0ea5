"""Rule 5: dates on which somebody does not play."""

import pytest

from tests.builders import broken, game, league

CLOSED = "2026-01-10"
OPEN = "2026-01-17"
SEASON = {"start": "2026-01-05", "end": "2026-02-28"}


@pytest.mark.parametrize(
    ("day", "rules"),
    [("2026-01-05", []), ("2026-02-28", []), ("2026-01-03", ["season"]),
     ("2026-03-02", ["season"])],
)  # fmt: skip
def test_games_are_in_the_season_both_ends_included(day: str, rules: list[str]) -> None:
    assert broken(league(), game("A-B", day)) == rules


@pytest.mark.parametrize(("day", "rules"), [(OPEN, []), (CLOSED, ["season.closedDates"])])
def test_nobody_plays_on_closed_dates_of_the_season(day: str, rules: list[str]) -> None:
    assert broken(league(season=SEASON | {"closedDates": [CLOSED]}), game("A-B", day)) == rules


@pytest.mark.parametrize(("day", "rules"), [(OPEN, []), (CLOSED, ["teams[1].closedDates"])])
@pytest.mark.parametrize("pair", ["A-B", "B-A"])
def test_a_team_does_not_play_on_its_closed_dates(pair: str, day: str, rules: list[str]) -> None:
    of = league([{"name": "A"}, {"name": "B", "closedDates": [CLOSED]}])
    assert broken(of, game(pair, day)) == rules


@pytest.mark.parametrize(("day", "rules"), [(OPEN, []), (CLOSED, ["clubs[0].closedDates"])])
def test_a_club_does_not_play_on_its_closed_dates(day: str, rules: list[str]) -> None:
    of = league(
        [{"name": "A"}, {"name": "B", "club": "Eagles"}],
        clubs=[{"name": "Eagles", "closedDates": [CLOSED]}],
    )
    assert broken(of, game("A-B", day)) == rules


@pytest.mark.parametrize(("pair", "rules"), [("B-A", []), ("A-B", ["teams[0].homeClosedDates"])])
def test_a_team_is_not_at_home_on_its_home_closed_dates(pair: str, rules: list[str]) -> None:
    of = league([{"name": "A", "homeClosedDates": [CLOSED]}, {"name": "B"}])
    assert broken(of, game(pair, CLOSED)) == rules


@pytest.mark.parametrize(("pair", "rules"), [("A-B", []), ("B-A", ["teams[0].awayClosedDates"])])
def test_a_team_is_not_away_on_its_away_closed_dates(pair: str, rules: list[str]) -> None:
    of = league([{"name": "A", "awayClosedDates": [CLOSED]}, {"name": "B"}])
    assert broken(of, game(pair, CLOSED)) == rules
