"""The column generation goes on where it is cut short, or stands still."""

import time
from itertools import pairwise
from typing import Any

import pytest

from matchday_api.problem import Problem
from matchday_solver.bounds import pricing
from matchday_solver.bounds.duals import SCALE, Prices
from matchday_solver.bounds.generate import STALE, Generation
from matchday_solver.bounds.master import Master
from matchday_solver.bounds.pricing import Priced, price_exactly
from matchday_solver.bounds.stopping import Stopping
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


def test_the_box_gets_wider_where_new_columns_change_nothing(
    of: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    widths: list[float] = []

    def standing(_: Generation, __: Prices) -> tuple[int, bool]:
        return (1, False)

    monkeypatch.setattr(Generation, "_search", standing)
    monkeypatch.setattr(Generation, "_begin", lambda _: iter(()))
    monkeypatch.setattr(Generation, "_is_close", lambda _: False)
    monkeypatch.setattr(Generation, "_is_worth_proving", lambda _: False)
    box = Master.box

    def remembered(master: Master, center: Any, width: float) -> None:
        widths.append(width)
        box(master, center, width)

    monkeypatch.setattr(Master, "box", remembered)
    monkeypatch.setattr(Stopping, "is_due", lambda _: len(widths) > 8 * STALE)
    list(Generation(venue_days(build(of)), stopping(), -1).run())
    assert any(after > before for before, after in pairwise(widths))


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
