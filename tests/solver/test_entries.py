"""What a column costs and how it counts in each row, by hand."""

from typing import Any

import pytest

from matchday_solver.bounds.columns import Column
from matchday_solver.bounds.entries import entries_of
from matchday_solver.bounds.venue_days import VenueDays, venue_days
from matchday_solver.build import build
from tests.builders import division, only
from tests.solver.repairing import MONDAY
from tests.solver.solving import problem

A_B, A_C, C_D = 0, 1, 5
"""Numbers of pairs: they come in the order of their teams."""
PREFERENCES = {
    "clubDays": 100, "coachBackToBack": 90, "tierMatch": 70, "homeVenue": 60, "region": 30,
    "homeAwayBalance": 50, "fullEvenings": 40, "doubleheaders": 80,
}  # fmt: skip


DOUBLE = {"doubleheaders": {"maxPerTeam": 1}}
TEAMS: list[dict[str, Any]] = [
    {"name": "A", "club": "K", "tier": 1, "homeVenue": "Gym", "coaches": ["Jo"]},
    {"name": "B", "club": "L", "tier": 2, "homeVenue": "Hall"},
    {"name": "C", "club": "K", "tier": 1, "coaches": ["Jo"]},
    {"name": "D"},
]


def monday(games: int = 1, most: int = 1, teams: Any = TEAMS, **changed: Any) -> VenueDays:
    """Three starts with breaks between them on the only date.

    A is at home in Gym and B in Hall. A and C are of one club, which may meet, and have one coach.
    """
    fields = {
        "season": {"start": MONDAY, "end": MONDAY},
        "slots": [{"days": ["Mon"], "starts": ["17:00", "18:30", "20:00"]}],
        "divisions": [division(gamesPerTeam=games, maxMeetings=most)],
        "clubs": [{"name": "K"}, {"name": "L"}],
        "venues": [{"name": name} for name in ("Gym", "Hall", "Arena")],
        "preferences": only(**PREFERENCES),
    }
    rules = {"sameClubMeets": True} | changed.pop("rules", {})
    return venue_days(build(problem(teams, **fields | changed, rules=rules)))


def counted(data: VenueDays, venue: int, *pairs: int) -> tuple[int, dict[str, dict[int, int]]]:
    """The cost of games at a venue, and by kind of row how they count."""
    kind = next(n for n, kind in enumerate(data.kinds) if kind.venue == venue)
    cost, entries = entries_of(data, Column(kind, pairs))
    rows: dict[str, dict[int, int]] = {}
    for (row, number), times in entries.items():
        rows.setdefault(row, {})[number] = times
    assert rows.pop("kind") == {kind: 1}
    return cost, rows


# Two clubs have a date at 100 each, Jo's games are apart for 90, and one of three starts is idle
# for 40. Of A and B, which are of two tiers at 70, each hosts at home; elsewhere it is 60.
@pytest.mark.parametrize(
    ("venue", "cost", "hosts"),
    [
        (0, 400, {"lead": {0: 1, 1: -1}, "free": {C_D: 1}}),
        (1, 400, {"lead": {0: -1, 1: 1}, "free": {C_D: 1}}),
        (2, 460, {"free": {A_B: 1, C_D: 1}}),
    ],
)
def test_two_games_cost_what_their_pairs_clubs_coach_and_idle_start_do(
    venue: int, cost: int, hosts: dict[str, dict[int, int]]
) -> None:
    rows = {
        "team": {0: 1, 1: 1, 2: 1, 3: 1},
        "club": {0: 1, 1: 1, 2: 1},
        "pair": {A_B: 1, C_D: 1},
        "meet": {A_B: 1, C_D: 1},
    }
    assert counted(monday(), venue, A_B, C_D) == (cost, rows | hosts)


def test_a_team_that_plays_twice_costs_its_doubleheader_and_counts_twice() -> None:
    """Two clubs at 100, two tiers at 70, one idle start at 40 and the doubleheader at 80.

    Jo's two games are both of A. A hosts both, and has more games to play than the date holds.
    """
    data = monday(3, rules=DOUBLE)
    assert counted(data, 0, A_B, A_C) == (
        100 + 100 + 70 + 40 + 80,
        {
            "team": {0: 2, 1: 1, 2: 1},
            "days": {0: 2, 1: 1, 2: 1},
            "double": {0: 1},
            "club": {0: 1, 1: 1},
            "pair": {A_B: 1, A_C: 1},
            "meet": {A_B: 1, A_C: 1},
            "lead": {0: 2, 1: -1, 2: -1},
        },
    )


def test_the_later_team_of_two_pairs_hosts_both_at_its_home() -> None:
    data = monday(3, rules=DOUBLE, teams=["A", "B", {"name": "C", "homeVenue": "Gym"}])
    assert counted(data, 0, 1, 2)[1]["lead"] == {0: -1, 1: -1, 2: 2}


def test_a_doubleheader_costs_the_game_too_many_in_a_window_of_one() -> None:
    """The only window of one date counts 5 for it, that of two games nothing."""
    windows = [{"days": 1, "games": 1, "weight": 5}, {"days": 1, "games": 2, "weight": 7}]
    costs = [
        counted(monday(3, rules=DOUBLE | more), 0, A_B, A_C)[0]
        for more in ({}, {"maxGames": windows})
    ]
    assert costs[1] - costs[0] == 5


@pytest.mark.parametrize(("venue", "units"), [(0, 1), (1, 1), (2, 2), (3, 1)])
def test_a_game_across_regions_costs_more_in_a_third_one(venue: int, units: int) -> None:
    """A is from the east, B from the west; the arena is in the north, the park in no region."""
    regions = ("East", "West", "North")
    teams = [{"name": n, "region": region} for n, region in zip("AB", regions, strict=False)]
    venues = [{"name": region, "region": region} for region in regions]
    of = monday(teams=teams, venues=[*venues, {"name": "Park"}], preferences=only(region=30))
    assert counted(of, venue, 0)[0] == 30 * units


@pytest.mark.parametrize(("most", "rows"), [(1, None), (2, {0: 1})])
def test_a_meeting_counts_as_a_rematch_where_not_all_can_be_far_apart(
    most: int, rows: dict[int, int] | None
) -> None:
    """The season has a single date."""
    of = monday(most=most, preferences=only(rematchGap={"days": 14, "weight": 40}))
    cost, counts = counted(of, 0, A_B)
    assert (cost, counts.get("rematch")) == (0, rows)


def test_hosts_are_not_counted_where_nothing_is_asked_of_them() -> None:
    assert {"lead", "free"} & set(counted(monday(preferences=only()), 0, A_B, C_D)[1]) == set()
