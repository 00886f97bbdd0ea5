"""Rule 4: where and when games can be, and who is at home."""

from typing import Any

import pytest

from matchday_api.league import League
from tests.builders import broken, division, game, league


def at(**venue: Any) -> League:
    """A league whose one gym is like that."""
    return league(venues=[{"name": "Gym", "courts": 2} | venue])


def homes(**changed: Any) -> League:
    """A and B have a gym each, C and D share one."""
    teams = [
        {"name": "A", "homeVenue": "Gym A"},
        {"name": "B", "homeVenue": "Gym B"},
        {"name": "C", "homeVenue": "Gym C"},
        {"name": "D", "homeVenue": "Gym C"},
    ]
    venues = [{"name": f"Gym {name}"} for name in "ABC"]
    return league(teams, venues=venues, **changed)


@pytest.mark.parametrize(("court", "rules"), [(2, []), (3, ["venues[0].courts"])])
def test_courts_run_from_one_to_those_of_the_venue(court: int, rules: list[str]) -> None:
    assert broken(at(), game("A-B", court=court)) == rules


@pytest.mark.parametrize(
    ("day", "rules"), [("2026-01-17", []), ("2026-01-10", ["venues[0].courtsOn[2026-01-10]"])]
)
def test_courts_of_a_date_replace_the_others(day: str, rules: list[str]) -> None:
    assert broken(at(courtsOn={"2026-01-10": 1}), game("A-B", day, court=2)) == rules


@pytest.mark.parametrize(
    ("day", "court", "rules"),
    [
        ("2026-01-10", 3, []),
        ("2026-01-10", 4, ["venues[0].courtsOn[2026-01-10]"]),
        ("2026-01-17", 3, ["venues[0].courts"]),
    ],
)
def test_a_venue_may_have_more_courts_on_a_date(day: str, court: int, rules: list[str]) -> None:
    assert broken(at(courtsOn={"2026-01-10": 3}), game("A-B", day, court=court)) == rules


@pytest.mark.parametrize(
    ("day", "rules"), [("2026-01-10", []), ("2026-01-17", ["venues[0].openDates"])]
)
def test_a_venue_is_used_on_its_open_dates(day: str, rules: list[str]) -> None:
    assert broken(at(openDates=["2026-01-10"]), game("A-B", day)) == rules


def test_a_venue_without_open_dates_is_never_open() -> None:
    assert broken(at(openDates=[]), game("A-B")) == ["venues[0].openDates"]


@pytest.mark.parametrize(
    ("day", "rules"), [("2026-01-10", []), ("2026-01-17", ["venues[0].closedDates"])]
)
def test_a_venue_is_not_used_on_its_closed_dates(day: str, rules: list[str]) -> None:
    assert broken(at(closedDates=["2026-01-17"]), game("A-B", day)) == rules


@pytest.mark.parametrize(
    ("day", "start", "rules"),
    [("2026-01-10", "09:00", []), ("2026-01-10", "09:30", ["slots"]),
     ("2026-01-11", "09:00", ["slots"])],
)  # fmt: skip
def test_games_start_when_the_league_offers_it(day: str, start: str, rules: list[str]) -> None:
    assert broken(league(), game("A-B", day, start)) == rules


@pytest.mark.parametrize(("start", "rules"), [("10:00", []), ("09:00", ["venues[0].starts"])])
def test_a_venue_narrows_the_starts(start: str, rules: list[str]) -> None:
    assert broken(at(starts=["10:00"]), game("A-B", start=start)) == rules


@pytest.mark.parametrize(("start", "end", "rules"), [
    ("23:00", "24:00", []), ("23:30", "24:00", ["gameMinutes"]),
])  # fmt: skip
def test_games_end_by_midnight(start: str, end: str, rules: list[str]) -> None:
    late = league(slots=[{"days": ["Sat"], "starts": ["23:00", "23:30"]}])
    assert broken(late, game("A-B", start=start, lasts=0, end=end)) == rules


@pytest.mark.parametrize(
    ("features", "rules"),
    [(["low-rim", "stage"], []), (["stage"], ["divisions[0].venueFeatures"])],
)
def test_a_venue_has_what_the_division_needs(features: list[str], rules: list[str]) -> None:
    other = {"name": "Hall", "features": ["low-rim"]}
    of = league(
        divisions=[division(venueFeatures=["low-rim"])],
        venues=[{"name": "Gym", "features": features}, other],
    )
    assert broken(of, game("A-B")) == rules


@pytest.mark.parametrize(("venue", "rules"), [("Gym A", []), ("Gym C", ["divisions[0].playAt"])])
def test_home_venue_games_are_at_the_home_teams_venue(venue: str, rules: list[str]) -> None:
    of = homes(divisions=[division(playAt="HomeVenue")])
    assert broken(of, game("A-B", venue=venue)) == rules


def test_the_clubs_home_venue_is_the_teams() -> None:
    of = league(
        [{"name": "A", "club": "Eagles"}, {"name": "B"}],
        clubs=[{"name": "Eagles", "homeVenue": "Gym"}],
        venues=[{"name": "Gym"}, {"name": "Hall"}],
    )
    assert broken(of, game("A-B", venue="Gym")) == []
    assert broken(of, game("B-A", venue="Gym")) == ["teams[0].homeVenue"]


@pytest.mark.parametrize(("second", "venue", "rules"), [
    ("B-A", "Gym B", []), ("A-B", "Gym A", ["divisions[0].playAt"]),
])  # fmt: skip
def test_home_venue_pairs_take_turns(second: str, venue: str, rules: list[str]) -> None:
    of = homes(divisions=[division(playAt="HomeVenue")])
    games = [game("A-B", "2026-01-10", venue="Gym A"), game(second, "2026-01-17", venue=venue)]
    assert broken(of, *games) == rules


def test_pairs_need_not_take_turns_elsewhere() -> None:
    assert broken(league(), game("A-B", "2026-01-10"), game("A-B", "2026-01-17")) == []


@pytest.mark.parametrize(
    ("pair", "venue", "rules"),
    [("A-B", "Gym A", []), ("B-A", "Gym A", ["teams[0].homeVenue"]), ("D-C", "Gym C", [])],
)
def test_a_team_is_at_home_at_its_own_venue(pair: str, venue: str, rules: list[str]) -> None:
    assert broken(homes(), game(pair, venue=venue)) == rules
