"""What stands in the way of a game, against the checker's judgement of the schedule with it."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matchday_api.checker import check
from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver import obstacles
from matchday_solver.build import build
from matchday_solver.choice.table import rows_of
from matchday_solver.decode import Placed, missing, to_games
from matchday_solver.obstacles import FREE, Obstacles, Pair
from matchday_solver.openings import openings
from matchday_solver.search import Search
from matchday_solver.starting import fresh
from tests.solver.solving import no_room
from tests.solver.tiny_leagues import START, tiny_leagues, valid

MANY = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
ALL_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
BROKEN = {
    obstacles.CLOSED: r"\.closedDates",
    obstacles.NO_HOST: r"homeClosedDates|awayClosedDates",
    obstacles.HOSTED_OFTEN: r"playAt",
    obstacles.PLAYING: r"^teams\[\d+\]$",
    obstacles.PLAYED: r"maxPerTeam",
    obstacles.MET: r"^rules\.doubleheaders$",
    obstacles.PLAYED_TWICE: r"^rules\.doubleheaders$",
    obstacles.DOUBLED: r"maxPerTeam",
    obstacles.ELSEWHERE: r"^rules\.doubleheaders$",
    obstacles.BREAK: r"minBreakMinutes",
    obstacles.CROWDED: r"maxGames",
    obstacles.COACH: r"coachOneGameAtATime",
    obstacles.COACH_TRAVELS: r"coachOneGameAtATime|travelMinutes",
    obstacles.COURTS: r"courts",
}
"""By obstacle: a rule that a game there breaks."""

Place = tuple[int, int]
"""Slot and venue."""


class Beside:
    """A random schedule that lacks games, and what the checker says of one more."""

    def __init__(self, problem: Problem, steps: int) -> None:
        self._problem, self.instance = problem, build(problem)
        start = fresh(self.instance, 0, complete=False)
        assume(start is not None)
        assert start is not None
        search = Search(self.instance, start, seed=1)
        search.settle(steps)
        self.placed, self.waiting = search.placed(), search.waiting()

    def frozen_before(self, day: date) -> Problem:
        """The problem of repairing the schedule."""
        earlier = EarlierSchedule(games=to_games(self.instance, self.placed), frozen_before=day)
        return self._problem.model_copy(update={"earlier": earlier})

    def broken(self, way: Pair, place: Place) -> set[str]:
        """The rules that the schedule breaks with one more of the games that it lacks."""
        length = self.instance.divisions.length[self.instance.teams.division[way[0]]]
        games = [*self.placed, Placed(*place, *way, int(length))]
        waiting = list(self.waiting)
        waiting.remove(way if way in waiting else way[::-1])
        told = missing(self.instance, games, waiting, no_room)
        made = to_games(self.instance, games)
        report = check(self._problem.league, made, told, self._problem.earlier)
        return {found.rule for found in report.violations}

    def places(self, pair: Pair) -> Iterator[Place]:
        """All slots on which the game ends before midnight, at every venue."""
        length = self.instance.divisions.length[self.instance.teams.division[pair[0]]]
        slots = np.flatnonzero(self.instance.calendar.fits[:, length]).tolist()
        return product(slots, range(len(self.instance.venues.names)))

    def some_lacking(self) -> list[Pair]:
        """Up to three pairs that lack a game."""
        return sorted(set(self.waiting))[:3]

    def obstacles(self) -> Obstacles:
        """Those beside the schedule."""
        return Obstacles(self.instance, rows_of(self.instance, self.placed))

    def causes(self, pair: Pair) -> dict[Place, str]:
        """By slot and venue: what stands in the way."""
        places = openings(self.instance, pair)
        told = [
            ((int(places.slot[n]), int(places.venue[n])), why)
            for why, there in self.obstacles().at_starts(pair, places)
            for n in np.flatnonzero(there)
        ]
        assert len(dict(told)) == len(told) == len(places)
        return dict(told)


@st.composite
def short_leagues(draw: st.DrawFn) -> dict[str, Any]:
    """A document of a league that seldom has room for all games, valid or not."""
    document = draw(tiny_leagues())
    document["divisions"][0] |= {"gamesPerTeam": draw(st.integers(3, 8)), "maxMeetings": 4}
    # What a search leaves short of a hard minimum is no matter of one more game.
    document["rules"]["minGames"] = [w for w in document["rules"]["minGames"] if "weight" in w]
    rest = draw(st.sampled_from([0, 60]))
    two_a_date = {"maxPerTeam": draw(st.integers(1, 2)), "minBreakMinutes": rest}
    document["rules"] |= draw(st.sampled_from([{}, {"doubleheaders": two_a_date}]))
    document["rules"] |= draw(st.sampled_from([{}, {"maxGames": []}]))
    daily = [{"days": ALL_DAYS, "starts": ["09:00", "10:00", "11:30", "18:00"]}]
    document["slots"] = draw(st.sampled_from([document["slots"], daily]))
    closed = [(START + timedelta(n)).isoformat() for n in (0, 3)]
    document["teams"][0]["closedDates"] = draw(st.sampled_from([[], closed]))
    return document


def is_free_by_the_checker(beside: Beside, pair: Pair, place: Place, why: str) -> bool:
    """Whether a game there breaks no rule; if it does, it breaks the one that is told."""
    ways = [beside.broken(way, place) for way in (pair, pair[::-1])]
    if why in BROKEN:
        assert any(re.search(BROKEN[why], rule) for rule in set.union(*ways)), (why, ways)
    return not all(ways)


@MANY
@given(short_leagues(), st.sampled_from([3, 30, 200]), st.booleans())
def test_a_game_breaks_the_rule_that_stands_in_its_way_and_a_free_one_none(
    document: dict[str, Any], steps: int, frozen: bool
) -> None:
    beside = Beside(valid(document), steps)
    if frozen:
        beside = Beside(beside.frozen_before(START + timedelta(3)), steps)
    assume(beside.waiting)
    for pair in beside.some_lacking():
        causes = beside.causes(pair)
        for place in beside.places(pair):
            why = causes.get(place, "no opening")
            assert is_free_by_the_checker(beside, pair, place, why) == (why == FREE), why


@MANY
@given(short_leagues())
def test_dates_that_a_team_cannot_have_have_no_free_start(document: dict[str, Any]) -> None:
    beside = Beside(valid(document), steps=3)
    for one, other in beside.waiting:
        places = openings(beside.instance, (one, other))
        of_schedule = beside.obstacles()
        *_, (_, free) = of_schedule.at_starts((one, other), places)
        for team in (one, other):
            *causes, (_, left) = of_schedule.on_dates(team, places)
            assert left[places.date[free]].all()
            told = sum(int(dates.sum()) for _, dates in causes)
            assert told + left.sum() == len(np.unique(places.date))
