"""Every soft term, its units counted by hand."""

from typing import Any

import pytest

from matchday_api.league import League
from tests.builders import checked, division, game, league, units

GYMS = [{"name": "Gym", "courts": 4}, {"name": "Hall", "courts": 4}]
CLUBS = [{"name": "Eagles"}, {"name": "Falcons"}]
EAGLES = [{"name": name, "club": "Eagles"} for name in "AB"]
FALCONS = [{"name": name, "club": "Falcons"} for name in "CD"]
DOUBLE = {"doubleheaders": {"maxPerTeam": 8}}


def clubs() -> League:
    """A and B of the Eagles, C and D of the Falcons, E of no club."""
    return league([*EAGLES, *FALCONS, {"name": "E"}], clubs=CLUBS, venues=GYMS)


def test_club_days_counts_dates_and_venues_of_every_club() -> None:
    together = [game("A-C"), game("B-D", court=2)]
    assert units("clubDays", clubs(), *together) == 2
    apart = [game("A-C"), game("B-D", venue="Hall")]
    assert units("clubDays", clubs(), *apart) == 4
    assert units("clubDays", clubs(), game("A-E")) == 1


def coached(rules: dict[str, Any] | None = None) -> League:
    """Jo coaches A and C."""
    of_jo: list[dict[str, Any]] = [{"name": name, "coaches": ["Jo"]} for name in "AC"]
    return league([*of_jo, *({"name": name} for name in "BDE")], venues=GYMS, rules=rules or {})


@pytest.mark.parametrize(
    ("start", "venue", "expected"),
    [("10:00", "Gym", 0), ("11:00", "Gym", 1), ("10:00", "Hall", 1)],
)
def test_a_coachs_games_are_adjacent_at_one_venue(start: str, venue: str, expected: int) -> None:
    games = [game("A-B"), game("C-D", start=start, venue=venue)]
    assert units("coachBackToBack", coached(), *games) == expected


def test_a_coachs_doubleheader_with_one_team_does_not_count() -> None:
    games = [game("A-B"), game("A-D", start="12:00")]
    assert units("coachBackToBack", coached(DOUBLE), *games) == 0


def test_a_coachs_teams_may_meet_the_same_opponent() -> None:
    games = [game("A-B"), game("C-B", start="12:00")]
    assert units("coachBackToBack", coached(DOUBLE), *games) == 1


def test_a_game_between_a_coachs_teams_counts_once() -> None:
    assert units("coachBackToBack", coached(), game("A-C")) == 0


def test_doubleheaders_counts_teams_and_dates() -> None:
    of = league(rules=DOUBLE)
    assert units("doubleheaders", of, game("A-B"), game("A-C", start="10:00")) == 1
    assert units("doubleheaders", of, game("A-B"), game("B-A", start="10:00")) == 2
    assert units("doubleheaders", of, game("A-B"), game("A-C", "2026-01-17")) == 0


def test_rivals_counts_pairs_that_never_meet() -> None:
    of = league(rivals=[["A", "B"], ["C", "D"]])
    assert units("rivals", of, game("B-A")) == 1
    assert units("rivals", of, game("B-A"), game("C-D", court=2)) == 0


def test_tier_match_counts_games_between_tiers_that_are_both_given() -> None:
    of = league([{"name": "A", "tier": 1}, {"name": "B", "tier": 2}, {"name": "C"}])
    assert units("tierMatch", of, game("A-B")) == 1
    assert units("tierMatch", of, game("A-C")) == 0


@pytest.mark.parametrize(("venue", "expected"), [("Gym", 0), ("Hall", 1)])
def test_home_venue_counts_games_at_nobodys_venue(venue: str, expected: int) -> None:
    of = league([{"name": "A", "homeVenue": "Gym"}, {"name": "B"}], venues=GYMS)
    assert units("homeVenue", of, game("A-B", venue=venue)) == expected


def test_home_venue_is_nothing_to_teams_without_one() -> None:
    assert units("homeVenue", league(venues=GYMS), game("A-B", venue="Hall")) == 0


@pytest.mark.parametrize(
    ("pair", "venue", "expected"),
    [
        ("A-B", "East", 1),  # two regions, at one of them
        ("A-C", "East", 0),
        ("A-C", "West", 1),  # one region, elsewhere
        ("A-B", "North", 2),  # two regions, and elsewhere
        ("A-D", "East", 0),  # D has none
        ("A-D", "North", 1),
        ("D-E", "North", 0),  # neither has one
        ("A-B", "Anywhere", 1),  # the venue has none
    ],
)
def test_region_counts_across_teams_and_venue(pair: str, venue: str, expected: int) -> None:
    regions = {"A": "East", "B": "West", "C": "East"}
    teams = [{"name": name} | ({"region": regions[name]} if name in regions else {})
             for name in "ABCDE"]  # fmt: skip
    venues = [{"name": name, "region": name} for name in ("East", "West", "North")]
    of = league(teams, venues=[*venues, {"name": "Anywhere"}])
    assert units("region", of, game(pair, venue=venue)) == expected


