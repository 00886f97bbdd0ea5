"""Why a game is missing, in words: what its teams, the courts and the rules leave for it."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from matchday_api.faults import counted as count
from matchday_solver.choice.table import rows_of
from matchday_solver.decode import Placed
from matchday_solver.instance import Instance
from matchday_solver.obstacles import Cause, Obstacles
from matchday_solver.openings import Openings, openings, suitable_venues, why_nowhere

NO_OPPONENT = "no other team that it may meet, or meet once more, has a game left for it"
NO_PLACE = "no start at a suitable venue was found that keeps all rules"
NO_DATE = "{team} may play on no further date: of {dates} with a start for this game, {causes}"
OF_STARTS = "of {starts} for the two, {causes}"
MOST = 200
"""Games whose reason is worked out; the others' is NO_PLACE, of a team alone NO_OPPONENT."""


class Reasons:
    """Reasons beside the games of one schedule."""

    def __init__(self, instance: Instance, games: Sequence[Placed]) -> None:
        self._instance, self._games = instance, games
        self._places: dict[tuple[int, bytes], Openings] = {}
        self._left = MOST

    @cached_property
    def _obstacles(self) -> Obstacles:
        """Worked out when asked for, since mostly no game is missing."""
        return Obstacles(self._instance, rows_of(self._instance, self._games))

    def __call__(self, teams: tuple[int, ...]) -> str:
        """Why one more game of a pair, or of a team that lacks an opponent, is missing."""
        self._left -= 1
        if self._left < 0:
            return NO_PLACE if len(teams) > 1 else NO_OPPONENT
        places = self._openings(teams)
        if not len(places):
            return why_nowhere(self._instance, teams)
        for team in teams:
            if told := self._without_date(team, places):
                return told
        return self._of_pair(teams[0], teams[1], places) if len(teams) > 1 else NO_OPPONENT

    def _openings(self, teams: tuple[int, ...]) -> Openings:
        """Those of all pairs that may play at the same venues are worked out once."""
        division = self._instance.teams.division[teams[0]]
        key = (int(division), suitable_venues(self._instance, teams).tobytes())
        if key not in self._places:
            self._places[key] = openings(self._instance, teams)
        return self._places[key]

    def _without_date(self, team: int, places: Openings) -> str:
        """Why a team may play on no further date of the openings; empty where it may on one."""
        *causes, (_, free) = self._obstacles.on_dates(team, places)
        if free.any():
            return ""
        dates = count(len(np.unique(places.date)), "date")
        name = self._instance.teams.names[team]
        return NO_DATE.format(team=name, dates=dates, causes=_told("on", causes))

    def _of_pair(self, one: int, other: int, places: Openings) -> str:
        """How many starts there are for the two, and what forbids them."""
        causes = self._obstacles.at_starts((one, other), places)
        return OF_STARTS.format(starts=count(len(places), "start"), causes=_told("at", causes))


def _told(where: str, causes: Iterable[Cause]) -> str:
    """How often each cause is one, without those that never are."""
    numbers = ((int(there.sum()), why) for why, there in causes)
    return ", ".join(f"{where} {number} {why}" for number, why in numbers if number)
