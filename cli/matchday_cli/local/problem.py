"""From a spec, the options and an earlier schedule to the problem that the solver gets."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from matchday_api.faults import InvalidInput
from matchday_api.league import League
from matchday_api.problem import EarlierSchedule, Problem
from matchday_api.request import ScheduleRequestSpec
from matchday_api.status import ExitCode
from matchday_api.validation import earlier_faults
from matchday_cli.errors import CliError
from matchday_cli.files import read_schedule_file


@dataclass(frozen=True)
class Overrides:
    """What the command line says in place of the file; None leaves the file's value."""

    time_limit: int | None = None
    gap_limit: float | None = None
    workers: int | None = None
    seed: int | None = None
    repeatable: bool | None = None

    def of_settings(self) -> dict[str, Any]:
        """The given ones, under their names in SolverSettings."""
        named = {
            "time_limit_seconds": self.time_limit,
            "gap_limit": self.gap_limit,
            "workers": self.workers,
            "seed": self.seed,
            "repeatable": self.repeatable,
        }
        return {name: value for name, value in named.items() if value is not None}


def make_problem(
    spec: ScheduleRequestSpec, overrides: Overrides, earlier: EarlierSchedule | None
) -> Problem:
    """The problem of a spec.

    Raises CliError where the spec needs a cluster, or its league has no room for what must stay
    of the earlier schedule.
    """
    league = inline_league(spec)
    if spec.changes is not None and earlier is None:
        raise CliError(
            "the file names an earlier schedule on a cluster (spec.changes.from); fetch it with "
            "`matchday result` and give its schedule.json with --changes-from",
            ExitCode.INVALID_INPUT,
        )
    if earlier is not None and (faults := earlier_faults(league, earlier)):
        raise CliError("\n".join(InvalidInput(faults).lines()), ExitCode.INVALID_INPUT)
    settings = spec.solver.model_copy(update=overrides.of_settings())
    return Problem(
        league=league,
        completeness=spec.completeness,
        earlier=earlier,
        time_limit_seconds=settings.time_limit_seconds,
        gap_limit=settings.gap_limit,
        seed=settings.seed,
        repeatable=settings.repeatable,
        workers=settings.workers,
    )


def inline_league(spec: ScheduleRequestSpec) -> League:
    """The league of a spec; raises CliError where it is in a ConfigMap."""
    if spec.league is not None:
        return spec.league
    raise CliError(
        "spec.leagueFrom: the league is in a ConfigMap of the cluster; give a file with the "
        "league itself, or `matchday submit` this one",
        ExitCode.INVALID_INPUT,
    )


def earlier_schedule(
    path: Path | None, frozen_before: date | None, spec: ScheduleRequestSpec
) -> EarlierSchedule | None:
    """The schedule to repair; the option's date replaces the one in the file. Raises CliError."""
    if path is None:
        if frozen_before is not None:
            raise CliError(
                "--frozen-before needs the earlier schedule: give it with --changes-from",
                ExitCode.INVALID_INPUT,
            )
        return None
    in_file = spec.changes.frozen_before if spec.changes else None
    games = read_schedule_file(path).games
    return EarlierSchedule(games=games, frozen_before=frozen_before or in_file)
