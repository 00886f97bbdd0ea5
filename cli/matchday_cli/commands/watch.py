"""`matchday watch`: a request until it ends."""

from argparse import Namespace

from matchday_cli.options import add_name, add_timeout
from matchday_cli.parser import Commands

DETAILS = """\
Shows progress until the request ends. Exit code 0 when it is complete, 2 for an invalid league, 3
when it is infeasible or games are missing, 4 when there was no schedule in time, 1 for any other
failure and for --timeout. Ctrl-C ends only the watching."""

EXAMPLES = """\
  %(prog)s winter-2026
  %(prog)s winter-2026 -n leagues --timeout 15m
"""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add("watch", "show a request's progress until it ends", DETAILS, EXAMPLES)
    add_name(parser)
    add_timeout(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Watch; the exit code."""
    from matchday_cli.cluster.connect import connect
    from matchday_cli.cluster.watching import watch_to_end

    return watch_to_end(connect(options), options.name, options)
