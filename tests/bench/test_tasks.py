"""What is measured beside schedules: repairs, reasons and counting, each by its own process."""

from datetime import date
from typing import Any

from bench.examples import conflicts
from bench.page import page
from bench.tasks import Task, Told, busiest, closed, do
from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.read import read_league
from tests.builders import division, game

MONDAY, TUESDAY = "2026-01-05", "2026-01-06"


def document(**changed: Any) -> dict[str, Any]:
    """Two teams that meet twice, on evenings of one week."""
    return {
        "season": {"start": MONDAY, "end": "2026-01-10"},
        "slots": [{"days": ["Mon", "Tue", "Wed"], "starts": ["18:00"]}],
        "divisions": [division(gamesPerTeam=2, maxMeetings=2)],
        "teams": [{"name": name, "division": "U12"} for name in "AB"],
        "venues": [{"name": "Gym"}],
    } | changed


def task(solver: str, league: dict[str, Any], **more: Any) -> Task:
    """A task with ten seconds."""
    problem = Problem(league=read_league(league), time_limit_seconds=10, workers=2, **more)
    return Task("some task", solver, problem)


def test_the_busiest_venue_days_come_first() -> None:
    games = (game("A-B", MONDAY), game("C-D", TUESDAY), game("E-F", TUESDAY, start="10:00"))
    assert busiest(games, 1) == [("Gym", date(2026, 1, 6), 2)]


def test_a_repair_tells_the_fewest_changes() -> None:
    games = (game("A-B", MONDAY, start="18:00"), game("B-A", TUESDAY, start="18:00"))
    league = closed(document(), "Gym", date(2026, 1, 6))
    told = do(task("matchday", league, earlier=EarlierSchedule(games=games)))
    assert told.result == "1 change, proven the fewest; violations: 0"
    assert told.seconds is not None


def test_a_conflict_is_told_with_its_size() -> None:
    told = do(task("explain", document(divisions=[division(gamesPerTeam=4, maxMeetings=4)])))
    assert "members, proven minimal" in told.result


def test_counting_tells_its_findings() -> None:
    assert do(task("count", document())).result == "0 findings"


def test_leagues_with_a_conflict_are_there() -> None:
    assert len(conflicts()) == 4


def test_the_page_tells_what_a_task_came_to() -> None:
    text = page([], [Told(task("count", document()), 0.84, "0 findings", 80)])
    assert "| some task | 0.8 s | 0 findings | 80 MiB |" in text


def test_the_page_tells_a_task_without_an_answer() -> None:
    assert "| some task | none | - | - |" in page([], [Told(task("explain", document()))])
