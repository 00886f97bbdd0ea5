"""File names for teams of any name: safe on every system, different for different teams."""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable

MAX_BYTES = 100
"""Longest name before its ending, in bytes of UTF-8."""

RESERVED = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(10)}
"""Names that Windows keeps for devices."""


def file_names(names: Iterable[str]) -> dict[str, str]:
    """For each name a file name without its ending.

    Names that would get the same one, also where case does not count, get a piece of their hash.
    """
    plain = {name: _plain(name) for name in names}
    uses = Counter(file.casefold() for file in plain.values())
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name, file in plain.items():
        unique = file if uses[file.casefold()] == 1 else f"{file}-{_hash(name)}"
        while unique.casefold() in taken:
            unique += "_"
        taken.add(unique.casefold())
        found[name] = unique
    return found


def _plain(name: str) -> str:
    """Letters and digits of any script; every other run of characters becomes one hyphen."""
    text = unicodedata.normalize("NFC", name)
    kept = "".join(c if c.isalnum() or c == "_" else "-" for c in text)
    joined = "-".join(filter(None, kept.split("-")))
    cut = joined.encode()[:MAX_BYTES].decode(errors="ignore").rstrip("-")
    if not cut or cut.casefold() in RESERVED:
        return f"team-{cut or _hash(name)}"
    return cut


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]
