"""A league in which only some of its facts hold."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from matchday_api.base import Model
from matchday_api.league import Doubleheaders, League, PlayAt, Rules, Venue, WindowRule
from matchday_api.problem import EarlierSchedule, Problem
from matchday_solver.demand import Demand

MANY = 200
"""Games, meetings, courts or doubleheaders that are as good as unlimited."""

M = TypeVar("M", bound=Model)
T = TypeVar("T")

Kept = frozenset[str]
"""Paths of the facts that hold."""


@dataclass(frozen=True)
class Relaxed:
    """A league and what its schedule must have."""

    league: League
    demand: Demand
    earlier: EarlierSchedule | None = None
    """Games that stay, whatever they break."""

    @property
    def problem(self) -> Problem:
        """The league beside what stays."""
        return Problem(league=self.league, earlier=self.earlier)


def relaxed(
    league: League, kept: Kept, asked: Demand, earlier: EarlierSchedule | None = None
) -> Relaxed:
    """The league with every fact dropped that is not kept; `asked` is what it asks for itself.

    Pairs that may meet only because a fact is dropped need not meet, else less would be possible
    with fewer facts.
    """
    keep = _Keep(kept)
    held = [f"divisions[{n}].gamesPerTeam" in kept for n in range(len(league.divisions))]
    return Relaxed(
        league=league.model_copy(
            update={
                "season": keep.fields(league.season, "season", {"closed_dates": ()}),
                "divisions": keep.each(league.divisions, "divisions", _DIVISION),
                "clubs": keep.each(league.clubs, "clubs", {"closed_dates": ()}),
                "teams": keep.each(league.teams, "teams", _TEAM),
                "venues": tuple(_venue(keep, n, venue) for n, venue in enumerate(league.venues)),
                "forbidden_pairs": keep.items(league.forbidden_pairs, "forbiddenPairs"),
                "locked_games": keep.items(league.locked_games, "lockedGames"),
                "rules": _rules(keep, league.rules),
            }
        ),
        demand=replace(asked, required=asked.required & np.array(held)),
        earlier=earlier,
    )


_DIVISION = {
    "games_per_team": MANY,
    "min_meetings": 0,
    "max_meetings": MANY,
    "venue_features": (),
    "play_at": PlayAt.ANY_VENUE,
}
_TEAM = {"coaches": (), "closed_dates": (), "home_closed_dates": (), "away_closed_dates": ()}
_RULES = {
    "doubleheaders": Doubleheaders(max_per_team=MANY),
    "same_club_meets": True,
    "coach_one_game_at_a_time": False,
    "travel_minutes": 0,
}


class _Keep:
    """Drops from models what is not kept."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept

    def fields(self, record: M, path: str, dropped: dict[str, Any]) -> M:
        """A record whose fields take these values where they are dropped."""
        names = type(record).model_fields
        update = {
            name: value
            for name, value in dropped.items()
            if f"{path}.{names[name].alias}" not in self.kept
        }
        return record.model_copy(update=update) if update else record

    def each(self, records: tuple[M, ...], path: str, dropped: dict[str, Any]) -> tuple[M, ...]:
        """Records of a list, likewise."""
        return tuple(self.fields(r, f"{path}[{n}]", dropped) for n, r in enumerate(records))

    def items(self, values: tuple[T, ...], path: str) -> tuple[T, ...]:
        """The values of a list that are kept."""
        return tuple(value for n, value in enumerate(values) if f"{path}[{n}]" in self.kept)


def _venue(keep: _Keep, n: int, venue: Venue) -> Venue:
    """Courts on single dates are as many as usual where that is dropped, or any number where they
    were more than usual already."""
    own = f"venues[{n}]"
    dropped: dict[str, Any] = {"open_dates": None, "closed_dates": (), "starts": None}
    if f"{own}.courtsOn" not in keep.kept and venue.courts_on:
        more = {day: MANY for day, number in venue.courts_on.items() if number > venue.courts}
        dropped["courts_on"] = more
    return keep.fields(venue, own, {**dropped, "courts": MANY})


def _rules(keep: _Keep, rules: Rules) -> Rules:
    windows = {
        "max_games": _entries(keep, rules.max_games, "rules.maxGames"),
        "min_games": _entries(keep, rules.min_games, "rules.minGames"),
    }
    return keep.fields(rules, "rules", _RULES).model_copy(update=windows)


def _entries(keep: _Keep, rules: tuple[WindowRule, ...], path: str) -> tuple[WindowRule, ...]:
    """Window rules in their places; those that are dropped are off."""
    return tuple(
        rule if f"{path}[{n}]" in keep.kept or not rule.is_hard
        else rule.model_copy(update={"weight": 0})
        for n, rule in enumerate(rules)
    )  # fmt: skip
