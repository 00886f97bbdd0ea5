"""What prices and shares prove, in whole numbers, and the games that they call for.

At any prices a venue's date gains no more than its best games, each less the shares that its teams
pay: what the date costs a club, which the games there have to pay once, is what its teams' shares
are together, or more by what is added for it.
"""

from dataclasses import dataclass

import numpy as np

from matchday_solver.bounds.compact.offers import Broken, Offers, allowed, best_of_kind
from matchday_solver.bounds.compact.sharing import Shares
from matchday_solver.bounds.duals import SCALE, Duals, constant, gains
from matchday_solver.bounds.kinds import Kind
from matchday_solver.bounds.stopping import Stopping
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.instance import Floats, Longs

SLACK = SCALE // 4
"""What a game may gain beyond the rent of its court start and still need not be offered."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proven, and what would prove more."""

    bound: int
    """In 1/SCALE of a cost."""
    broken: list[Broken]
    """The best games by kind that gain more than the programme knows; kinds without any are left
    out."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a programme's solution says of its rows."""

    duals: Duals
    shares: Shares
    rents: Floats
    """(kinds,) what a court start is worth, in units of cost."""


def prove(data: VenueDays, trial: Trial, offers: Offers, stopping: Stopping) -> Proof | None:
    """What follows from prices, shares and rents; None where it is time to end before."""
    bound, broken = constant(data, trial.duals), list[Broken]()
    for number, kind in enumerate(data.kinds):
        if stopping.is_due():
            return None
        may = allowed(data, number)
        gain = _gains(data, trial, number)[may]
        most = _most(data, kind, gain) + int(trial.shares.beyond[number])
        bound -= int(data.dates[number]) * most
        beyond = gain - round(trial.rents[number] * SCALE)
        new = (beyond > SLACK) & ~np.isin(may, offers.at(number), assume_unique=True)
        if new.any():
            broken.append(best_of_kind(data, Broken(number, may[new], beyond[new])))
    return Proof(bound, broken)


def _gains(data: VenueDays, trial: Trial, number: int) -> Longs:
    """(P,) what a meeting gains at a kind, less the shares of its teams."""
    share = trial.shares.of_team[:, number]
    gain = gains(data, trial.duals, data.kinds[number])
    return np.asarray(gain - share[data.first] - share[data.second])


def _most(data: VenueDays, kind: Kind, gain: Longs) -> int:
    """What the games of one date gain at most, less idle starts; none gain 0."""
    games = min(kind.games, len(gain))
    best = -np.sort(-np.partition(gain, len(gain) - games)[len(gain) - games :])
    idle = np.maximum(0, kind.starts - kind.cover * np.arange(1, games + 1))
    gained = np.cumsum(best) - idle * data.instance.weights.full_evenings * SCALE
    return max(0, int(gained.max(initial=0)))
