"""The entry of `matchday` and of `kubectl matchday`."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from matchday_cli.errors import CliError
from matchday_cli.leaving import leaving
from matchday_cli.output import Output
from matchday_cli.parser import parse

INTERRUPTED = 130
"""ExitCode.INTERRUPTED, which is not imported so that Ctrl-C works while imports still go on."""

OPTIONAL = ("icalendar", "jinja2", "kubernetes", "numba", "numpy", "ortools")
"""Packages of the extra `cli`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. Errors that the user can mend are lines on stderr."""
    options = parse(arguments, Path(sys.argv[0]).name)
    with redirect_stderr(Output(sys.stderr, is_vital=False)), leaving():
        return _run(options)


def _run(options: Namespace) -> int:
    try:
        with redirect_stdout(Output(sys.stdout)) as output:
            code: int = options.run(options)
            output.flush()
        return code
    except CliError as error:
        for line in error.lines():
            print(line, file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print("error: interrupted", file=sys.stderr)
        return INTERRUPTED
    except ModuleNotFoundError as error:
        return _missing(error)


def _missing(error: ModuleNotFoundError) -> int:
    package = (error.name or "").partition(".")[0]
    if package not in OPTIONAL:
        raise error
    print(f"error: {package} is missing: pip install '.[cli]' in a checkout", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
