"""A solve that repairs an earlier schedule."""

from datetime import date

from tests.solver.solving import places, problem, repair_of, schedule_of


def test_a_repair_of_a_schedule_that_still_holds_changes_nothing() -> None:
    of = problem("ABCDEF")
    earlier = schedule_of(of)
    repaired = schedule_of(repair_of(of, earlier))
    assert places(repaired.games) == places(earlier.games)
    assert repaired.objective.tiers.changes == 0


def test_a_repair_after_a_closed_date_moves_the_games_of_that_date_only() -> None:
    of = problem("ABCDEF")
    earlier = schedule_of(of)
    day = earlier.games[0].date
    season = {"start": "2026-01-05", "end": "2026-02-28", "closedDates": [day.isoformat()]}
    closed = problem("ABCDEF", season=season)
    repaired = schedule_of(repair_of(closed, earlier))
    assert repaired.validation.valid
    assert repaired.objective.tiers.changes == sum(g.date == day for g in earlier.games)


def test_games_keep_their_ids_through_a_repair() -> None:
    of = problem("ABCDEF")
    earlier = schedule_of(of)
    repaired = schedule_of(repair_of(of, earlier))
    assert {g.id for g in repaired.games} == {g.id for g in earlier.games}


def test_frozen_games_stay_and_none_is_added_before_the_date() -> None:
    of = problem("ABCDEF")
    earlier = schedule_of(of)
    before = date(2026, 2, 1)
    repaired = schedule_of(repair_of(of, earlier, frozen_before=before))
    frozen = [g for g in earlier.games if g.date < before]
    assert frozen
    assert [g for g in repaired.games if g.date < before] == frozen
