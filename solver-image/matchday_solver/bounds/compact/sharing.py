"""What each team's game pays of its club's date at a venue.

Any shares that together are no more than what the date costs prove a bound, so those that the
programme leaves over are given out as well: they make games dear that the programme did not have.
"""

import numpy as np

from matchday_solver.bounds.duals import SCALE, Duals, Floats
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.instance import Longs


def shared(data: VenueDays, duals: Duals, wanted: Floats) -> Longs:
    """(T, kinds) shares in 1/SCALE of a cost, near those wanted and all that a date costs."""
    budget = data.club_cost * SCALE - duals.club
    shares = np.rint(wanted * SCALE).astype(np.int64)
    used = _of_clubs(data, shares)
    over = np.where(used > budget[:, None], budget[:, None] / np.maximum(used, 1), 1.0)
    shares = np.floor(shares * over[data.owner]).astype(np.int64)
    rest = budget[:, None] - _of_clubs(data, shares)
    shares += np.floor(rest[data.owner] * _parts(data, shares)[:, None]).astype(np.int64)
    # A second game on a date pays its own price in place of a share.
    twice = data.doubleheader * SCALE - duals.double
    most = np.where(data.doubles > 0, twice, np.iinfo(np.int64).max)
    return np.minimum(shares, most[:, None])


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
