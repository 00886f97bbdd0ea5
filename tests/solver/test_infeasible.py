"""A league that cannot be scheduled ends as Infeasible, at once and with the reason."""

import pytest

from matchday_api.problem import EarlierSchedule
from matchday_api.request import Completeness
from matchday_solver.build import build
from matchday_solver.infeasible import NO_OPPONENTS, message, proofs
from matchday_solver.outcome import Ending
from tests.builders import division, game
from tests.solver.solving import problem, solved

TIGHT = {
    "season": {"start": "2026-01-05", "end": "2026-01-06"},
    "divisions": [division(gamesPerTeam=3)],
}
"""Three games a team on two dates."""


def test_a_league_that_counting_refutes_is_infeasible_without_a_search() -> None:
    outcome = solved(problem(**TIGHT, time_limit_seconds=600))
    assert (outcome.ending, outcome.schedule) == (Ending.INFEASIBLE, None)
    assert outcome.message.startswith("A needs 3 games")
    assert "divisions[0].gamesPerTeam: Every team of U12 plays 3 games" in outcome.message
    assert "What would help:" in outcome.message


def test_missing_games_are_not_infeasible_where_they_are_accepted() -> None:
    of = problem(**TIGHT, completeness=Completeness.BEST_EFFORT)
    assert proofs(of, build(of)) == ()
    assert solved(of).ending is Ending.SOLVED


def test_a_conflict_with_frozen_games_is_told_as_one() -> None:
    """The league has a schedule, but not with what is frozen."""
    frozen = tuple(game("A-B", f"2026-01-{day:02d}") for day in (5, 6))
    earlier = EarlierSchedule(games=frozen, frozen_before="2026-01-10")
    of = problem(
        season={"start": "2026-01-05", "end": "2026-01-10"},
        divisions=[division(gamesPerTeam=4)],
        earlier=earlier,
    )
    told = message(of, proofs(of, build(of)), 5)
    assert "With all before 2026-01-10 as it is these cannot hold together:\n  divisions[0]" in told
    assert message(of.model_copy(update={"earlier": None}), (), 5) == NO_OPPONENTS


@pytest.mark.parametrize("seconds", [0.0, 1e9])
def test_a_reason_is_given_whatever_time_is_left(seconds: float) -> None:
    of = problem(**TIGHT)
    assert "gamesPerTeam" in message(of, proofs(of, build(of)), seconds)
