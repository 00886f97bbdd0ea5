"""Games as a sheet: schedule.csv."""

import csv
import io
from collections.abc import Iterable

from matchday_api.schedule import Game

COLUMNS = tuple(field.alias or name for name, field in Game.model_fields.items())
"""Columns of schedule.csv: a game's fields in their order."""

FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""A cell that begins so is run as a formula by spreadsheet programs, full-width forms too."""


def to_csv(games: Iterable[Game]) -> str:
    """All games as CSV with a header, lines ended by CR LF (RFC 4180)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(value) for _, value in game] for game in games)
    return text.getvalue()


def _cell(value: object) -> str:
    """A cell that stays text: one that looks like a formula gets an apostrophe before it."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
