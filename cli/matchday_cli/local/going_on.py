"""A schedule to go on from: what an earlier run of `solve` has left."""

from pathlib import Path

from matchday_api.checker import CheckReport, check
from matchday_api.problem import Problem
from matchday_api.schedule import Objective, ScheduleFile, Tiers, Validation
from matchday_api.status import ExitCode
from matchday_cli.errors import CliError
from matchday_cli.files import read_schedule_file
from matchday_cli.show.summary import bounded
from matchday_cli.show.text import plural
from matchday_cli.show.violations import violation_lines


def start_of(path: Path, problem: Problem) -> ScheduleFile:
    """The schedule of a file, with the cost that it has in this league and nothing proven.

    Raises CliError where it breaks a rule: the search only ever makes valid ones better.
    """
    schedule = read_schedule_file(path)
    report = check(problem.league, schedule.games, schedule.unplaced, problem.earlier)
    if report.violations:
        teams = {team.name for team in problem.league.teams}
        refusal = _refusal(path, schedule, report, teams)
        raise CliError("\n".join(refusal), ExitCode.INVALID_INPUT)
    # Imported here, so that a schedule that is refused is so at once.
    from matchday_solver.candidate import Proof, with_proof

    tiers = Tiers(missing=report.missing, changes=report.changes)
    cost = Objective(total=report.total, bound=None, gap=None, terms=report.terms, tiers=tiers)
    known = {"objective": cost, "validation": Validation(valid=True), "request": problem.request}
    return with_proof(schedule.model_copy(update=known), Proof())


def _refusal(path: Path, schedule: ScheduleFile, report: CheckReport, teams: set[str]) -> list[str]:
    """Whether it is of another league, by the league's teams, or else the rules that it breaks."""
    named = {team for game in schedule.games for team in (game.home, game.away)}
    if len(strange := named - teams) > len(named) / 2:
        return [
            f"{path}: is of another league: this one does not have {len(strange)} of its"
            f" {plural(len(named), 'team')}"
        ]
    broken = violation_lines(report.violations, schedule.games)
    return [
        f"{path}: breaks {plural(len(broken), 'rule')} of this league, so nothing can go on from"
        " it; use it with --changes-from alone, which repairs it",
        *bounded([f"broken: {line}" for line in broken], "rules, see `matchday check`"),
    ]
