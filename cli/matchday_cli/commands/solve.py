"""`matchday solve`: a schedule on this machine."""

from argparse import Namespace
from pathlib import Path

from matchday_cli.options import add_earlier, add_input, add_solver, folder
from matchday_cli.parser import Commands

DETAILS = """\
Takes a league, or a whole ScheduleRequest, and writes schedule.json, schedule.csv, one calendar
(.ics) a team and report.html into a folder. No cluster is needed. Ctrl-C ends the search and
writes the best schedule so far.

To repair a schedule, for instance when a gym closes, correct the league and give the earlier
schedule with --changes-from."""

EXAMPLES = """\
  %(prog)s league.yaml -o out
  %(prog)s league.yaml --time-limit 60 --gap-limit 0.05
  %(prog)s league.yaml --completeness BestEffort
  %(prog)s league.yaml --start-from out/schedule.json
  %(prog)s league.yaml -o new --changes-from out/schedule.json --frozen-before 2026-01-20
"""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add("solve", "make a schedule on this machine", DETAILS, EXAMPLES)
    add_input(parser)
    parser.add_argument(
        "-o", "--output", type=folder, default=Path("out"), metavar="DIR", help="default: ./out"
    )
    parser.add_argument(
        "--start-from",
        type=Path,
        metavar="SCHEDULE",
        help="schedule.json or best-so-far.json of this very league, to make better",
    )
    add_solver(parser)
    add_earlier(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Solve, write the files, sum up; the exit code."""
    from matchday_cli.files import STDIN, make_folder, read_spec
    from matchday_cli.local.going_on import start_of
    from matchday_cli.local.problem import Overrides, earlier_schedule, make_problem
    from matchday_cli.local.solving import solve_into

    spec = read_spec(options.league, options.completeness)
    overrides = Overrides(
        options.time_limit, options.gap_limit, options.workers, options.seed, options.repeatable
    )
    earlier = earlier_schedule(options.changes_from, options.frozen_before, spec)
    problem = make_problem(spec, overrides, earlier)
    start = start_of(options.start_from, problem) if options.start_from else None
    make_folder(options.output)
    name = "" if options.league == STDIN else options.league.stem
    return solve_into(options.output, problem, name=name, start=start)
