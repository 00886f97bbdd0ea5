"""What the user sees: progress on standard error, answers on standard output."""

import sys


class DevclusterError(Exception):
    """A failure with a message that says what the user can do."""


def progress(message: str) -> None:
    """Tell what is being done and why, as one line on standard error."""
    print(f"devcluster: {message}", file=sys.stderr, flush=True)


def answer(text: str) -> None:
    """Print what the command was asked for, for people and scripts, on standard output."""
    print(text, flush=True)
