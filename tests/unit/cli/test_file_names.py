"""File names for teams of hostile names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchday_cli.show.file_names import file_names

names = st.lists(st.text(min_size=1, max_size=120), unique=True, max_size=20)


def test_a_plain_name_is_kept_readable() -> None:
    assert file_names(["Faith K-1 A"]) == {"Faith K-1 A": "Faith-K-1-A"}


def test_letters_of_other_scripts_stay() -> None:
    assert file_names(["Čačak 雷 U12"]) == {"Čačak 雷 U12": "Čačak-雷-U12"}


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..", "a\\b", "~root"])
def test_no_name_leaves_the_folder(name: str) -> None:
    file = file_names([name])[name]
    assert not set(file) & set("/\\~.")


def test_names_that_differ_only_in_marks_or_case_get_different_files() -> None:
    found = file_names(["A!", "A?", "a"])
    assert len({file.casefold() for file in found.values()}) == 3


@pytest.mark.parametrize("name", ["con", "NUL", "lpt1"])
def test_names_of_devices_are_avoided(name: str) -> None:
    assert file_names([name])[name] == f"team-{name}"


@given(names)
def test_every_team_has_a_file_of_its_own_with_a_bounded_name(teams: list[str]) -> None:
    found = file_names(teams)
    files = {file.casefold() for file in found.values()}
    assert len(files) == len(teams)
    assert all(0 < len(file.encode()) <= 150 for file in files)
