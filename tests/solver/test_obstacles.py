"""What stands in the way of a game, against the checker's judgement of the schedule with it."""

import re
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

SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
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
    obstacles.ON_THE_WAY: r"coachOneGameAtATime|travelMinutes",
    obstacles.COURTS: r"courts",
}
"""By obstacle: a rule that a game there breaks."""


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

    def broken(self, home: int, away: int, slot: int, venue: int) -> set[str]:
        """The rules that the schedule breaks with one more of the games that it lacks."""
        length = self.instance.divisions.length[self.instance.teams.division[home]]
        games = [*self.placed, Placed(slot, venue, home, away, int(length))]
        waiting = list(self.waiting)
        waiting.remove((home, away) if (home, away) in waiting else (away, home))
        told = missing(self.instance, games, waiting, no_room)
        made = to_games(self.instance, games)
        report = check(self._problem.league, made, told, self._problem.earlier)
        return {found.rule for found in report.violations}

    def obstacles(self) -> Obstacles:
        """Those beside the schedule."""
        return Obstacles(self.instance, rows_of(self.instance, self.placed))

    def causes(self, pair: Pair) -> dict[tuple[int, int], str]:
        """By slot and venue: what stands in the way."""
        places = openings(self.instance, pair)
        told = [
            ((int(places.slot[n]), int(places.venue[n])), why)
            for why, there in self.obstacles().at_starts(pair, places)
            for n in np.flatnonzero(there)
        ]
        assert len(dict(told)) == len(told) == len(places)
        return dict(told)


def short_league(document: dict[str, Any], games: int) -> Problem:
    """The problem of a league with so many games a team that few leagues have room for them."""
    document["divisions"][0] |= {"gamesPerTeam": games, "maxMeetings": 4}
    return valid(document)


def is_free_by_the_checker(beside: Beside, pair: Pair, slot: int, venue: int, why: str) -> bool:
    """Whether a game there breaks no rule; if it does, it breaks the one that is told."""
    ways = [beside.broken(*way, slot, venue) for way in (pair, pair[::-1])]
    if why in BROKEN:
        assert any(re.search(BROKEN[why], rule) for rule in set.union(*ways)), (why, ways)
    return not all(ways)


@SOME
@given(tiny_leagues(), st.integers(3, 7), st.sampled_from([3, 200]), st.booleans())
def test_a_game_breaks_the_rule_that_stands_in_its_way_and_a_free_one_none(
    document: dict[str, Any], games: int, steps: int, frozen: bool
) -> None:
    beside = Beside(short_league(document, games), steps)
    if frozen:
        beside = Beside(beside.frozen_before(START + timedelta(3)), steps)
    assume(beside.waiting)
    causes = beside.causes(beside.waiting[0])
    slots, venues = beside.instance.venues.open.shape
    for slot, venue in product(range(slots), range(venues)):
        why = causes.get((slot, venue), "no opening")
        free = is_free_by_the_checker(beside, beside.waiting[0], slot, venue, why)
        assert free == (why == FREE), why


@SOME
@given(tiny_leagues(), st.integers(3, 7))
def test_dates_that_a_team_cannot_have_have_no_free_start(
    document: dict[str, Any], games: int
) -> None:
    beside = Beside(short_league(document, games), steps=3)
    for one, other in beside.waiting:
        places = openings(beside.instance, (one, other))
        of_schedule = beside.obstacles()
        *_, (_, free) = of_schedule.at_starts((one, other), places)
        for team in (one, other):
            *causes, (_, left) = of_schedule.on_dates(team, places)
            assert left[places.date[free]].all()
            told = sum(int(dates.sum()) for _, dates in causes)
            assert told + left.sum() == len(np.unique(places.date))
