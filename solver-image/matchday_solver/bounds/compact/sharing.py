"""What each team's game pays of its club's date at a venue.

Any shares prove a bound: what those of a club's teams are together beyond what the date costs is
paid once a date, by whoever proves. Shares that the programme leaves over are given out as well:
they make games dear that the programme did not have.
"""

from dataclasses import dataclass

import numpy as np

from matchday_solver.bounds.duals import SCALE, Duals
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.instance import Floats, Longs, Mask

HIGHEST = 1e9
"""Most that a share can be, in units of cost."""


@dataclass(frozen=True, slots=True)
class Shares:
    """In 1/SCALE of a cost."""

    of_team: Longs
    """(T, kinds) what a game of a team pays there, at least 0; no more than a second game on a date
    costs, where the team may have one."""
    beyond: Longs
    """(kinds,) what all clubs' teams together pay beyond what a date of each costs."""


def shared(data: VenueDays, duals: Duals, wanted: Floats) -> Shares:
    """Shares near those wanted (T, kinds), in units of cost."""
    budget = (data.club_cost * SCALE - duals.club)[:, None]
    shares = np.rint(np.clip(wanted, 0, HIGHEST) * SCALE).astype(np.int64)
    used = _of_clubs(data, shares)
    is_error = (used > budget) & ~cheap_clubs(data)[:, None]
    less = np.where(is_error, budget / np.maximum(used, 1), 1.0)
    shares = np.floor(shares * less[data.owner]).astype(np.int64)
    rest = np.maximum(0, budget - _of_clubs(data, shares))
    shares += np.floor(rest[data.owner] * _parts(data, shares)[:, None]).astype(np.int64)
    twice = data.doubleheader * SCALE - duals.double
    most = np.where(data.doubles > 0, twice, np.iinfo(np.int64).max)
    shares = np.minimum(shares, most[:, None])
    return Shares(shares, np.maximum(0, _of_clubs(data, shares) - budget).sum(axis=0))


def cheap_clubs(data: VenueDays) -> Mask:
    """(owners,) whose dates cost less than a team's second game on one: their teams may pay more
    than a date costs, since a club is there once a date at most."""
    return np.asarray(data.club_cost < data.doubleheader)


def _of_clubs(data: VenueDays, shares: Longs) -> Longs:
    """(owners, kinds) the shares of a club's teams together."""
    found = np.zeros((len(data.club_cost), shares.shape[1]), np.int64)
    np.add.at(found, data.owner, shares)
    return found


def _parts(data: VenueDays, shares: Longs) -> Floats:
    """(T,) a team's part of what its club's teams pay in all."""
    mine = shares.sum(axis=1) + 1.0
    of_club = np.zeros(len(data.club_cost))
    np.add.at(of_club, data.owner, mine)
    return np.asarray(mine / of_club[data.owner])
