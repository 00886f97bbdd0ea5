"""The cost of a schedule, term by term."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchday_api.checker.terms import TERMS, weigh
from matchday_api.league import Preferences

MEANINGS = {
    "clubDays": "dates and venues at which a club's teams play",
    "coachBackToBack": "games of a coach on one date, not one right after the other at one venue",
    "doubleheaders": "dates on which a team plays twice",
    "rivals": "rivals that never meet",
    "tierMatch": "games between teams of different tiers",
    "homeVenue": "games at the home venue of neither team",
    "region": "games across regions, or in a region that is neither team's",
    "homeAwayBalance": "games of a team at home more than away, or fewer, beyond 1",
    "fullEvenings": "unused starts of venues opened on a weekday",
    "rematchGap": "rematches that come too soon",
    "startFairness": "games at unpopular starts beyond a team's fair share",
    "maxGames": "cost of too many games within some days",
    "minGames": "cost of too few games within some days",
}


@dataclass(frozen=True)
class Term:
    """One soft term of a schedule."""

    name: str
    units: int
    weight: int | None
    """Cost of one unit; 1 where units are weighted already, None where the league is not known."""

    @property
    def cost(self) -> int | None:
        """Its part of the total."""
        return None if self.weight is None else self.units * self.weight

    @property
    def meaning(self) -> str:
        """What is counted."""
        return MEANINGS.get(self.name, "")


def terms_of(units: Mapping[str, int], preferences: Preferences | None) -> list[Term]:
    """The terms that count, the most expensive first."""
    terms = [Term(name, number, _weight(name, preferences)) for name, number in units.items()]
    return sorted(
        (term for term in terms if term.weight != 0),
        key=lambda term: (-(term.cost or 0), -term.units, term.name),
    )


def _weight(name: str, preferences: Preferences | None) -> int | None:
    """The cost of one unit; the terms of another version have none that is known."""
    return weigh(preferences, {name: 1}) if preferences and name in TERMS else None
