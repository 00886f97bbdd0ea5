"""`matchday suspend`."""

from argparse import Namespace

from matchday_cli.options import add_name
from matchday_cli.parser import Commands

DETAILS = """\
The solver saves its best schedule and stops; `resume` goes on from there, with the solving time
that is left."""

EXAMPLES = """\
  %(prog)s winter-2026
"""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add(
        "suspend", "hold a request; its best schedule so far is kept", DETAILS, EXAMPLES
    )
    add_name(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Change the request; the exit code."""
    from matchday_cli.cluster.changing import set_suspend

    return set_suspend(options, suspend=True)
