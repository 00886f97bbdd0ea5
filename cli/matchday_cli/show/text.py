"""Small pieces of text: safe for a terminal, numbers, times."""

from math import ceil

from matchday_api.schedule import Game

LITTLE = 0.0005
"""A share that would be rounded to 0.0%."""
ROUNDING = 1e-6
"""What a tenth of a percent may be off by being no decimal number."""
MAX_INDENT = 8
"""Most spaces at the beginning of a line."""


def one_line(text: str, width: int = 2000) -> str:
    """A foreign text on one line, without the control characters that steer a terminal."""
    line = " ".join(text.split())
    safe = "".join(c if c.isprintable() else "�" for c in line[: width + 1])
    return safe if len(safe) <= width else safe[: width - 1] + "…"


def printable(text: str) -> str:
    """A foreign text with its line ends and indents, without other control characters."""
    return "\n".join(_indent(line) + one_line(line) for line in text.splitlines())


def _indent(line: str) -> str:
    return " " * min(MAX_INDENT, len(line) - len(line.lstrip(" ")))


def percent(share: float | None) -> str:
    """A share such as a gap, `12.3%`; `<0.1%` where it is not quite nothing; `unknown` for None."""
    if share is None:
        return "unknown"
    return "<0.1%" if 0 < share < LITTLE else f"{share:.1%}"


def at_most(share: float) -> str:
    """The same, rounded up."""
    return f"{ceil(1000 * share - ROUNDING) / 1000:.1%}"


def duration(seconds: float) -> str:
    """A length of time as kubectl writes ages: 12s, 3m5s, 2h10m, 4d."""
    whole = max(0, int(seconds))
    minutes, hours, days = whole // 60, whole // 3600, whole // 86_400
    if whole < 120:
        return f"{whole}s"
    if hours < 1:
        return f"{minutes}m{whole % 60}s"
    return f"{hours}h{minutes % 60}m" if days < 2 else f"{days}d"


def plural(number: int, noun: str) -> str:
    """`1 game`, `1,200 games`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def game_line(game: Game) -> str:
    """A game in one line."""
    when = f"{game.date:%a} {game.date} {game.start}-{game.end}"
    return f"{when}, {game.venue} court {game.court}: {game.home} - {game.away}"
