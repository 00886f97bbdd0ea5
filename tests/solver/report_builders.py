"""Schedules and problems of two teams, of which a test names only what matters to it."""

from datetime import date

from matchday_api.league import Division, League, Season, SlotRule, Team, Venue, Weekday
from matchday_api.problem import Problem
from matchday_api.request import Completeness
from matchday_api.schedule import (
    Game,
    Objective,
    ScheduleFile,
    SolverInfo,
    SolverStatus,
    Tiers,
    Unplaced,
    Validation,
)

SATURDAY = date(2026, 1, 10)


def a_game(number: int = 1) -> Game:
    """The one game that the league of `a_problem` needs, or a further one like it."""
    return Game(
        id=f"g{number}",
        division="U10",
        home="Lions",
        away="Bears",
        date=SATURDAY,
        start="09:00",
        end="10:00",
        venue="Gym",
        court=(number - 1) % 200 + 1,
    )


def a_schedule(
    *,
    total: int = 0,
    missing: int = 0,
    changes: int | None = None,
    games: int = 1,
    seconds: float = 1.0,
    valid: bool = True,
) -> ScheduleFile:
    """A schedule of so many games, with these numbers."""
    teams = ("Lions", "Bears")
    lacking = Unplaced(division="U10", teams=teams, missing=max(1, missing), reason="no room")
    return ScheduleFile(
        games=tuple(a_game(number + 1) for number in range(games)),
        unplaced=(lacking,) * bool(missing),
        objective=Objective(
            total=total,
            bound=None if missing else 0,
            gap=None if missing else 0.0,
            terms={},
            tiers=Tiers(missing=missing, changes=changes),
        ),
        validation=Validation(valid=valid),
        solver=SolverInfo(status=SolverStatus.FEASIBLE, seconds=seconds, version="0"),
    )


def a_problem(
    *, completeness: Completeness = Completeness.REQUIRED, team_division: str = "U10"
) -> Problem:
    """Two teams, one gym and one Saturday, on which they play their one game."""
    league = League(
        season=Season(start=SATURDAY, end=SATURDAY),
        slots=(SlotRule(days=(Weekday.SAT,), starts=("09:00",)),),
        divisions=(Division(name="U10", games_per_team=1),),
        teams=(
            Team(name="Lions", division=team_division),
            Team(name="Bears", division="U10"),
        ),
        venues=(Venue(name="Gym"),),
    )
    return Problem(league=league, completeness=completeness)