def test_the_clubs_region_is_the_teams() -> None:
    of = league(
        [{"name": "A", "club": "Eagles"}, {"name": "B", "region": "West"}],
        clubs=[{"name": "Eagles", "region": "East"}],
    )
    assert units("region", of, game("A-B")) == 1


@pytest.mark.parametrize(("homes", "expected"), [(1, 0), (2, 2), (3, 4)])
def test_home_away_balance_counts_beyond_one_of_each_team(homes: int, expected: int) -> None:
    days = ["2026-01-10", "2026-01-17", "2026-01-24"][:homes]
    assert units("homeAwayBalance", league("AB"), *(game("A-B", day) for day in days)) == expected


def evening(*starts: str) -> League:
    """Games on Mondays and Saturdays at some starts."""
    return league(slots=[{"days": ["Mon", "Sat"], "starts": list(starts)}], venues=GYMS)


def test_full_evenings_counts_unused_starts_of_an_opened_venue() -> None:
    of = evening("17:00", "18:00", "19:00")
    assert units("fullEvenings", of, game("A-B", "2026-01-12", "18:00")) == 2
    games = [game("A-B", "2026-01-12", "17:00"), game("C-D", "2026-01-12", "18:00")]
    assert units("fullEvenings", of, *games) == 1


def test_full_evenings_is_about_weeknights() -> None:
    assert units("fullEvenings", evening("17:00", "18:00"), game("A-B", start="17:00")) == 0


def test_a_start_during_a_game_is_used() -> None:
    of = evening("17:00", "17:30", "18:00")
    assert units("fullEvenings", of, game("A-B", "2026-01-12", "17:00")) == 1


def test_full_evenings_counts_the_venues_own_starts() -> None:
    of = league(
        slots=[{"days": ["Mon"], "starts": ["17:00", "18:00", "19:00"]}],
        venues=[{"name": "Gym", "starts": ["17:00", "18:00"]}],
    )
    assert units("fullEvenings", of, game("A-B", "2026-01-12", "17:00")) == 1


@pytest.mark.parametrize(("second", "expected"), [("2026-01-24", 0), ("2026-01-23", 1)])
def test_rematch_gap_counts_meetings_that_lie_close(second: str, expected: int) -> None:
    of = league(preferences={"rematchGap": {"days": 14, "weight": 40}})
    assert units("rematchGap", of, game("A-B", "2026-01-10"), game("B-A", second)) == expected


def test_rematch_gap_looks_at_consecutive_meetings() -> None:
    games = [game("A-B", day) for day in ("2026-01-10", "2026-01-17", "2026-01-24")]
    assert units("rematchGap", league("AB"), *games) == 2


def test_start_fairness_counts_beyond_the_divisions_mean_rounded_up() -> None:
    slots = [
        {"days": ["Sat"], "starts": ["09:00"]},
        {"days": ["Sat"], "starts": ["20:00"], "unpopular": True},
    ]
    of = league(slots=slots)
    days = ["2026-01-10", "2026-01-17", "2026-01-24"]
    unfair = [game("A-B", day, "20:00") for day in days]
    # 6 halves of games at 20:00 over 4 teams: 1.5 each, rounded up 2; A and B have 3
    assert units("startFairness", of, *unfair) == 2
    assert units("startFairness", of, *unfair[:1]) == 0


def test_start_fairness_is_counted_within_divisions() -> None:
    slots = [{"days": ["Sat"], "starts": ["20:00"], "unpopular": True}]
    teams = [{"name": n} for n in "AB"] + [{"name": n, "division": "U10"} for n in "CD"]
    of = league(teams, slots=slots, divisions=[division(), division("U10")])
    assert units("startFairness", of, game("A-B", start="20:00")) == 0


def test_the_total_is_the_weighted_sum() -> None:
    of = league(
        rivals=[["A", "B"]],
        preferences={"rivals": 7, "homeAwayBalance": 3},
        rules={"maxGames": [{"days": 60, "games": 1, "weight": 5}]},
    )
    games = [game("A-C", "2026-01-10"), game("A-C", "2026-01-31")]
    # one rival pair; A and C each one beyond balance; A and C one game beyond one, in one window
    report = checked(of, *games)
    assert report.total == 7 * 1 + 3 * 2 + 5 * 2


def test_a_weight_of_zero_switches_a_term_off() -> None:
    of = league(rivals=[["A", "B"]], preferences={"rivals": 0})
    assert checked(of, game("A-C")).total == 0


def test_every_term_is_reported_by_its_name() -> None:
    assert list(checked(league()).terms) == [
        "clubDays", "coachBackToBack", "doubleheaders", "rivals", "tierMatch", "homeVenue",
        "region", "homeAwayBalance", "fullEvenings", "rematchGap", "startFairness", "maxGames",
        "minGames",
    ]  # fmt: skip
