"""Games at home venues are counted against their courts and against what their teams can host."""

import threading
from datetime import date
from typing import Any

import numpy as np
import pytest

from matchday_api.league import League
from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver import lint
from matchday_solver.bounds import season
from matchday_solver.bounds.season import lacking
from matchday_solver.build import build
from matchday_solver.demand import Demand
from matchday_solver.lint.homes import hosted, hosted_on
from matchday_solver.lint.reach import Capacity
from matchday_solver.programme import Programme
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
    assert hosted(capacity(of, earlier), 0).tolist() == [1, 6]


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


def test_divisions_that_share_no_full_venue_are_told_apart() -> None:
    own = [
        {
            "name": team,
            "division": "U12" if team.isupper() else "U10",
            "homeVenue": f"{'Big' if team in 'Aa' else 'Small'} {1 if team.isupper() else 2}",
        }
        for team in "ABCDabcd"
    ]
    two = [*TWO_GAMES, TWO_GAMES[0] | {"name": "U10"}]
    big = [{"name": "Big 1"}, {"name": "Big 2"}]
    small = [{"name": f"Small {n}", "openDates": ["2026-01-10"]} for n in (1, 2)]
    of = league(own, **SATURDAYS, venues=[*big, *small], divisions=two)
    assert [text.split(" at home")[0] for text in found(of)] == [
        "U12 needs 4 games",
        "U10 needs 4 games",
    ]


def test_what_is_short_of_courts_anyway_is_told_once() -> None:
    of = at_home("ABCD", "ABCD", 1, divisions=TWO_GAMES)
    assert "U12 needs 4 court starts, but 1 can be used at Small" in found(of)
    assert not any("home venues" in text for text in found(of))


def test_forbidden_pairs_are_named_where_a_team_can_host_nobody() -> None:
    pairs = [["A", team] for team in "BCDE"]
    one = [division(gamesPerTeam=1, maxMeetings=1, playAt="HomeVenue")]
    of = at_home("ABCDE", "BCDE", 1, divisions=one, forbiddenPairs=pairs)
    findings = lint.findings(of, build(Problem(league=of)))
    told = [finding for finding in findings if "home venues" in finding.text]
    assert [finding.text for finding in told] == [
        "U12 needs 2 games at home venues, but there is room for 1: 1 court start at Small and no "
        "game that the teams of Big can host"
    ]
    assert {f"forbiddenPairs[{n}]" for n in range(4)} <= set(told[0].paths)
    assert "divisions[0].maxMeetings" not in told[0].paths


def test_the_season_relaxation_has_no_empty_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """They would cost more time than all others."""
    made: list[Programme] = []

    def least_cost(programme: Programme, seconds: float, stop: threading.Event) -> int:
        made.append(programme)
        return 0

    monkeypatch.setattr(season, "least_cost", least_cost)
    lacking(capacity(at_home("ABCD", "BCD", 1, divisions=TWO_GAMES)), 20.0)
    assert len(np.unique(made[0].row)) == len(made[0].lower)


def test_divisions_beyond_the_limit_are_not_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the courts and hosts of a season tell is proven all the same."""
    monkeypatch.setattr(season, "MOST_LINKED", 0)
    assert lacking(capacity(at_home("ABCD", "BCD", 1, divisions=TWO_GAMES)), 20.0) == 1
