"""`matchday check`: every rule of a league on a schedule, without the solver."""

from argparse import Namespace
from pathlib import Path

from matchday_cli.options import add_completeness, add_earlier, add_input
from matchday_cli.parser import Commands

DETAILS = """\
Prints every broken rule and the cost, counted anew; rules that only frozen games break are told and
excused. Exit code 5 when a rule is broken, 3 when games
are missing though completeness is required. It shares nothing with the solver, so it also serves
for schedules made or changed by hand."""

EXAMPLES = """\
  %(prog)s league.yaml out/schedule.json
  %(prog)s league.yaml new/schedule.json --changes-from out/schedule.json
  %(prog)s league.yaml schedule.json.gz --output json
"""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add(
        "check", "check a schedule against every rule of its league", DETAILS, EXAMPLES
    )
    add_input(parser)
    parser.add_argument(
        "schedule",
        type=Path,
        metavar="SCHEDULE",
        help="schedule.json, also gzipped, or -",
    )
    add_completeness(parser)
    add_earlier(
        parser, "earlier schedule.json: changes to it are counted, its frozen games compared"
    )
    parser.add_argument("-o", "--output", choices=("text", "json"), default="text")
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Check and print; the exit code."""
    from matchday_api.checker import check, excused
    from matchday_api.request import Completeness
    from matchday_api.status import ExitCode
    from matchday_cli.errors import CliError
    from matchday_cli.files import read_schedule_file, read_spec
    from matchday_cli.local.problem import earlier_schedule, inline_league
    from matchday_cli.show.findings import findings_json, findings_text
    from matchday_cli.show.text import plural

    spec = read_spec(options.league, options.completeness)
    league = inline_league(spec)
    schedule = read_schedule_file(options.schedule)
    earlier = earlier_schedule(options.changes_from, options.frozen_before, spec)
    report = check(league, schedule.games, schedule.unplaced, earlier)
    show = findings_json if options.output == "json" else findings_text
    frozen = excused(league, schedule.games, schedule.unplaced, earlier, report.violations)
    print(show(report, frozen, schedule, league.preferences))
    if not report.valid:
        return ExitCode.VIOLATIONS
    if report.missing and spec.completeness is Completeness.REQUIRED:
        text = f"{plural(report.missing, 'game')} missing, but completeness is Required; "
        text += "--completeness BestEffort accepts that"
        raise CliError(text, ExitCode.INFEASIBLE)
    return ExitCode.DONE
