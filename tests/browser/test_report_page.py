"""report.html as league staff open it: on a phone, on a desk, and on paper."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from matchday_api.schedule import Game, ScheduleFile, Violation
from matchday_cli.show.page import to_html
from tests.browser.conftest import Opened, opened
from tests.builders import game, lacking, league
from tests.unit.cli.builders import a_schedule

PHONE, DESK = (360, 740), (1280, 800)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
LONG = "Saint-Bartholomew-and-All-Saints-" * 3


def season() -> list[Game]:
    """Eight hundred games of two hundred teams at twelve venues, some with long names."""
    games = []
    for n in range(800):
        one, other = n % 200, (n + 1 + n // 200) % 200
        games.append(
            game(
                f"Team {one:03d}-Team {other:03d}",
                id=f"g{n}",
                division=f"Division {one % 6}",
                venue=f"Gym {n % 12} of {LONG if n % 12 == 0 else 'the town'}"[:100],
                date=date(2026, 1, 5) + timedelta(days=n // 20),
                court=1 + n % 4,
            )
        )
    return games


def written(folder: Path, schedule: ScheduleFile) -> Path:
    """The page as a file."""
    path = folder / "report.html"
    path.write_text(to_html(schedule, league("AB"), NOW), "utf-8")
    return path


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a whole season."""
    return written(tmp_path_factory.mktemp("page"), a_schedule(season(), request="winter-2026"))


@pytest.fixture
def phone(browser: Browser, path: Path) -> Iterator[Opened]:
    """That page on a phone."""
    found = opened(browser, path, *PHONE)
    yield found
    found.page.close()


@pytest.fixture
def hostile(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """A page on which all text was written by an enemy."""
    schedule = a_schedule(
        [game("A-B", venue=HOSTILE, division=HOSTILE)],
        missing=[lacking(1, "A").model_copy(update={"reason": HOSTILE})],
        violations=[Violation(rule=HOSTILE, message=HOSTILE)],
        request=HOSTILE,
    )
    found = opened(browser, written(tmp_path, schedule), *PHONE)
    yield found
    found.page.close()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_nothing_has_to_be_scrolled_sideways(
    browser: Browser, path: Path, size: tuple[int, int]
) -> None:
    found = opened(browser, path, *size)
    assert not found.is_too_wide()
    found.page.close()


def test_the_heading_is_the_requests_name(phone: Opened) -> None:
    assert phone.page.locator("h1").inner_text() == "winter-2026"
    assert phone.page.title() == "winter-2026"


def test_the_page_asks_for_nothing_and_complains_of_nothing(phone: Opened) -> None:
    assert (phone.requests, phone.complaints) == ([], [])


def test_a_team_is_found_by_a_part_of_its_name(phone: Opened) -> None:
    phone.page.get_by_label("Find a team").fill("team 04")
    assert phone.page.locator(".team:visible").count() == 10
    assert phone.page.locator(".find output").inner_text() == "10 of 200 teams"
    assert not phone.page.locator("#venues").is_visible()
    phone.page.get_by_label("Find a team").fill("")
    assert phone.page.locator(".team:visible").count() == 200


def test_a_game_on_a_phone_stands_below_the_one_before(phone: Opened) -> None:
    rows = phone.page.locator("#team-1 + table tbody tr")
    first, second = rows.nth(0).bounding_box(), rows.nth(1).bounding_box()
    assert first is not None
    assert second is not None
    assert second["y"] >= first["y"] + first["height"]
    assert rows.nth(0).locator("td.who").is_visible()


def test_paper_has_every_team_also_while_one_is_looked_for(phone: Opened) -> None:
    phone.page.get_by_label("Find a team").fill("team 007")
    phone.page.emulate_media(media="print")
    assert phone.page.locator(".team:visible").count() == 200
    assert not phone.page.locator(".find").is_visible()


def test_it_prints(phone: Opened) -> None:
    assert phone.page.pdf(format="A4").startswith(b"%PDF")


def test_hostile_names_are_shown_and_do_nothing(hostile: Opened) -> None:
    assert hostile.page.locator("h1").inner_text() == HOSTILE
    assert hostile.page.locator("img").count() == 0
    assert (hostile.requests, hostile.complaints) == ([], [])
    assert not hostile.is_too_wide()


def test_a_policy_keeps_foreign_scripts_from_running(hostile: Opened) -> None:
    hostile.page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        "document.body.append(s)"
    )
    assert hostile.page.evaluate("window.ran") is None


def test_a_season_of_800_games_is_less_than_a_megabyte(path: Path) -> None:
    assert path.stat().st_size < 1_000_000
