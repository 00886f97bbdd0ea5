"""The season, its slots, and dates outside it."""

from typing import Any

import pytest

from tests.builders import league_document
from tests.unit.validation.faults import faults

SEASON = {"start": "2026-01-05", "end": "2026-02-28"}
OUTSIDE = "2026-03-01"


def test_a_league_within_its_season_is_valid() -> None:
    assert faults(league_document()) == {}


def test_the_season_does_not_end_before_it_starts() -> None:
    season = {"start": "2026-01-05", "end": "2026-01-04"}
    told = faults(league_document(season=season, venues=[{"name": "Gym", "openDates": [OUTSIDE]}]))
    assert told == {"season.end": "2026-01-04 is before the start, 2026-01-05"}


@pytest.mark.parametrize(("end", "paths"), [("2027-02-08", set()), ("2027-02-09", {"season.end"})])
def test_a_season_has_at_most_400_dates(end: str, paths: set[str]) -> None:
    assert faults(league_document(season=SEASON | {"end": end})).keys() == paths


@pytest.mark.parametrize(
    "season",
    [
        {"start": "9999-12-01", "end": "9999-12-31"},
        {"start": "0001-01-01", "end": "0001-02-01"},
        {"start": "2999-12-01", "end": "3000-01-01"},
    ],
)
def test_a_season_far_from_today_is_refused(season: dict[str, str]) -> None:
    assert faults(league_document(season=season)).keys() == {"season"}


def test_the_time_zone_is_known() -> None:
    season = SEASON | {"timeZone": "America/Los_Angelos"}
    told = faults(league_document(season=season))
    assert 'did you mean "America/Los_Angeles"?' in told["season.timeZone"]


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"season": SEASON | {"closedDates": [OUTSIDE]}}, "season.closedDates[0]"),
        ({"clubs": [{"name": "X", "closedDates": ["2026-01-10", OUTSIDE]}]},
         "clubs[0].closedDates[1]"),
        ({"venues": [{"name": "Gym", "openDates": [OUTSIDE]}]}, "venues[0].openDates[0]"),
        ({"venues": [{"name": "Gym", "closedDates": [OUTSIDE]}]}, "venues[0].closedDates[0]"),
        ({"venues": [{"name": "Gym", "courtsOn": {OUTSIDE: 1}}]},
         "venues[0].courtsOn[2026-03-01]"),
    ],
)  # fmt: skip
def test_dates_are_in_the_season(changed: dict[str, Any], path: str) -> None:
    expected = {path: "2026-03-01 is outside the season, 2026-01-05 to 2026-02-28"}
    assert faults(league_document(**changed)) == expected


@pytest.mark.parametrize("key", ["closedDates", "homeClosedDates", "awayClosedDates"])
def test_dates_of_teams_are_in_the_season(key: str) -> None:
    document = league_document([{"name": "A", key: [OUTSIDE]}, {"name": "B"}])
    assert faults(document).keys() == {f"teams[0].{key}[0]"}


def test_a_venues_starts_are_among_the_leagues() -> None:
    document = league_document(
        slots=[{"days": ["Sat"], "starts": ["09:00", "10:00"]}],
        venues=[{"name": "Gym", "starts": ["10:00", "10:30"]}],
    )
    assert "they are 09:00, 10:00" in faults(document)["venues[0].starts[1]"]


@pytest.mark.parametrize(
    ("slots", "path"),
    [
        ([{"days": ["Sat", "Sat"], "starts": ["09:00"]}], "slots[0].days[1]"),
        ([{"days": ["Sat"], "starts": ["09:00", "09:00"]}], "slots[0].starts[1]"),
        ([{"days": ["Fri", "Sat"], "starts": ["09:00"]}, {"days": ["Sat"], "starts": ["9:00"]}],
         "slots[1].starts[0]"),
    ],
)  # fmt: skip
def test_starts_are_given_once(slots: list[dict[str, Any]], path: str) -> None:
    assert faults(league_document(slots=slots)).keys() == {path}


def test_a_start_may_be_marked_unpopular_in_a_second_entry() -> None:
    slots = [
        {"days": ["Fri", "Sat"], "starts": ["20:00"]},
        {"days": ["Fri"], "starts": ["20:00"], "unpopular": True},
    ]
    assert faults(league_document(slots=slots)) == {}
