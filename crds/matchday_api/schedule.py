"""A schedule as it is given back: games, what is missing, its cost and its validation."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from matchday_api.base import Day, EndOfGame, Model, Name, TimeOfDay

GROUP_VERSION = "matchday.dev/v1alpha1"
"""apiVersion of all kinds."""

MAX_GAMES = 40_000
"""Most games of a schedule, and most entries of what it lacks."""


Amount = Annotated[int, Field(ge=0, le=10**15)]
"""Units or a cost; the largest league with the largest weights has less."""


class Game(Model):
    """One game; the field order is the column order of schedule.csv."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    """Stable: the same pairing keeps its id through a repair."""
    division: Name
    """Division of both teams."""
    home: Name
    """Team at home."""
    away: Name
    """Its opponent."""
    date: Day
    """Date of the game."""
    start: TimeOfDay
    """Local time at which it starts."""
    end: EndOfGame
    """When the court is free again; a game that ends at midnight ends at 24:00."""
    venue: Name
    """Where it is."""
    court: Annotated[int, Field(ge=1, le=1000)]
    """Number of the court at the venue, from 1."""


class Unplaced(Model):
    """Games that a team or a pair lacks."""

    division: Name
    teams: Annotated[tuple[Name, ...], Field(min_length=1, max_length=2)]
    """One team, or a pair that lacks games against each other."""
    missing: Annotated[int, Field(ge=1, le=MAX_GAMES)]
    reason: Annotated[str, Field(max_length=4096)]
    """Why; `OddTeamGames` for the half game that is left over in an odd division."""


class RequestReference(Model):
    """The request that a schedule answers; empty outside a cluster."""

    namespace: str = ""
    name: str = ""
    uid: str = ""
    input_digest: str = ""


class Tiers(Model):
    """What comes before the cost: missing games, then changes to the earlier schedule."""

    missing: int = 0
    missing_bound: int = 0
    changes: int | None = None
    changes_bound: int | None = None


class Objective(Model):
    """Cost of a schedule and what is proven of it."""

    total: Amount
    """Weighted sum of the terms."""
    bound: Amount | None
    """No complete schedule costs less; where it repairs an earlier one, none that changes as few
    games; null with games missing."""
    gap: Annotated[float, Field(allow_inf_nan=False)] | None
    """(total - bound) / total, 0 where they are equal; null with games missing."""
    terms: dict[str, Amount]
    """Units of each term, under its name in `preferences` and `rules`."""
    tiers: Tiers = Tiers()


class Violation(Model):
    """One broken hard rule."""

    rule: str
    """The rule's path in the league, such as `rules.maxGames[0]`."""
    message: str
    games: tuple[str, ...] = ()
    """Ids of the games concerned."""


class Validation(Model):
    """What the checker found."""

    valid: bool
    violations: tuple[Violation, ...] = ()


class SolverStatus(StrEnum):
    """How a search ended."""

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"
    INFEASIBLE = "INFEASIBLE"
    UNKNOWN = "UNKNOWN"


class SolverInfo(Model):
    """How a schedule came about."""

    status: SolverStatus
    seconds: Annotated[float, Field(allow_inf_nan=False)]
    """Solving time over all attempts."""
    attempts: int = 1
    seed: int = 0
    version: str


class ScheduleFile(Model):
    """The content of schedule.json."""

    api_version: Literal["matchday.dev/v1alpha1"] = "matchday.dev/v1alpha1"
    kind: Literal["Schedule"] = "Schedule"
    request: RequestReference = RequestReference()
    games: Annotated[tuple[Game, ...], Field(max_length=MAX_GAMES)]
    unplaced: Annotated[tuple[Unplaced, ...], Field(max_length=MAX_GAMES)] = ()
    objective: Objective
    validation: Validation
    solver: SolverInfo

    def to_text(self) -> str:
        """schedule.json with every field, also those at their defaults."""
        return self.model_dump_json(by_alias=True, indent=1) + "\n"
