"""`matchday status`: requests and how they stand."""

from argparse import Namespace

from matchday_cli.options import add_cluster, request_name
from matchday_cli.parser import Commands

DETAILS = """\
Without a name it lists the namespace's requests; with one it also shows its message, result and
conditions."""

EXAMPLES = """\
  %(prog)s
  %(prog)s -A
  %(prog)s winter-2026
  %(prog)s winter-2026 -o json | jq .status.progress
"""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add("status", "show requests and how they stand", DETAILS, EXAMPLES)
    parser.add_argument("name", nargs="?", type=request_name, metavar="NAME")
    parser.add_argument(
        "-A", "--all-namespaces", action="store_true", help="requests of all namespaces"
    )
    parser.add_argument("-o", "--output", choices=("table", "wide", "json"), default="table")
    add_cluster(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Read and print; the exit code."""
    from matchday_cli.cluster.connect import connect
    from matchday_cli.cluster.listing import show_all, show_one

    if options.name and options.all_namespaces:
        from matchday_cli.errors import CliError

        raise CliError("give a name or --all-namespaces, not both", 2)
    return (
        show_one(connect(options), options) if options.name else show_all(connect(options), options)
    )
