"""Why a game is missing, in words: what its teams, the courts and the rules leave for it."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from matchday_solver.choice.room import Room
from matchday_solver.choice.table import candidates, rows_of
from matchday_solver.decode import Placed
from matchday_solver.demand import Demand
from matchday_solver.instance import Instance, Mask
from matchday_solver.lint.finding import count
from matchday_solver.lint.reach import Capacity

NO_OPPONENT = "no other team that it may meet has a game left for it"
NO_PLACE = "no start at a suitable venue was found that keeps all rules"
NO_DATE = "{team} may play on no further date: closed dates and the rules for its games leave none"
NO_START = "no suitable venue is open when both may play"
OTHER_RULES = (
    "teams and courts are free: a coach, travel or the rules for doubleheaders forbid it, or the "
    "time did not suffice"
)
MOST = 200
"""Games whose reason is worked out; the others' is NO_PLACE."""


class Reasons:
    """Reasons beside the games of one schedule."""

    def __init__(self, instance: Instance, games: Sequence[Placed]) -> None:
        self._instance, self._games = instance, games
        self._places: dict[int, Mask] = {}
        self._left = MOST

    @cached_property
    def _room(self) -> Room:
        """Worked out when asked for, since mostly no game is missing."""
        return Room(self._instance, rows_of(self._instance, self._games))

    @cached_property
    def _days(self) -> Mask:
        """(T, N) dates on which a team can have one more game."""
        reach = Capacity(self._instance, Demand.nothing(self._instance))
        return np.asarray(self._room.days & reach.may_play)

    def __call__(self, teams: tuple[int, ...]) -> str:
        """Why one more game of a pair, or of a team that lacks an opponent, is missing."""
        self._left -= 1
        if self._left < 0:
            return NO_PLACE
        for team in teams:
            if not self._days[team].any():
                return NO_DATE.format(team=self._instance.teams.names[team])
        return self._of_pair(*teams) if len(teams) > 1 else NO_OPPONENT

    def _of_pair(self, one: int, other: int) -> str:
        """How many starts there are for the two, and what forbids them."""
        division = int(self._instance.teams.division[one])
        rows = candidates(self._instance, division, np.array([[one, other]], np.int32))
        date = self._instance.calendar.slot_date[rows.slot]
        rested = self._days[one, date] & self._days[other, date]
        free = self._free(division)[rows.slot, rows.venue]
        shared = rows.home != self._often_at_home(one, other)
        parts = (
            (~rested, "one of them would play too often"),
            (rested & ~free, "all courts are taken"),
            (rested & free & ~shared, "one of them would be at home to the other too often"),
            (rested & free & shared, OTHER_RULES),
        )
        places = rows.slot.astype(np.int64) * len(self._instance.venues.names) + rows.venue
        told, seen = list[str](), np.zeros(len(rows), np.bool_)
        for where, why in parts[::-1]:
            new = np.isin(places, places[where]) & ~seen
            seen |= new
            if new.any():
                told.insert(0, f"at {len(np.unique(places[new]))} {why}")
        starts = count(len(np.unique(places)), "start")
        return f"of {starts} for the two, {', '.join(told)}" if told else NO_START

    def _often_at_home(self, one: int, other: int) -> int:
        """Which of two teams may not host the other once more; -1 where either may."""
        division = self._instance.teams.division[one]
        homes = [g.home for g in self._games if {g.home, g.away} == {one, other}]
        lead = homes.count(one) - homes.count(other)
        if lead == 0 or not self._instance.divisions.home_only[division]:
            return -1
        return one if lead > 0 else other

    def _free(self, division: int) -> Mask:
        """(K, V) where a court is free for a game of the division."""
        length = int(self._instance.divisions.length[division])
        if length not in self._places:
            self._places[length] = self._room.places(length)
        return self._places[length]
