"""What is told of frozen games that break today's league."""

from datetime import date

from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.schedule import Game, Violation
from matchday_cli.show.repair import NOTHING_LEFT, Repair, repair_of
from matchday_cli.show.violations import violation_lines
from tests.builders import game, league
from tests.unit.cli.builders import ONE_GAME, a_schedule

GAMES = (game("A-B", "2026-01-06", "09:30"), game("B-A", "2026-02-10", "10:00"))
TWO = {"divisions": [{"name": "U12", "gamesPerTeam": 2, "maxMeetings": 2}]}


def told(*games: Game, before: str | None) -> Repair:
    """What is told of a schedule of two teams that changes nothing."""
    frozen = None if before is None else date.fromisoformat(before)
    earlier = EarlierSchedule(games=games, frozen_before=frozen)
    of = Problem(league=league("AB", **(TWO if len(games) > 1 else ONE_GAME)), earlier=earlier)
    return repair_of(of, a_schedule().model_copy(update={"games": games}))


def test_a_rule_that_a_frozen_game_breaks_is_told_with_the_game() -> None:
    (line,) = told(*GAMES, before="2026-01-20").frozen
    assert line.startswith("slots: ")
    assert line.endswith("(A - B, 2026-01-06 09:30 at Gym)")


def test_nothing_is_told_where_no_game_is_frozen() -> None:
    assert told(*GAMES, before=None) == Repair([], [], [])
    assert told(*GAMES, before="2026-01-01") == Repair([], [], [])


def test_it_is_told_where_nothing_could_change() -> None:
    assert told(GAMES[1], before="2027-01-01").note == NOTHING_LEFT


def test_a_broken_rule_that_is_about_many_games_names_the_first() -> None:
    games = [game("A-B", f"2026-01-{day:02d}") for day in range(5, 10)]
    broken = Violation(rule="rules", message="too many", games=tuple(g.id for g in games))
    (line,) = violation_lines([broken], games)
    assert line.count("A - B, ") == 3
    assert line.endswith("; ...)")
