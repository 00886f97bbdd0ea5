"""Run other programs, with errors that show their last words."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devcluster.output import DevclusterError

Command = list[str | Path]
"""A program and its arguments."""
_TAIL_LINES = 25


def tail(text: str, lines: int = _TAIL_LINES) -> str:
    """The last lines of a text."""
    return "\n".join(text.rstrip().splitlines()[-lines:])


def attempt(
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: str | None = None,
    timeout: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program and return its outcome, whatever its exit code.

    Both outputs are captured together in ``stdout``. ``env`` is added to the environment. A
    program that is missing or takes longer than ``timeout`` seconds counts as exit code 127
    and 124.
    """
    try:
        return subprocess.run(
            [str(part) for part in argv],
            env={**os.environ, **(env or {})},
            cwd=cwd,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
        )
    except FileNotFoundError as error:
        return subprocess.CompletedProcess(list(argv), 127, str(error))
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(list(argv), 124, f"no answer within {timeout:g} s")


def run(
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: str | None = None,
    timeout: float | None = None,
) -> str:
    """Run a program and return its output; raise DevclusterError where it fails."""
    done = attempt(argv, env=env, cwd=cwd, stdin=stdin, timeout=timeout)
    if done.returncode != 0:
        command = " ".join(str(part) for part in argv[:4])
        raise DevclusterError(f"{command} ... failed ({done.returncode}):\n{tail(done.stdout)}")
    return done.stdout


def succeeds(argv: Sequence[str | Path], *, timeout: float = 20) -> bool:
    """Whether a program ends well."""
    return attempt(argv, timeout=timeout).returncode == 0
