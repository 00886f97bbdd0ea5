"""Whatever a schedule says, the checker gives a report."""

import time
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from matchday_api.base import clock
from matchday_api.checker import check
from matchday_api.checker.rules.overlaps import clashes
from matchday_api.checker.timetable import MOST_GAMES, Played, Timetable
from matchday_api.checker.violations import MOST_VIOLATIONS
from matchday_api.problem import EarlierSchedule
from matchday_api.schedule import Game, Unplaced
from tests.builders import division, game, league

NAMES = st.sampled_from(["A", "B", "C", "D", "Nobody"])
TIMES = st.integers(0, 1439).map(clock)
DATES = st.dates(min_value=league().season.start.replace(year=2025))
GAMES = st.builds(
    Game,
    id=st.sampled_from(["g1", "g2"]),
    division=st.sampled_from(["U12", "U10"]),
    home=NAMES,
    away=NAMES,
    date=DATES | st.sampled_from(league().season.dates()),
    start=TIMES,
    end=TIMES | st.just("24:00"),
    venue=st.sampled_from(["Gym", "Nowhere"]),
    court=st.integers(1, 1000),
)
ENTRIES = st.builds(
    Unplaced,
    division=st.sampled_from(["U12", "U10"]),
    teams=st.lists(NAMES, min_size=1, max_size=2).map(tuple),
    missing=st.integers(1, 40_000),
    reason=st.text(max_size=5),
)
EARLIER = st.builds(
    EarlierSchedule, games=st.lists(GAMES, max_size=4).map(tuple), frozen_before=st.none() | DATES
)
RULES = {
    "maxGames": [{"days": 7, "games": 1}],
    "minGames": [{"days": 7, "games": 1}],
    "doubleheaders": {"maxPerTeam": 1, "minBreakMinutes": 30},
    "travelMinutes": 30,
}


@settings(max_examples=300, deadline=None)
@given(st.lists(GAMES, max_size=6), st.lists(ENTRIES, max_size=3), st.none() | EARLIER)
def test_any_schedule_gets_a_report(
    games: list[Game], entries: list[Unplaced], earlier: EarlierSchedule | None
) -> None:
    report = check(league(rules=RULES), games, entries, earlier)
    assert report.total >= 0
    assert report.missing >= 0


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 600), st.sampled_from(["Gym", "Hall"])), max_size=6))
def test_a_clash_is_found_exactly_where_two_games_overlap(places: list[tuple[int, str]]) -> None:
    of = league(venues=[{"name": "Gym"}, {"name": "Hall"}])
    games = [
        game("A-B", start=clock(start), venue=venue, id=str(n))
        for n, (start, venue) in enumerate(places)
    ]
    plays = Timetable(of, games, (), None).by_team["A"]
    found = {other.game.id for _, other in clashes(plays, Played.overlaps)}
    assert found == {b.game.id for a, b in combinations(plays, 2) if a.overlaps(b)}


def test_very_many_violations_are_told_in_part() -> None:
    """One pair with 20 coaches each, at very many games at once."""
    teams = [{"name": t, "coaches": [f"{t}{n}" for n in range(20)]} for t in "AB"]
    games = [game("A-B", court=n % 1000 + 1).model_copy(update={"id": f"{n}"}) for n in range(5000)]
    report = check(league(teams), games)
    assert len(report.violations) == MOST_VIOLATIONS
    assert all(len(violation.games) <= MOST_GAMES for violation in report.violations)


def test_frozen_games_at_once_are_not_compared_with_each_other() -> None:
    venues = [{"name": f"Gym {n}"} for n in range(300)]
    games = tuple(
        game("A-B", "2026-01-10", venue=f"Gym {n % 300}").model_copy(update={"id": f"{n}"})
        for n in range(20_000)
    )
    earlier = EarlierSchedule(games=games, frozen_before="2026-01-20")
    begun = time.process_time()
    check(league("AB", venues=venues, rules=RULES), games, (), earlier)
    assert time.process_time() - begun < 20


def test_teams_of_one_club_are_not_paired_where_they_may_not_meet() -> None:
    teams = [{"name": f"T{n}", "club": "K"} for n in range(5000)]
    of = league(
        teams,
        clubs=[{"name": "K"}],
        divisions=[division(gamesPerTeam=1, minMeetings=1)],
        rules={"sameClubMeets": False},
    )
    begun = time.process_time()
    report = check(of, ())
    assert time.process_time() - begun < 10
    assert all("minMeetings" not in violation.rule for violation in report.violations)
