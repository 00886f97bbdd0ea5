"""`matchday explain`: why a league has no schedule."""

from argparse import Namespace

from matchday_cli.options import add_completeness, add_input, seconds
from matchday_cli.parser import Commands

DETAILS = """\
Looks for the smallest set of rules and facts of the league that cannot hold together, and says
what would help. Exit code 3 when there is one, 0 when none was found."""

EXAMPLES = """\
  %(prog)s league.yaml
  %(prog)s league.yaml --time-limit 120
"""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add("explain", "find out why a league has no schedule", DETAILS, EXAMPLES)
    add_input(parser)
    add_completeness(parser)
    parser.add_argument(
        "--time-limit", type=seconds, default=30.0, metavar="S", help="seconds (default: 30)"
    )
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Explain and print; the exit code."""
    from matchday_cli.files import read_spec
    from matchday_cli.local.explaining import explain_spec

    spec = read_spec(options.league, options.completeness)
    return explain_spec(spec, options.time_limit)
