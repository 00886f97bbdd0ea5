"""`matchday explain`: why a league has no schedule."""

from argparse import Namespace

from matchday_cli.options import add_completeness, add_earlier, add_input, seconds
from matchday_cli.parser import Commands

DETAILS = """\
Looks for the smallest set of rules and facts of the league that cannot hold together, and says
what would help. Exit code 3 when there is one, 0 when none was found."""

EXAMPLES = """\
  %(prog)s league.yaml
  %(prog)s league.yaml --time-limit 120
  %(prog)s league.yaml --changes-from out/schedule.json --frozen-before 2026-01-20
"""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add("explain", "find out why a league has no schedule", DETAILS, EXAMPLES)
    add_input(parser)
    add_completeness(parser, "whether all games are asked for, or some may be missing")
    add_earlier(parser, "earlier schedule.json, of which the frozen games stay")
    parser.add_argument(
        "--time-limit", type=seconds, default=30.0, metavar="T", help="90 or 90s, 2m (default: 30)"
    )
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Explain and print; the exit code."""
    from matchday_cli.files import read_spec
    from matchday_cli.local.explaining import explain_problem
    from matchday_cli.local.problem import Overrides, earlier_schedule, make_problem

    spec = read_spec(options.league, options.completeness)
    if spec.changes is not None and spec.changes.frozen_before is None:
        # What is not frozen may change: it is no part of a conflict.
        spec = spec.model_copy(update={"changes": None})
    earlier = earlier_schedule(options.changes_from, options.frozen_before, spec)
    return explain_problem(make_problem(spec, Overrides(), earlier), options.time_limit)
