"""Games that contradict the league, or each other, in what they say of themselves."""

from tests.builders import broken, division, game, league


def test_unknown_teams_and_venues_are_violations_and_no_errors() -> None:
    rules = broken(league(), game("A-Nobody", venue="Nowhere"))
    assert rules[:2] == ["teams", "venues"]


def test_two_games_with_one_id_are_a_violation() -> None:
    assert broken(league(), game("A-B", id="g"), game("C-D", court=2, id="g")) == ["games"]


def test_a_game_of_another_division_than_its_teams_is_a_violation() -> None:
    assert broken(league(), game("A-B", division="U10")) == ["divisions"]


def test_a_game_lasts_as_long_as_the_league_says() -> None:
    assert broken(league(gameMinutes=90), game("A-B", lasts=90)) == []
    assert broken(league(gameMinutes=90), game("A-B", lasts=60)) == ["gameMinutes"]


def test_the_length_of_the_division_comes_first() -> None:
    short = league(divisions=[division(gameMinutes=45)])
    assert broken(short, game("A-B", lasts=45)) == []
    assert broken(short, game("A-B", lasts=60)) == ["gameMinutes"]
