"""Small pieces of text: safe for a terminal, numbers, times."""

from matchday_api.schedule import Game


def one_line(text: str, width: int = 2000) -> str:
    """A foreign text on one line, without the control characters that steer a terminal."""
    line = " ".join(text.split())
    safe = "".join(c if c.isprintable() else "�" for c in line[: width + 1])
    return safe if len(safe) <= width else safe[: width - 1] + "…"


def printable(text: str) -> str:
    """A foreign text with its line ends, without other control characters."""
    return "\n".join(one_line(line) for line in text.splitlines())


def percent(share: float | None) -> str:
    """A share such as a gap, `12.3%`; `unknown` for None."""
    return "unknown" if share is None else f"{share:.1%}"


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
