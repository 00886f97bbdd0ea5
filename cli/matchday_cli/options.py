"""Options that several commands share, and the types of their values."""

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

COMPLETENESS = ("Required", "BestEffort")
MAX_SECONDS = 86_400
KINDS = ("", "sreq", "schedulerequest", "schedulerequests", "schedulerequest.matchday.dev")
"""What may stand before a request's name and a slash."""


def add_input(parser: argparse.ArgumentParser) -> None:
    """The file with the league."""
    parser.add_argument(
        "league",
        type=Path,
        metavar="LEAGUE",
        help="file with a league or a whole ScheduleRequest, YAML or JSON, also gzipped; "
        "- reads standard input",
    )


def add_completeness(
    parser: argparse.ArgumentParser,
    text: str = "whether a schedule with games missing counts as success",
) -> None:
    """Whether games may be missing."""
    parser.add_argument(
        "--completeness", choices=COMPLETENESS, help=f"{text} (default: the file's, else Required)"
    )


def add_solver(parser: argparse.ArgumentParser) -> None:
    """How the solver may run; each replaces what the file says."""
    add_completeness(parser)
    parser.add_argument(
        "--time-limit",
        type=whole_seconds,
        metavar="T",
        help="time of solving: 90 or 90s, 10m, 1h30m (default: the file's, else 600)",
    )
    parser.add_argument(
        "--gap-limit",
        type=fraction,
        metavar="G",
        help="stop once the proven gap is at most this, 0.05 for 5%% (default: the file's, else 0)",
    )
    parser.add_argument(
        "--workers",
        type=whole(1, 64),
        metavar="N",
        help="threads (default: the file's, else the CPUs that this process may use, on a"
        " cluster those of the CPU limit)",
    )
    parser.add_argument(
        "--seed",
        type=whole(0, 2_147_483_647),
        metavar="N",
        help="start of the random numbers (default: the file's, else 0)",
    )
    parser.add_argument(
        "--repeatable",
        action="store_true",
        default=None,
        help="end after an amount of work, not by the clock: the same input, seed and number of"
        " workers give the same schedule, in part of the time",
    )


def add_earlier(
    parser: argparse.ArgumentParser,
    text: str = "earlier schedule.json, of which as few games as possible are changed",
) -> None:
    """The schedule that was repaired, or is to be."""
    parser.add_argument(
        "--changes-from",
        type=Path,
        metavar="SCHEDULE",
        help=text,
    )
    parser.add_argument(
        "--frozen-before",
        type=day,
        metavar="DATE",
        help="games of the earlier schedule before this date (YYYY-MM-DD) stay as they are",
    )


def add_cluster(parser: argparse.ArgumentParser) -> None:
    """Which cluster and namespace, as kubectl has it."""
    group = parser.add_argument_group("cluster")
    group.add_argument("-n", "--namespace", help="namespace (default: the context's)")
    group.add_argument("--context", help="context of the kubeconfig (default: the current one)")
    group.add_argument(
        "--kubeconfig", metavar="FILE", help="kubeconfig (default: $KUBECONFIG, ~/.kube/config)"
    )


def add_name(parser: argparse.ArgumentParser) -> None:
    """The request's name and the cluster that it is on."""
    parser.add_argument("name", type=request_name, metavar="NAME", help="name of the request")
    add_cluster(parser)


def add_timeout(parser: argparse.ArgumentParser) -> None:
    """How long to watch at most."""
    parser.add_argument(
        "--timeout", type=seconds, metavar="T", help="stop watching after 90s, 10m, 1h30m"
    )


def request_name(text: str) -> str:
    """A name, also as `kubectl get -o name` prints it."""
    kind, _, name = text.rpartition("/")
    plain = all(c.isalnum() or c in "-." for c in name) and name.isascii()
    if kind not in KINDS or not 0 < len(name) <= 253 or not plain:
        raise argparse.ArgumentTypeError(f"{text!r} is no name of a request")
    return name


DIGITS = 12
"""Longest whole number that is looked at."""


def whole(least: int, most: int) -> Callable[[str], int]:
    """The type of a whole number within limits."""

    def number(text: str) -> int:
        is_short = len(text) <= DIGITS and text.isascii() and text.isdecimal()
        if not is_short or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(
                f"must be a whole number from {least} to {most}, not {text!r}"
            )
        return int(text)

    return number


def fraction(text: str) -> float:
    """The type of a number from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to 1, not {text!r}")
    return value


def seconds(text: str) -> float:
    """The type of a positive length of time: seconds, or with a unit as 90s, 10m or 1h30m."""
    value = _seconds(text)
    if not 0 < value < 1e9:
        message = f"must be seconds, or a time such as 90s, 10m or 1h30m, not {text!r}"
        raise argparse.ArgumentTypeError(message)
    return value


_NUMBER = r"(\d{1,9}(?:\.\d{1,9})?)"
_TIME = re.compile(rf"{_NUMBER}|(?:{_NUMBER}h)?(?:{_NUMBER}m)?(?:{_NUMBER}s)?", re.ASCII)


def _seconds(text: str) -> float:
    """A length of time; 0 where it is none."""
    found = _TIME.fullmatch(text)
    if found is None:
        return 0.0
    alone, hours, minutes, rest = map(float, found.groups("0"))
    return round(alone + 3600 * hours + 60 * minutes + rest, 6)


def whole_seconds(text: str) -> int:
    """The type of a time limit of a request: whole seconds up to a day, also with a unit."""
    value = _seconds(text)
    if not 1 <= value <= MAX_SECONDS or value != int(value):
        raise argparse.ArgumentTypeError(
            f"must be whole seconds from 1 to {MAX_SECONDS}, or a time such as 90s, 10m or 1h30m, "
            f"not {text!r}"
        )
    return int(value)


def folder(text: str) -> Path:
    """The type of a folder to write into; a lone - means standard output elsewhere."""
    if text in ("", "-"):
        raise argparse.ArgumentTypeError(f"must be a folder, not {text!r}")
    return Path(text)


def day(text: str) -> date:
    """The type of a date."""
    try:
        return date.fromisoformat(text if len(text) == 10 else "")
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a date as YYYY-MM-DD, not {text!r}") from None
