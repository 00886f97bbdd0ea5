"""The example leagues, by file name: some have schedules, some a planted conflict."""

from pathlib import Path

from bench.families import Document
from matchday_api.read import load_yaml

LEAGUES = Path(__file__).parent.parent / "examples" / "leagues"
CONFLICT = "conflict-"
"""How the names of leagues begin that have no schedule."""


def examples() -> dict[str, Document]:
    """Documents of leagues that have schedules, as a user writes them."""
    return _leagues(conflict=False)


def conflicts() -> dict[str, Document]:
    """Documents of leagues that have none."""
    return _leagues(conflict=True)


def _leagues(*, conflict: bool) -> dict[str, Document]:
    files = sorted(LEAGUES.glob("*.yaml"))
    wanted = [file for file in files if file.stem.startswith(CONFLICT) == conflict]
    return {file.stem: load_yaml(file.read_bytes()) for file in wanted}
