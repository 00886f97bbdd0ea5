"""Commands to go on with, for the same cluster and namespace."""

import shlex
from argparse import Namespace


def command_line(options: Namespace, command: str, name: str) -> str:
    """A command on a request, as the user can paste it."""
    words = [*options.program.split(), command, name]
    for flag in ("namespace", "context", "kubeconfig"):
        value = getattr(options, flag)
        if value:
            words += ["-n" if flag == "namespace" else f"--{flag}", value]
    return shlex.join(words)
