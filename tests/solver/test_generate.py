"""The column generation goes on where it is cut short, or stands still."""

import time
from typing import Any

import pytest

from matchday_api.problem import Problem
from matchday_solver.bounds import pricing
from matchday_solver.bounds.duals import SCALE
from matchday_solver.bounds.generate import Generation
from matchday_solver.bounds.pricing import Priced, price_exactly
from matchday_solver.bounds.stabilising import GROW, SMOOTHING, STALE, Stabiliser
from matchday_solver.bounds.venue_days import venue_days
from matchday_solver.build import build
from tests.solver.bounding import stopping
from tests.solver.solving import problem

CLUBS = ("North", "South")


@pytest.fixture
def of() -> Problem:
    """Teams of two clubs and two tiers, at two gyms."""
    teams = [{"name": n, "club": CLUBS[k % 2], "tier": k // 4} for k, n in enumerate("ABCDEFGH")]
    venues = [{"name": "Gym"}, {"name": "Hall"}]
    return problem(teams, clubs=[{"name": name} for name in CLUBS], venues=venues)


def test_pricing_problems_that_are_cut_short_get_more_time_in_the_end(
    of: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = list(Generation(venue_days(build(of)), stopping(), -1).run())[-1]

    def cut(*given: Any) -> Priced:
        """With less than 10 s nothing but all that is gained is proven."""
        found, seconds = price_exactly(*given), given[-1]
        return found if seconds >= 10 else Priced(found.column, 10 * found.limit, False)

    monkeypatch.setattr(pricing, "price_exactly", cut)
    assert list(Generation(venue_days(build(of)), stopping(), -1).run())[-1] == whole


def test_the_box_gets_wider_where_new_columns_change_nothing() -> None:
    near = Stabiliser(scale=1.0)
    before = near.width
    for _ in range(STALE):
        at_once = near.adapt(1, is_better=False, has_changed=False, is_boxed=False)
    assert at_once
    assert near.width == pytest.approx(GROW * before)
    assert near.smoothing == 0.0


def test_prices_are_no_longer_smoothed_where_that_finds_nothing() -> None:
    near = Stabiliser(scale=1.0)
    assert near.adapt(0, is_better=True, has_changed=True, is_boxed=True)
    assert near.smoothing == 0.0
    before = near.width
    assert not near.adapt(0, is_better=True, has_changed=True, is_boxed=True)
    assert (near.width > before, near.smoothing) == (True, SMOOTHING)


@pytest.mark.parametrize(
    ("gain", "rested", "worth"),
    [(0.01, 1.0, False), (0.01, 3.0, True), (0.001, 3.0, False), (0.001, 11.0, True),
     (0.0001, 100.0, False)],
)  # fmt: skip
def test_smaller_gains_are_proven_after_longer_rests(
    of: Problem, monkeypatch: pytest.MonkeyPatch, gain: float, rested: float, worth: bool
) -> None:
    generation = Generation(venue_days(build(of)), stopping(), -1)
    generation._best, generation._estimate = 1000, 1000 * (1 + gain) * SCALE
    generation._proven_at, generation._proof_seconds = 50.0, 2.0
    monkeypatch.setattr(time, "monotonic", lambda: 50.0 + 2.0 * rested)
    assert generation._is_worth_proving() is worth
