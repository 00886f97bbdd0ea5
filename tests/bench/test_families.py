"""The measured leagues and the page about them."""

from dataclasses import replace
from typing import Any

import pytest

from bench.families import Family, families, league
from bench.measure import Point, Run
from bench.page import page
from bench.plot import over_teams, over_time
from matchday_api.base import minutes
from matchday_api.read import read_league

MOST = 400
"""Teams up to which a family's league is read in a test."""
NAMES = [name for name, family in families().items() if family.teams <= MOST]


@pytest.mark.parametrize("name", NAMES)
def test_every_family_is_a_valid_league(name: str) -> None:
    family = families()[name]
    assert len(read_league(league(family)).teams) == family.teams


def test_a_family_is_the_same_for_a_seed_and_another_for_another() -> None:
    family = Family(20)
    assert league(family) == league(family)
    assert league(family)["teams"] != league(replace(family, seed=2))["teams"]


def test_a_tight_family_needs_as_many_of_its_court_starts_as_asked_for() -> None:
    tight = read_league(league(Family(200, court_use=0.9)))
    evening, saturday = (len(rule.starts) for rule in tight.slots)
    offered = sum(
        venue.courts * (evening if day.weekday() < 5 else saturday)
        for venue in tight.venues
        for day in venue.open_dates or ()
    )
    assert 200 * 8 / 2 / offered == pytest.approx(0.9, abs=0.02)


def test_a_mixed_family_has_starts_that_overlap() -> None:
    mixed = read_league(league(Family(60, mixed=True)))
    starts = [minutes(start) for start in mixed.slots[0].starts]
    assert starts[1] - starts[0] < mixed.game_minutes


def family_named(name: str) -> dict[str, Any]:
    """The league of a family."""
    return league(families()[name])


def test_families_have_what_their_names_say() -> None:
    assert len(family_named("locked-200")["lockedGames"]) == 40
    assert family_named("double-200-0")["rules"]["doubleheaders"]["maxPerTeam"] == 0
    assert {d["playAt"] for d in family_named("home-60")["divisions"]} == {"HomeVenue"}
    assert any(team.get("awayClosedDates") for team in family_named("dates-200")["teams"])


def run(**changed: Any) -> Run:
    """A run of one minute."""
    return replace(Run("ncsaa-60", "matchday", 60, 60.0), **changed)


def test_the_page_tells_the_gap_of_a_run() -> None:
    text = page([run(cost=200, bound=150, first=1.25, peak_mib=99)])
    assert "| ncsaa-60 | matchday | 60 | 1.2 s | 200 | 150 | 25.0% | 0 | 99 MiB |" in text


def test_the_page_tells_a_run_without_a_schedule() -> None:
    assert "| ncsaa-60 | one model | 60 | none | - | 10 | - |" in page(
        [run(solver="one model", bound=10)]
    )


def test_the_page_has_the_present_schedulers() -> None:
    assert "1478" in page([])


def test_the_plots_have_a_line_for_cost_and_bound() -> None:
    points = [Point(1.0, 300, 100), Point(2.0, 200, 150)]
    text = over_time([run(cost=200, bound=150, points=points)])
    assert text.count("<polyline") == 2
    assert "stroke-dasharray" in text


def test_the_plot_over_teams_leaves_out_what_was_never_complete() -> None:
    text = over_teams([run(first=1.0), run(teams=200, first=None)])
    assert text.count("<polyline") == 1
    assert "NaN" not in text
