"""`matchday resume`."""

from argparse import Namespace

from matchday_cli.options import add_name
from matchday_cli.parser import Commands

DETAILS = """\
The solver goes on from the best schedule so far, with the solving time that is left."""

EXAMPLES = """\
  %(prog)s winter-2026
"""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add("resume", "let a suspended request go on", DETAILS, EXAMPLES)
    add_name(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Change the request; the exit code."""
    from matchday_cli.cluster.changing import set_suspend

    return set_suspend(options, suspend=False)
