"""The example leagues, by file name: some have schedules, some a planted conflict."""

from pathlib import Path

from bench.families import Document
from matchday_api.read import load_yaml

LEAGUES = Path(__file__).parent.parent / "examples" / "leagues"


CONFLICT = "conflict-"
"""How the names of leagues begin that have no schedule."""


def examples() -> dict[str, Document]:
    """Documents of leagues that have schedules, as a user writes them."""
    return {name: each for name, each in _all().items() if not name.startswith(CONFLICT)}


def conflicts() -> dict[str, Document]:
    """Documents of leagues that have none."""
    return {name: each for name, each in _all().items() if name.startswith(CONFLICT)}


def _all() -> dict[str, Document]:
    return {file.stem: load_yaml(file.read_bytes()) for file in sorted(LEAGUES.glob("*.yaml"))}
