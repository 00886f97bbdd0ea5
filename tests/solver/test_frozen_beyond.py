"""Teams that have played more games on frozen dates than the division now asks for."""

import threading
import time

from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.schedule import Game
from matchday_solver import bounds
from matchday_solver.build import build
from matchday_solver.decode import Placed
from matchday_solver.outcome import Ending
from tests.builders import division, game
from tests.solver.solving import problem, schedule_of, solved


def after(*games: Game) -> Problem:
    """Four teams of a club each that now play two games, after those games."""
    return problem(
        [{"name": name, "club": name} for name in "ABCD"],
        clubs=[{"name": name} for name in "ABCD"],
        divisions=[division(gamesPerTeam=2, maxMeetings=2)],
        earlier=EarlierSchedule(games=games, frozen_before="2026-01-20"),
    )


def three_of_a() -> Problem:
    """B, C and D need one game each, so one of them is left over."""
    return after(*(game(f"A-{x}", f"2026-01-0{n}") for n, x in enumerate("BCD", start=6)))


class Dear:
    """A search with a schedule of this cost."""

    cost = 5000

    def placed(self) -> list[Placed]:
        """No games that are worth beginning with."""
        return []


def test_a_bound_does_not_ask_for_the_game_that_is_left_over() -> None:
    cost = schedule_of(three_of_a()).objective.total
    instance = build(three_of_a())
    news = bounds.improve(instance, time.monotonic() + 30, threading.Event(), Dear())
    assert max(bound for bound in news if isinstance(bound, int)) <= cost


def test_the_game_that_is_left_over_is_told_and_is_not_missing() -> None:
    schedule = schedule_of(three_of_a())
    assert len(schedule.games) == 4
    assert [entry.missing for entry in schedule.unplaced] == [1]
    assert schedule.objective.tiers.missing == 0


def test_games_beyond_the_number_do_not_stand_for_those_of_others() -> None:
    of = after(
        *(game(f"A-{x}", f"2026-01-0{n}") for n, x in enumerate("BCD", start=6)),
        game("A-B", "2026-01-09"),
    )
    outcome = solved(of)
    assert outcome.ending is Ending.SOLVED
    assert outcome.schedule is not None
    assert sorted(f"{g.home}{g.away}" for g in outcome.schedule.games)[-1] in ("CD", "DC")
    assert len(outcome.schedule.games) == build(of).games_total == 5
