"""Games at home venues are counted against their courts and against what their teams can host."""

from datetime import date
from typing import Any

import pytest

from matchday_api.league import League
from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver.bounds.season import lacking
from matchday_solver.build import build
from matchday_solver.demand import Demand
from matchday_solver.lint.homes import hosted, hosted_on
from matchday_solver.lint.reach import Capacity
from tests.builders import division, game, league
from tests.solver.counting import found, paths

SATURDAYS = {
    "season": {"start": "2026-01-05", "end": "2026-02-28"},
    "slots": [{"days": ["Sat"], "starts": ["09:00"]}],
}
TWO_GAMES = [division(gamesPerTeam=2, maxMeetings=1, playAt="HomeVenue")]
DOUBLE_ROUND_ROBIN = [division(gamesPerTeam=4, maxMeetings=2, playAt="HomeVenue")]


def at_home(teams: str, small: str, opened: int, courts: int = 1, **changed: Any) -> League:
    """Teams at home at a venue that is always open, some at one that is on so many Saturdays.

    Capital letters are of the first division, others of the second.
    """
    own = [
        {
            "name": team,
            "division": "U12" if team.isupper() else "U10",
            "homeVenue": "Small" if team in small else "Big",
        }
        for team in teams
    ]
    dates = ["2026-01-10", "2026-01-17", "2026-01-24", "2026-01-31"][:opened]
    venues = [
        {"name": "Big", "courts": courts},
        {"name": "Small", "courts": courts, "openDates": dates},
    ]
    return league(own, **SATURDAYS, venues=venues, **changed)


@pytest.mark.parametrize(("opened", "short"), [(1, True), (2, False)])
def test_games_are_counted_against_courts_and_hosts(opened: int, short: bool) -> None:
    told = (
        "U12 needs 4 games at home venues, but there is room for 3: 1 court start at Small and "
        "2 games that the teams of Big can host"
    )
    assert found(at_home("ABCD", "BCD", opened, divisions=TWO_GAMES)) == ([told] if short else [])


def test_what_the_count_rests_on_is_named() -> None:
    named = paths(at_home("ABCD", "BCD", 1, divisions=TWO_GAMES))
    assert {"divisions[0].playAt", "divisions[0].gamesPerTeam", "venues[1].openDates"} <= named
    assert not any(path.startswith("venues[0]") for path in named)


def test_meetings_count_where_they_limit_the_hosts() -> None:
    named = paths(at_home("ABC", "BC", 3, divisions=DOUBLE_ROUND_ROBIN))
    assert {"divisions[0].maxMeetings", "venues[1].openDates"} <= named


@pytest.mark.parametrize(("opened", "short"), [(3, True), (4, False)])
def test_divisions_that_share_home_venues_are_counted_together(opened: int, short: bool) -> None:
    """Either alone has room at the small venue."""
    two = [*TWO_GAMES, TWO_GAMES[0] | {"name": "U10"}]
    told = (
        "U12 and U10 need 8 games at home venues, but there is room for 7: 3 court starts at Small "
        "and 4 games that the teams of Big can host"
    )
    assert found(at_home("ABCDabcd", "BCDbcd", opened, divisions=two)) == ([told] if short else [])


def capacity(of: League, earlier: EarlierSchedule | None = None) -> Capacity:
    """All that the league asks for."""
    instance = build(Problem(league=of, earlier=earlier))
    return Capacity(instance, Demand.whole(instance))


def test_a_team_hosts_half_of_its_meetings_in_a_double_round_robin() -> None:
    of = at_home("ABC", "", 0, divisions=DOUBLE_ROUND_ROBIN)
    assert hosted(capacity(of), 0).tolist() == [6, 0]


def test_a_team_may_host_all_games_where_it_meets_everybody_once() -> None:
    assert hosted(capacity(at_home("ABCD", "BCD", 1, divisions=TWO_GAMES)), 0).tolist() == [2, 6]


def test_frozen_games_count_where_they_are() -> None:
    games = (game("A-B", "2026-01-10", venue="Small"),)
    earlier = EarlierSchedule(games=games, frozen_before="2026-01-11")
    of = at_home("ABCD", "BCD", 1, divisions=TWO_GAMES)
    assert hosted(capacity(of, earlier), 0).tolist() == [2, 7]


def test_on_a_date_only_teams_that_may_be_at_home_host() -> None:
    of = at_home("ABCD", "CD", 1, courts=3, divisions=TWO_GAMES)
    closed = of.teams[2].model_copy(update={"home_closed_dates": (date(2026, 1, 10),)})
    teams = (*of.teams[:2], closed, of.teams[3])
    on_the_tenth = hosted_on(capacity(of.model_copy(update={"teams": teams})), 0)[5]
    assert on_the_tenth.tolist() == [2, 1]


def test_the_season_relaxation_counts_them_too() -> None:
    of = capacity(at_home("ABCD", "BCD", 1, divisions=TWO_GAMES))
    assert lacking(of, 20.0) == 1


def test_a_team_hosts_no_more_in_a_window_than_it_plays_there() -> None:
    """The venue of one team is open in the first week only, in which the team plays once."""
    of = league(
        [{"name": team, "homeVenue": "Big" if team == "A" else "Small"} for team in "ABCD"],
        season={"start": "2026-01-05", "end": "2026-01-18"},
        slots=[{"days": ["Fri", "Sat"], "starts": ["09:00"]}],
        venues=[
            {"name": "Big", "openDates": ["2026-01-09", "2026-01-10"]},
            {"name": "Small", "openDates": ["2026-01-16", "2026-01-17"]},
        ],
        divisions=TWO_GAMES,
        rules={"maxGames": [{"days": 7, "games": 1}]},
    )
    assert found(of) == []
    assert lacking(capacity(of), 20.0) == 1
