"""Probes and metrics over HTTP, and logs of one bounded line."""

import json
import logging
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest
from aiohttp import web

from matchday_operator.health import Heartbeat, probe, serve
from matchday_operator.logs import configure, get_logger
from matchday_operator.metrics import Metrics
from tests.operator.builders import request


@pytest.fixture
async def faults() -> AsyncIterator[tuple[list[str], str]]:
    """A served probe: what it is to find wrong, and its address."""
    found = [""]
    runner = await serve(0, {"/healthz": probe([lambda: found[0]])})
    port = next(address[1] for address in runner.addresses if address[0] == "0.0.0.0")
    yield found, f"http://127.0.0.1:{port}/healthz"
    await runner.cleanup()


async def get(url: str) -> tuple[int, str]:
    """Status and text of an address."""
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_a_probe_passes_while_nothing_is_wrong(faults: tuple[list[str], str]) -> None:
    assert await get(faults[1]) == (200, "ok")


async def test_a_probe_fails_with_what_is_wrong(faults: tuple[list[str], str]) -> None:
    faults[0][0] = "the watches have ended"
    assert await get(faults[1]) == (503, "the watches have ended")


def test_a_part_that_stands_still_is_noticed() -> None:
    now = [0.0]
    heart = Heartbeat("the election", 10.0, lambda: now[0])
    now[0] = 10.0
    assert heart.check() == ""
    now[0] = 11.0
    assert heart.check() == "the election has stood still for 11 s"
    heart.beat()
    assert heart.check() == ""


def test_requests_are_counted_by_phase() -> None:
    metrics = Metrics()
    metrics.count_requests([request(), request(status={"phase": "Running"})])
    text = metrics.render().decode()
    assert 'matchday_requests{phase="Pending"} 1.0' in text
    assert 'matchday_requests{phase="Running"} 1.0' in text
    assert 'matchday_requests{phase="Failed"} 0.0' in text


def test_every_metric_is_there_from_the_start() -> None:
    names = {each.name.removeprefix("matchday_") for each in Metrics().registry.collect()}
    assert names == {
        *("requests", "job_start_seconds", "solve_seconds", "outcomes", "result_checks"),
        *("reconcile", "reconcile_seconds", "queue_depth", "leader"),
        *("api_requests", "watch_restarts", "sweep_repairs"),
    }


def test_a_response_is_only_the_handlers() -> None:
    assert isinstance(probe([])(), web.Response)


@pytest.fixture
def restored() -> Iterator[None]:
    """Logging as it was before."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.mark.usefixtures("restored")
def test_a_log_line_is_json_with_its_values_bounded(capsys: pytest.CaptureFixture[str]) -> None:
    configure("json", "INFO")
    get_logger("matchday_operator.test").info("told\nme", request="x" * 5000, count=3)
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert (found["event"], found["level"], found["count"]) == ("told\nme", "info", 3)
    assert len(found["request"]) == 1000


@pytest.mark.usefixtures("restored")
def test_a_log_line_as_text_has_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    configure("text", "INFO")
    get_logger("matchday_operator.test").warning("trying again", retry_in=2)
    assert "WARNING trying again retry_in=2" in capsys.readouterr().out
