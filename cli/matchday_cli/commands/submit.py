"""`matchday submit`: a league to a cluster."""

from argparse import Namespace

from matchday_cli.options import add_cluster, add_input, add_solver, add_timeout, request_name
from matchday_cli.parser import Commands

DETAILS = """\
Checks the league here, then makes or updates a ScheduleRequest by server-side apply. Leagues too
large for `kubectl apply` are fine. A request that is unchanged and has its result is not solved
again; `regenerate` does that."""

EXAMPLES = """\
  %(prog)s winter-2026.yaml                named after the file
  %(prog)s league.yaml --name winter-2026 -n leagues --time-limit 300
  %(prog)s request.yaml --wait --timeout 20m
"""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add("submit", "send a league to the cluster", DETAILS, EXAMPLES)
    add_input(parser)
    parser.add_argument(
        "--name", type=request_name, help="the request's name (default: the file's)"
    )
    parser.add_argument("--wait", action="store_true", help="watch until it ends")
    parser.add_argument(
        "--force-conflicts",
        action="store_true",
        help="take over fields that another tool has set",
    )
    add_timeout(parser)
    add_solver(parser)
    add_cluster(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Check, apply, and watch where asked; the exit code."""
    from matchday_api.status import ExitCode
    from matchday_cli.cluster.submitting import submit
    from matchday_cli.errors import CliError

    if options.timeout is not None and not options.wait:
        raise CliError("--timeout is for --wait: give both, or neither", ExitCode.INVALID_INPUT)
    return submit(options)
