"""The one error of the command line: what went wrong, what to do, and the exit code."""

from matchday_api.faults import InvalidInput


class CliError(Exception):
    """A failure that the user can do something about; each line of its text is one fault."""

    def __init__(self, message: str, code: int = 1, details: str = "") -> None:
        """`code` is the process's exit code, one of `matchday_api.status.ExitCode`; `details` are
        lines about the faults."""
        super().__init__(message)
        self.code, self.details = code, details

    def lines(self) -> list[str]:
        """A line a fault, and the details, without control characters that would reach the
        terminal."""
        faults = str(self).splitlines() or ["unknown"]
        lines = [*(f"error: {fault}" for fault in faults), *self.details.splitlines()]
        return ["".join(c if c.isprintable() else "�" for c in line) for line in lines]


def failed(message: str, code: int) -> CliError:
    """A failure whose message has its first line for what is wrong, and the rest about it."""
    first, _, rest = message.partition("\n")
    return CliError(first, code, rest)


def invalid(source: str, error: InvalidInput, code: int = 2) -> CliError:
    """The faults of an input, each behind the name of the file that it is in."""
    return CliError("\n".join(f"{source}: {line}" for line in error.lines()), code)
