"""A team's calendar: events, times, identities."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from matchday_api.league import Season
from matchday_api.schedule import Game
from matchday_cli.show.calendars import Calendars
from tests.builders import game

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
PACIFIC = Season(start=date(2026, 1, 5), end=date(2026, 4, 30), time_zone="America/Los_Angeles")


def text_of(*games: Game, season: Season | None = PACIFIC) -> bytes:
    return Calendars(season, NOW).of_team("A", games)


def events_of(*games: Game, season: Season | None = PACIFIC) -> list[Event]:
    calendar = Calendar.from_ical(text_of(*games, season=season))
    return [part for part in calendar.walk() if isinstance(part, Event)]


def event_of(found: Game, season: Season | None = PACIFIC) -> Event:
    (event,) = events_of(found, season=season)
    return event


def test_an_event_has_the_games_teams_and_place() -> None:
    event = event_of(game("A-B", court=2))
    assert (event["summary"], event["location"]) == ("A - B", "Gym, court 2")


def test_times_are_local_times_of_the_leagues_zone() -> None:
    start = event_of(game("A-B", "2026-01-10", "09:00")).start
    assert start == datetime(2026, 1, 10, 9, tzinfo=ZoneInfo("America/Los_Angeles"))


def test_the_calendar_carries_its_zones_rules_over_a_change_of_the_clocks() -> None:
    text = text_of(game("A-B")).decode()
    assert "BEGIN:VTIMEZONE" in text
    assert "DTSTART:20260308T030000" in text


def test_a_game_that_ends_at_midnight_ends_on_the_next_date() -> None:
    event = event_of(game("A-B", "2026-01-10", "23:00"))
    assert event.end == datetime(2026, 1, 11, tzinfo=ZoneInfo("America/Los_Angeles"))


def test_times_in_utc_need_no_rules() -> None:
    text = text_of(game("A-B"), season=PACIFIC.model_copy(update={"time_zone": "UTC"}))
    assert b"DTSTART:20260110T090000Z" in text
    assert b"VTIMEZONE" not in text


def test_without_a_league_times_are_those_of_the_reader() -> None:
    assert b"DTSTART:20260110T090000\r\n" in text_of(game("A-B"), season=None)


def test_a_moved_game_keeps_its_identity() -> None:
    before = event_of(game("A-B", "2026-01-10", id="g1"))
    after = event_of(game("B-A", "2026-02-07", "11:00", "Hall", id="g1"))
    assert before["uid"] == after["uid"]


def test_other_games_other_teams_and_other_seasons_have_other_identities() -> None:
    next_year = PACIFIC.model_copy(update={"start": PACIFIC.start + timedelta(365)})
    events = [
        event_of(game("A-B", id="g1")),
        event_of(game("A-B", id="g2")),
        event_of(game("A-C", id="g1")),
        event_of(game("A-B", id="g1"), season=next_year),
    ]
    assert len({event["uid"] for event in events}) == 4


def test_special_characters_are_escaped_and_long_lines_folded() -> None:
    venue = "Gym; hall, " + "x" * 80
    text = text_of(game("A-B", venue=venue))
    assert rb"Gym\; hall\," in text
    assert max(map(len, text.split(b"\r\n"))) <= 75
    assert event_of(game("A-B", venue=venue))["location"] == f"{venue}, court 1"


def test_every_team_gets_its_own_games() -> None:
    found = dict(Calendars(PACIFIC, NOW).of_teams([game("A-B"), game("A-C", "2026-01-17")]))
    assert {team: text.count(b"BEGIN:VEVENT") for team, text in found.items()} == {
        "A": 2,
        "B": 1,
        "C": 1,
    }
