"""All commands and their options; light, so that help comes at once."""

import argparse
from collections.abc import Sequence
from importlib import import_module

from matchday_api import __version__

COMMANDS = (
    "solve",
    "check",
    "explain",
    "submit",
    "status",
    "watch",
    "result",
    "suspend",
    "resume",
    "regenerate",
    "delete",
)

DESCRIPTION = """\
Make sports-league schedules, on this machine or on a Kubernetes cluster.

On this machine:  solve, check, explain
On a cluster:     submit, status, watch, result, suspend, resume, regenerate, delete
"""

EPILOG = """\
examples:
  %(prog)s solve league.yaml -o out        a schedule, as files in out/
  %(prog)s check league.yaml out/schedule.json
  %(prog)s submit league.yaml --wait       the same on the cluster
  %(prog)s result league -o out

exit codes:
  0  done                             4  no schedule within the time limit
  1  unexpected failure               5  check found broken rules
  2  invalid input or usage         130  interrupted; the best schedule so far is written
  3  infeasible, or games missing   143  ended by SIGTERM or SIGHUP; the same

`%(prog)s COMMAND --help` explains a command.
"""


class Commands:
    """Where each command adds its own parser."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._program = parser.prog
        self._parsers = parser.add_subparsers(
            title="commands", metavar="COMMAND", dest="command", required=True
        )

    def add(
        self, name: str, summary: str, details: str = "", examples: str = ""
    ) -> argparse.ArgumentParser:
        """A new command; `%(prog)s` in the examples becomes its full name."""
        command = self._parsers.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.\n\n{details}".strip(),
            epilog=f"examples:\n{examples}" if examples else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.set_defaults(program=self._program, parser=command)
        return command


def make_parser(program: str = "matchday") -> argparse.ArgumentParser:
    """The parser of the whole command line; `program` is the file that was started."""
    parser = argparse.ArgumentParser(
        prog="kubectl matchday" if program.startswith("kubectl") else "matchday",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"matchday {__version__}")
    commands = Commands(parser)
    for name in COMMANDS:
        import_module(f"matchday_cli.commands.{name}").add(commands)
    return parser


def parse(arguments: Sequence[str] | None, program: str) -> argparse.Namespace:
    """The options of a command; ends the process where there are others, with its own usage."""
    options, rest = make_parser(program).parse_known_args(arguments)
    if rest:
        from matchday_api.faults import suggestion

        command: argparse.ArgumentParser = options.parser
        name = rest[0].partition("=")[0]
        meant = suggestion(name, command._option_string_actions) if name[:1] == "-" else ""
        command.error(f"unrecognized arguments: {' '.join(rest)}{meant}")
    return options
