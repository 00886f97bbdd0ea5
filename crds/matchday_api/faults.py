"""What is wrong with an input: each fault with its path, and the error that carries them all."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

MAX_FAULTS = 100
"""Faults that are told in one go; the rest is only counted."""

MANY_FAULTS = 10 * MAX_FAULTS
"""Faults of one document that are worked out."""

MAX_QUOTED = 120
"""Longest value that is repeated in a message, in characters."""

MAX_LINE = 1000
"""Longest fault that is told, in characters."""


@dataclass(frozen=True)
class Fault:
    """One thing to correct in an input."""

    path: str
    """Where, in the input's own keys, such as `teams[17].division`; empty for the whole input."""
    message: str
    """What is wrong and what would be right."""

    def __str__(self) -> str:
        text = f"{self.path}: {self.message}" if self.path else self.message
        return text if len(text) <= MAX_LINE else f"{text[: MAX_LINE - 1]}…"

    def under(self, prefix: str) -> "Fault":
        """The same fault seen from the input that holds this one under a path such as `spec`."""
        return Fault(join(prefix, self.path), self.message)


class InvalidInput(ValueError):
    """An input that cannot be used, with its faults in the order of their discovery.

    At most MAX_FAULTS are kept; `more` counts the others.
    """

    def __init__(self, faults: Iterable[Fault], more: int = 0) -> None:
        every = tuple(faults)
        self.faults = every[:MAX_FAULTS]
        self.more = len(every) - len(self.faults) + more
        super().__init__("\n".join(self.lines()))

    def under(self, prefix: str) -> "InvalidInput":
        """The same error seen from the input that holds this one under a path such as `spec`."""
        return InvalidInput([fault.under(prefix) for fault in self.faults], self.more)

    def lines(self) -> list[str]:
        """One line a fault; the last says how many more there are, if any."""
        told = [str(fault) for fault in self.faults]
        return [*told, f"and {self.more} more faults"] if self.more else told


def join(prefix: str, path: str) -> str:
    """A path inside another: `spec` and `teams[0]` give `spec.teams[0]`."""
    if not prefix or not path:
        return prefix or path
    return prefix + path if path.startswith("[") else f"{prefix}.{path}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 entry`, `2 entries`: a number with its noun, whose plural has an s unless given."""
    return f"{number} {one}" if number == 1 else f"{number} {many or f'{one}s'}"


def size(number: int) -> str:
    """A number of bytes, in whole MiB where it has any."""
    return f"{number >> 20} MiB" if number >> 20 else f"{number} bytes"


def quoted(value: object) -> str:
    """A value for a message, in double quotes, on one line and not too long."""
    text = "".join(c if c.isprintable() else "�" for c in str(value)[: MAX_QUOTED + 1])
    return f'"{text[:MAX_QUOTED]}…"' if len(text) > MAX_QUOTED else f'"{text}"'


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """`; did you mean "U-12"?` where a known name is near the wrong one, else nothing.

    Two names that are as near as each other are both told.
    """
    if len(wrong) > MAX_QUOTED:
        return ""  # comparing takes some 40 bytes a character
    near = get_close_matches(wrong, list(known), n=2, cutoff=0.6)
    likeness = [SequenceMatcher(None, name, wrong).ratio() for name in near]
    meant = [name for name, like in zip(near, likeness, strict=True) if like == likeness[0]]
    return f"; did you mean {' or '.join(map(quoted, meant))}?" if meant else ""
