"""`matchday delete`: a request and all that was made for it."""

from argparse import Namespace

from matchday_cli.options import add_name
from matchday_cli.parser import Commands

DETAILS = """\
Stops the solver and deletes the request with all its schedules; fetch what you need with `result`
first."""

EXAMPLES = """\
  %(prog)s winter-2026
"""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add("delete", "delete a request and its schedules", DETAILS, EXAMPLES)
    add_name(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Delete; the exit code."""
    from matchday_cli.cluster.connect import connect

    connect(options).delete(options.name)
    print(f'schedulerequest.matchday.dev "{options.name}" deleted')
    return 0
