"""The example leagues, by file name; those with a planted conflict have no schedule to measure."""

from pathlib import Path

from bench.families import Document
from matchday_api.read import load_yaml

LEAGUES = Path(__file__).parent.parent / "examples" / "leagues"


def examples() -> dict[str, Document]:
    """Their documents, as a user writes them."""
    files = sorted(LEAGUES.glob("*.yaml"))
    return {
        file.stem: load_yaml(file.read_bytes())
        for file in files
        if not file.stem.startswith("conflict-")
    }
