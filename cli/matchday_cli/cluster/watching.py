"""Shows a request until it ends; for `watch` and for `submit --wait`."""

import sys
import time
from argparse import Namespace

from matchday_api.status import ExitCode
from matchday_cli.cluster import reading
from matchday_cli.cluster.api import Cluster, Json
from matchday_cli.cluster.follow import Follower
from matchday_cli.cluster.hints import command_line
from matchday_cli.cluster.taken import LOOK, comes_true
from matchday_cli.errors import CliError, failed
from matchday_cli.show.live import Live
from matchday_cli.show.text import duration, one_line, printable


def watch_to_end(cluster: Cluster, name: str, options: Namespace) -> int:
    """Show the request until it ends; the exit code that tells how. Raises CliError."""
    live = Live(sys.stdout)
    seconds = float("inf") if options.timeout is None else options.timeout
    follower = Follower(
        cluster,
        name,
        deadline=time.monotonic() + seconds,
        on_trouble=lambda error: live.line(f"{one_line(error)}; trying again"),
    )
    try:
        _tell_unseen(cluster, name, live, seconds)
        return _show(follower, live, options)
    except KeyboardInterrupt:
        live.line("Not watched any more; in the cluster this changes nothing.")
        return ExitCode.INTERRUPTED
    finally:
        live.clear()


def _tell_unseen(cluster: Cluster, name: str, live: Live, seconds: float) -> None:
    """Say so where no operator looks at the request: nothing would ever be written about it."""
    if not comes_true(cluster, name, reading.is_observed, seconds):
        live.line(f"no operator has looked at it yet: {LOOK}")


def _show(follower: Follower, live: Live, options: Namespace) -> int:
    shown = ""
    for request in follower.states():
        end = reading.end_of(request)
        if end is not None:
            return _tell_end(end, follower.name, live, options)
        shown = _show_state(request, shown, live, options)
    raise CliError(
        f"request {follower.name} has not ended within {duration(options.timeout)}, and is watched "
        f"no more; go on with: {command_line(options, 'watch', follower.name)}"
    )


def _show_state(request: Json, shown: str, live: Live, options: Namespace) -> str:
    """Show one state: a line that stays for a new phase, progress while it runs."""
    phase = reading.phase(request)
    progress = reading.progress(request)
    if phase == "Running" and progress is not None and progress.games_total:
        live.progress(progress)
        return phase
    text = f"{phase}: {one_line(reading.message(request), 300)}".removesuffix(": ")
    if text != shown and not (phase == "Running" and shown.startswith(phase)):
        live.line(one_line(text))
        if reading.is_suspended(request):
            live.line(f"  {command_line(options, 'resume', str(request['metadata']['name']))}")
        return text
    return shown


def _tell_end(end: reading.End, name: str, live: Live, options: Namespace) -> int:
    if not end.succeeded:
        message = f"{one_line(end.reason)}: {printable(end.message)}"
        raise failed(message, end.code) if end.is_one_fault else CliError(message, end.code)
    live.line(printable(end.message))
    live.line(f"\n{command_line(options, 'result', name)} -o out   # fetch it")
    return end.code
