"""Small changes to a request: `suspend`, `resume`, `regenerate`."""

from argparse import Namespace
from datetime import UTC, datetime

from matchday_api.request import REGENERATE_ANNOTATION
from matchday_api.status import ExitCode, Phase
from matchday_cli.cluster import reading
from matchday_cli.cluster.connect import connect
from matchday_cli.cluster.hints import command_line
from matchday_cli.cluster.taken import wait_until_solved_anew
from matchday_cli.cluster.watching import watch_to_end

ENDED = (Phase.SUCCEEDED.value, Phase.FAILED.value)


def set_suspend(options: Namespace, *, suspend: bool) -> int:
    """Hold a request or let it go on; the exit code."""
    changed = connect(options).change(options.name, {"spec": {"suspend": suspend}})
    done = "suspended" if suspend else "resumed"
    print(f"schedulerequest.matchday.dev/{options.name} {done}")
    if suspend and reading.phase(changed) in ENDED:
        print("It has ended, and its result stays; a changed league waits until it is resumed.")
    if not suspend:
        print(f"  {command_line(options, 'watch', options.name)}")
    return ExitCode.DONE


def regenerate(options: Namespace) -> int:
    """Ask for a fresh solve, see that it begins, and watch it where asked; the exit code."""
    cluster = connect(options)
    token = datetime.now(UTC).isoformat()
    annotations = {"annotations": {REGENERATE_ANNOTATION: token}}
    changed = cluster.change(options.name, {"metadata": annotations})
    if reading.is_suspended(changed):
        print(f"schedulerequest.matchday.dev/{options.name} is solved anew once it is resumed:")
        print(f"  {command_line(options, 'resume', options.name)}")
        return ExitCode.DONE
    wait_until_solved_anew(cluster, options.name, changed)
    print(f"schedulerequest.matchday.dev/{options.name} is solved anew")
    if options.wait:
        return watch_to_end(cluster, options.name, options)
    print(f"  {command_line(options, 'watch', options.name)}")
    return ExitCode.DONE
