"""The one error of the command line: what went wrong, what to do, and the exit code."""

from matchday_api.faults import InvalidInput


class CliError(Exception):
    """A failure that the user can do something about; each line of its text is one fault."""

    def __init__(self, message: str, code: int = 1) -> None:
        """`code` is the process's exit code, one of `matchday_api.status.ExitCode`."""
        super().__init__(message)
        self.code = code

    def lines(self) -> list[str]:
        """One line a fault, without control characters that would reach the terminal."""
        lines = str(self).splitlines() or ["unknown"]
        return ["".join(c if c.isprintable() else "�" for c in line) for line in lines]


def invalid(source: str, error: InvalidInput, code: int = 2) -> CliError:
    """The faults of an input, each behind the name of the file that it is in."""
    return CliError("\n".join(f"{source}: {line}" for line in error.lines()), code)
