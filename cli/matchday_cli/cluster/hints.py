"""Commands to go on with, for the same cluster and namespace."""

import shlex
from argparse import Namespace


def command_line(options: Namespace, command: str, name: str) -> str:
    """A command on a request, as the user can paste it."""
    return _there(options, *options.program.split(), command, name)


def list_schedules(options: Namespace) -> str:
    """The command that lists the Schedules there."""
    return _there(options, "kubectl", "get", "schedules")


def _there(options: Namespace, *command: str) -> str:
    words = [*command]
    for flag in ("namespace", "context", "kubeconfig"):
        value = getattr(options, flag)
        if value:
            words += ["-n" if flag == "namespace" else f"--{flag}", value]
    return shlex.join(words)
