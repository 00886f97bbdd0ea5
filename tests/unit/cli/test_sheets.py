"""schedule.csv: its columns, and cells that no spreadsheet runs as a formula."""

import csv
import io

import pytest

from matchday_cli.show.sheets import to_csv
from tests.builders import game


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_the_columns_are_a_games_fields_in_order() -> None:
    header = rows(to_csv([]))[0]
    assert ",".join(header) == "id,division,home,away,date,start,end,venue,court"


def test_a_game_is_a_row() -> None:
    (_, row) = rows(to_csv([game("A-B", id="g1")]))
    assert row == ["g1", "U12", "A", "B", "2026-01-10", "09:00", "10:00", "Gym", "1"]


def test_commas_and_quotes_in_names_stay_in_their_cell() -> None:
    (_, row) = rows(to_csv([game("A-B", venue='Gym "West", hall 2')]))
    assert row[7] == 'Gym "West", hall 2'


@pytest.mark.parametrize("start", "=+-@\uff1d")
def test_a_name_that_looks_like_a_formula_becomes_text(start: str) -> None:
    (_, row) = rows(to_csv([game("A-B", venue=f"{start}HYPERLINK(1)")]))
    assert row[7] == f"'{start}HYPERLINK(1)"
