"""Prices of the rows of the venue-day relaxation, and the bound that any such prices give."""

from dataclasses import dataclass, fields

import numpy as np

from matchday_solver.bounds import balance
from matchday_solver.bounds.kinds import Kind
from matchday_solver.bounds.venue_days import VenueDays
from matchday_solver.instance import Floats, Ints, Longs

SCALE = 128
"""Prices are whole numbers of 1/SCALE: sums are exact, so a bound is proven and not just near."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices as an LP gives them, in units of cost; see `Duals` for their meaning."""

    team: Floats
    double: Floats
    days: Floats
    pair: Floats
    rematch: Floats
    club: Floats
    lead: Floats

    def between(self, other: "Prices", share: float) -> "Prices":
        """Prices on the way to others; a share of 0 is here."""
        mine, theirs = self.parts(), other.parts()
        return Prices(*((1 - share) * x + share * y for x, y in zip(mine, theirs, strict=True)))

    def parts(self) -> tuple[Floats, ...]:
        """All of them in order."""
        return tuple(getattr(self, field.name) for field in fields(self))


def price_scale(data: VenueDays) -> float:
    """About what the share of one team in a dear game costs."""
    w = data.instance.weights
    return 1.0 + (w.club_days + w.tier_match + w.home_venue + 2 * w.region + w.full_evenings) / 2


def uniform(data: VenueDays, price: float) -> Prices:
    """The same price for every team's game, and no other."""
    teams, pairs, owners = len(data.needed), len(data.first), len(data.club_cost)
    none, free = np.zeros(teams), np.zeros(pairs)
    days = np.zeros(data.days.shape)
    return Prices(np.full(teams, price), none, days, free, free, np.zeros(owners), none)


@dataclass(frozen=True, slots=True)
class Duals:
    """Prices with the signs that make a bound, in 1/SCALE of a cost."""

    team: Longs
    """(T,) of a game of a team, at least 0."""
    double: Longs
    """(T,) of a date with two games, at most 0."""
    days: Longs
    """(groups, T) of a game of a team on the dates of a group, at most 0."""
    pair: Longs
    """(P,) of a meeting: above 0 where more are needed, below where there are too many."""
    rematch: Longs
    """(P,) of a meeting beyond those that can be far apart, at most 0, at least -weight."""
    club: Longs
    """(owners,) of a date and venue, 0 to its cost."""
    lead: Longs
    """(T,) of a game at home, and with the other sign of one away; within -weight and weight."""

    def prices(self) -> Prices:
        """The same in units of cost."""
        return Prices(*(getattr(self, field.name) / SCALE for field in fields(self)))

    def hosting(self, host: Ints, guest: Ints) -> Longs:
        """What a game at home to a guest adds to what it gains, for each of them."""
        return np.asarray(self.lead[host] - self.lead[guest])


def sign_correct(data: VenueDays, prices: Prices) -> Duals:
    """The nearest prices that prove a bound."""
    scaled = [np.rint(part * SCALE).astype(np.int64) for part in prices.parts()]
    team, double, days, pair, rematch, club, lead = scaled
    weights = data.instance.weights
    balanced = weights.home_away_balance * SCALE
    highest = np.where(data.least > 0, np.iinfo(np.int64).max, data.rival * SCALE)
    return Duals(
        team=np.maximum(team, 0),
        double=np.minimum(double, 0),
        days=np.minimum(days, 0),
        pair=np.minimum(pair, highest),
        rematch=np.clip(rematch, -weights.rematch_gap * SCALE, 0),
        club=np.clip(club, 0, data.club_cost * SCALE),
        lead=np.clip(lead, -balanced, balanced),
    )


def constant(data: VenueDays, duals: Duals) -> int:
    """The part of the bound that no column changes, in 1/SCALE of a cost."""
    wanted = np.where(data.least > 0, data.least, 1)
    total = int(data.needed @ duals.team) - _odd_games(data, duals)
    total += int(np.vdot(data.days, duals.days))
    total += int(data.doubles @ duals.double) + int(data.club_least @ duals.club)
    total += int(wanted @ np.maximum(duals.pair, 0)) + int(data.most @ np.minimum(duals.pair, 0))
    total += int(data.apart @ duals.rematch)
    total += balance.least(data, duals.lead, data.instance.weights.home_away_balance * SCALE)
    return total + data.constant * SCALE


def _odd_games(data: VenueDays, duals: Duals) -> int:
    """The price of the one game that somebody in an odd division does not play."""
    teams = data.instance.divisions.teams
    return sum(
        int(duals.team[members].max(initial=0))
        for members, odd in zip(teams, data.odd, strict=True)
        if odd
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """What a venue's games gain at some prices: the data of the pricing problem of a kind."""

    pairs: Longs
    """Indices of the pairs that can be worth a meeting, best first."""
    gain: Longs
    """Of each of them; at most 0 where a meeting is only worth that a start is not idle."""
    club_cost: Longs
    """(owners,)"""
    double_cost: Longs
    """(T,) of two games on the date."""
    idle_cost: int
    """Of one idle start on a weekday that has a game."""
    apart_cost: int
    """Of two consecutive games of a coach that are not back to back."""


def offer(data: VenueDays, duals: Duals, kind: Kind) -> Offer:
    """The pricing problem of a kind."""
    gain = gains(data, duals, kind)
    idle_cost = data.instance.weights.full_evenings * SCALE
    pairs = np.flatnonzero(
        (gain > -idle_cost * kind.cover) & data.allowed(kind.venue) & (data.most > 0)
    )
    pairs = pairs[np.argsort(-gain[pairs], kind="stable")]
    return Offer(
        pairs=pairs,
        gain=gain[pairs],
        club_cost=data.club_cost * SCALE - duals.club,
        double_cost=data.doubleheader * SCALE - duals.double,
        idle_cost=idle_cost,
        apart_cost=data.back_to_back * SCALE,
    )


def gains(data: VenueDays, duals: Duals, kind: Kind) -> Longs:
    """(P,) what a meeting is worth on the dates of a kind, less what it costs there."""
    host = data.hosts(kind.venue)
    first, second = data.first, data.second
    team = duals.team + duals.days[kind.group]
    gain = team[first] + team[second] + duals.pair + duals.rematch
    gain -= data.static_cost(kind.venue) * SCALE
    one, other = duals.hosting(first, second), duals.hosting(second, first)
    choices = [one, other, np.maximum(one, other)]
    return np.asarray(gain + np.choose((host - 1) % 3, choices))
