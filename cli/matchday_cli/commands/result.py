"""`matchday result`: a schedule from the cluster, as files."""

from argparse import Namespace

from matchday_cli.options import add_name, request_name
from matchday_cli.parser import Commands

DETAILS = """\
Writes schedule.json, schedule.csv, one calendar (.ics) a team and report.html into a folder, as
`solve` does, after verifying the checksum. Of a failed request it fetches the best schedule, if
there is one."""

EXAMPLES = """\
  %(prog)s winter-2026 -o out
  %(prog)s winter-2026 -o - | jq '.games[0]'
  %(prog)s winter-2026 --so-far             while the solver still runs
  %(prog)s winter-2026 --schedule winter-2026-0a1b2c3d
"""


def add(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add("result", "fetch a schedule as files", DETAILS, EXAMPLES)
    parser.add_argument(
        "-o",
        "--output",
        default="out",
        metavar="DIR",
        help="folder (default: ./out); - prints schedule.json",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--so-far", action="store_true", help="the best schedule of a request that still runs"
    )
    which.add_argument(
        "--schedule",
        type=request_name,
        metavar="NAME",
        help="an earlier Schedule of the request (`kubectl get schedules` lists them)",
    )
    add_name(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Fetch, verify, write; the exit code."""
    from matchday_cli.cluster.fetching import fetch_result

    return fetch_result(options)
