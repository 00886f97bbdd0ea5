"""A real browser: Chromium from PATH, else from Debian's package."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from devcluster import debian

SMALL = 10_000.0
"""Milliseconds that a page and all it does may take; far more than on an idle machine."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without windows."""
    debian.ensure({"chromium": "chromium"})
    with sync_playwright() as play:
        # As root in a container there is no sandbox, and little of /dev/shm.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        started = play.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield started
        started.close()


@dataclass
class Opened:
    """A page, and what it did that nobody asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    """What it wrote to the console, and its errors."""
    requests: list[str] = field(default_factory=list)
    """Addresses that it asked for, but its own."""

    def is_too_wide(self) -> bool:
        """Whether one would have to scroll it sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def opened(browser: Browser, path: Path, width: int, height: int) -> Opened:
    """Open a file in a window of that size."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(SMALL)
    found = Opened(page)
    address = path.resolve().as_uri()

    def asked(request: Request) -> None:
        if request.url != address:
            found.requests.append(request.url)

    page.on("console", lambda message: found.complaints.append(message.text))
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.on("dialog", lambda dialog: found.complaints.append(f"dialog {dialog.message}"))
    page.on("request", asked)
    page.goto(address)
    return found
