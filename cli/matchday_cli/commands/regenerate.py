"""`matchday regenerate`: a fresh solve of an unchanged request."""

from argparse import Namespace

from matchday_cli.options import add_name, add_timeout
from matchday_cli.parser import Commands

DETAILS = """\
Solves the same league anew, with the whole time limit. The earlier schedule is kept beside the
new one, as many as spec.historyLimit says. It sets the annotation matchday.dev/regenerate, so that
a GitOps tool sees no change of the spec."""

EXAMPLES = """\
  %(prog)s winter-2026
  %(prog)s winter-2026 --wait
"""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add("regenerate", "solve an unchanged request anew", DETAILS, EXAMPLES)
    parser.add_argument("--wait", action="store_true", help="watch until it ends")
    add_timeout(parser)
    add_name(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Ask for it, and watch where asked; the exit code."""
    from matchday_cli.cluster.changing import regenerate

    return regenerate(options)
